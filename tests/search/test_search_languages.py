"""What is in an article can be found in its own language, however it is typed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.model.articles import paragraphs
from dossier.model.passages import Passage
from dossier.search.finder import Finder
from dossier.search.query.parser import parse
from dossier.search.snippets import highlights


def passage(number, text, language="en", **fields):
    return Passage(
        f"paragraph:a:{number}", "a", "paragraph", "A", text, paragraph=number, language=language, digest="x", **fields
    )


FOUND = [
    ("US", "en", "The US agreed.", "Give us time."),
    ("US", "en", "The U.S. agreed.", "Give us time."),
    ("U.S.", "en", "The US agreed.", "Give us time."),
    ("u.s.", "en", "The US agreed.", "Give us time."),
    ("us", "en", "Give us time.", "Give them time."),
    ("May", "en", "It was signed in May.", "It was signed in June."),
    ("will", "en", "They will meet.", "They met."),
    ("not", "en", "It is not easy.", "It is easy."),
    ("negotiating", "en", "The negotiations resumed.", "The talks resumed."),
    ("planned", "en", "They plan to meet.", "The plane met them."),
    ("“rare earths”", "en", "Rare earths matter.", "A rare earth matters."),
    ("F-16", "en", "an F16 jet", "an F-15 jet"),
    ("cooperation", "en", "their co-operation", "their operation"),
    ("cafe", "fr", "Le café est bon.", "Le thé est bon."),
    ("négociation", "fr", "Les NEGOCIATIONS de Londres", "Les accords de Londres"),
    ("cafe\u0301", "en", "A café.", "A caff."),
    ("accord", "fr", "C'est l’accord de Genève", "C'est l'accordéon"),
    ("переговорах", "ru", "Переговоры в Лондоне", "Договор в Лондоне"),
    ("елка", "ru", "Ёлка стоит", "Волк стоит"),
    ("何立峰", "zh", "国务院副总理何立峰出席", "国务院副总理李强出席"),
    ("峰", "zh", "国务院副总理何立峰出席", "国务院副总理李强出席"),
    ("무역", "ko", "미중 무역협상이 열렸다", "미중 정상이 만났다"),
    ("貿易交渉", "ja", "ロンドンで貿易交渉が開かれた", "ロンドンで交渉中の貿易会社"),
    ("トランプ", "ja", "トランプ大統領は述べた", "トランク大統領は述べた"),
    ("مفاوضات", "ar", "بدأت المفاوضات في لندن", "بدأت المباراة في لندن"),
    ("أكد", "ar", "اكد الرئيس", "نفى الرئيس"),
    ("1200", "en", "some 1,200 goods", "some 200 goods"),
    ("obrien", "en", "said O'Brien", "said Brian"),
    ("usa", "fr", "L’accord avec les U.S.A. tient", "L’accord avec la Chine tient"),
]


@pytest.mark.parametrize(("query", "language", "hit", "miss"), FOUND)
def test_what_is_there_is_found_and_no_more(fresh, query, language, hit, miss):
    finder = Finder(fresh())
    finder.refresh([passage(1, hit, language), passage(2, miss, language)])
    answer = finder.find(query)
    assert [one.paragraph for one in answer.hits] == [1]
    assert answer.hits[0].spans


@pytest.mark.parametrize("language", ["en", "fr", "de", "ru", "zh"])
@pytest.mark.parametrize("query", ['"Handel US"', "US NEAR/1 Handel", '"Handel U.S."', "Handel u.s."])
@pytest.mark.parametrize("written", ["Handel US", "Handel U.S."])
def test_initials_with_dots_stand_in_phrases_in_every_language(fresh, language, query, written):
    """Beside a passage in another language, whose stems of the words are others."""
    finder = Finder(fresh())
    finder.refresh(
        [passage(1, f"{written} 2025", language), passage(2, "Nothing of it", "fr" if language == "en" else "en")]
    )
    assert [one.paragraph for one in finder.find(query).hits] == [1]


UDHR = [
    ("cmn_hans", "zh", ["平等", "尊严", "人人", "法律", "人"]),
    ("cmn_hant", "zh", ["平等", "尊嚴", "人人", "法律", "人"]),
    ("kor", "ko", ["모든", "자유", "권리", "평등"]),
    ("jpn", "ja", ["平等", "自由", "権利", "すべて"]),
    ("arb", "ar", ["الحرية", "حقوق", "الناس"]),
    ("fra", "fr", ["libres", "égaux", "dignité", "droits", "éducation"]),
    ("rus", "ru", ["свободными", "равными", "достоинстве", "права"]),
    ("deu_1901", "de", ["Würde", "Gleichheit", "Freiheit"]),
    ("khm", "km", ["សិទ្ធិ"]),
    ("mya", "my", ["လူ"]),
    ("tam", "ta", ["உரிமை"]),
    ("urd", "ur", ["حق"]),
    ("pes_2", "fa", ["حق", "آزادی", "حقوق"]),
    ("bul", "bg", ["право", "свобода", "достойнство", "равни"]),
    ("ell_monotonic", "el", ["ελευθερία", "δικαιώματα"]),
]


def stands_in(word, text, language):
    """Return whether a word is there to the eye: anywhere in a script without spaces, else between spaces and marks."""
    if language in ("zh", "ja", "ko", "km", "my"):
        return word in text
    return word in (part.strip(".,;:!?()«»،؛۔'") for part in text.split())


@pytest.mark.parametrize(("file", "language", "queries"), UDHR)
def test_the_universal_declaration_is_searched_in_its_own_words(fresh, shared_data, tmp_path, file, language, queries):
    found = [path for path in shared_data("udhr2", tmp_path).rglob("*.txt") if path.stem == file]
    if not found:
        pytest.skip(f"{file} is not among the real texts")
    text = found[0].read_text("utf-8")
    body = [text[one.start : one.end] for one in paragraphs(text)]
    finder = Finder(fresh())
    finder.refresh([passage(number, part, language) for number, part in enumerate(body, 1)])
    for query in queries:
        plainly = {number for number, part in enumerate(body, 1) if stands_in(query, part, language)}
        answer = finder.find(query, limit=1000, mode="exact")
        assert plainly <= {hit.paragraph for hit in answer.hits}, query
        assert answer.total == len(answer.hits) >= 1


@settings(max_examples=80, deadline=None)
@given(st.text("中国政府贸易何立峰人大", min_size=2, max_size=12), st.data())
def test_in_chinese_only_the_characters_asked_for_are_marked(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    asked = text[start : data.draw(st.integers(start + 1, len(text)))]
    marked = highlights(text, "zh", parse(asked).query)
    covered = {at for first, last in marked for at in range(first, last)}
    here = [at for at in range(len(text)) if text.startswith(asked, at)]
    assert covered == {place for at in here for place in range(at, at + len(asked))}
