"""Words and numbers are whole: nothing is evidence that was cut out of a longer one."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dossier.desk.search.mentions import Mentions
from dossier.model.anchor_search import locate
from dossier.model.entries import Anchor
from dossier.model.folding import Folded

CUT = [
    ("binding agreement", "a non-binding agreement"),
    ("binding agreement", "a non\u2011binding agreement"),
    ("we can", "yes, we can't"),
    ("we can", "yes, we can’t"),
    ("the fee is $1", "the fee is $1,000"),
    ("the fee is $2", "the fee is $2,000,000."),
    ("grew by 15", "grew by 15.7 percent"),
    ("grew by 15", "grew by 15%"),
    ("7 percent", "grew by 15.7 percent"),
    ("3 degrees", "at −3 degrees"),
    ("3 degrees", "at -3 degrees"),
    ("000 people", "some 10,000 people"),
    ("000 people", "some 10\u202f000 people"),
    ("some 10", "some 10 000 people"),
    ("5 tonnes", 'she said ".5 tonnes"'),
    ("3 degrees", "at − 3 degrees"),
    ("we can", "yes, we can`t"),
    ("we can", "yes, we can´t"),
    ("we can", "yes, we can＇t"),
    ("we should", "we should(n’t) sign"),
    ("we sign", "we sign[ed] it"),
    ("צה", "צה״ל"),
    ("א", "כיתה א׳"),
    ("it cost 1", "it cost 1’000 francs"),
    ("went to Xi", "went to Xi’an"),
    ("1,000 was paid", "$1,000 was paid"),
    ("1,000 was paid", "−$1,000 was paid"),
    ("paid 100", "paid 100€"),
    ("and", "he said and/or she did"),
    ("write to lane", "write to lane@example.org"),
    ("the word not", "the word not_ready"),
    ("at 12", "at 12:30"),
    ("page 1", "page 1/2"),
    ("written in C", "written in C++"),
    ("rated A", "rated A+"),
    ("the U", "the U.S. said"),
    ("visit example", "visit example.org"),
    ("AT", "from AT&T"),
    ("tions go on", "the negotia-\ntions go on"),
    ("we can", "we can-\nnot go"),
    ("valid deal", "an in\u00ad\nvalid deal"),
    ("in valid deal", "an in\u00ad\n  valid deal"),
    ("not able", "a not\u00ad\r\nable man"),
    ("not able", "a not\u00ad able man"),
    ("valid deal", "an in¬\nvalid deal"),
    ("अच्छ", "अच्छा है"),
    ("خواهم", "نمی\u200cخواهم"),
    ("가능", "그것은 불가능하다"),
    ("アメリカ", "アメリカン"),
    ("parla di uguaglianza", "si parla di uguaglianza-differenza"),
    ("aujourd", "aujourd’hui"),
    ("lí", "paral·lí"),
    ("B", "A+B"),
    ("rose 50", "rose 50 % in May"),
    ("rose 50", "rose 50\u202f% in May"),
    ("rose 50", "rose 50％"),
    ("it cost 5", "it cost 5 €"),
    ("5 in all", "it cost € 5 in all"),
    ("at 5", "at 5 °C"),
    ("at 5°", "at 5°C"),
    ("waited 5", "waited 5 ½ years"),
    ("waited 5", "waited 5 1/2 years"),
    ("½ years", "waited 5 ½ years"),
    ("1/2 years", "waited 5 1/2 years"),
    ("12 of the treaty", "§12 of the treaty"),
    ("12 of the treaty", "§§12 of the treaty"),
    ("5 people", "some ~5 people"),
    ("5 people", "with <5 people"),
    ("5 people", "with ＞5 people"),
    ("5 spot", "the #5 spot"),
    ("5 spot", "the №5 spot"),
    ("a 3", "a 3×4 grid"),
    ("a 3", "a 3^4 grid"),
    ("the range 1", "the range 1〜5"),
    ("１", "１，０００円"),
    ("增长15", "增长15亿"),
    ("约二", "约二十五人"),
    ("vote", "use #vote now"),
    ("bob", "ask @bob now"),
    ("see https", "see https://example.org now"),
    ("example.org", "see https://example.org now"),
    ("b=c", "see https://example.org/a?b=c now"),
    ("std", "std::vector"),
    ("at fe80", "at fe80::1 now"),
    ("alle Politiker", "alle Politiker:innen"),
    ("alle Bürger", "alle Bürger*innen"),
    ("C:", "in C:\\dir"),
    ("the minister", "the minister(s)"),
    ("binding", "a (non-)binding text"),
    ("happy", "(un)happy with it"),
    ("Article 5", "Article 5(1)"),
    ("dimethyl", "N,N-dimethyl"),
    ("N-dimethyl", "N,N-dimethyl"),
]

WHOLE = [
    ("binding agreement", "a peace—binding agreement"),
    ("binding agreement", "a peace -- binding agreement"),
    ("binding agreement", "a “binding agreement”, he said"),
    ("we can", "we can. They cannot"),
    ("we can", "'yes, we can'"),
    ("$1", "the fee is $1."),
    ("15", "in 15, 16 and 17"),
    ("the end", "the end.Next he spoke"),
    ("spoke", "he spoke, and left"),
    ("he left", "he left... and came"),
    ("can't", "we can’t go"),
    ("non-binding", "a non-binding agreement"),
    ("−3", "at −3 degrees"),
    ("3 of them", "he said—3 of them"),
    ("何立峰", "副总理何立峰说"),
    ("한국", "한국은 말했다"),
    ("2019", "in 2019 300000 people"),
    ("workers", "the workers' rights"),
    ("90s", "the '90s"),
    ("$15", "it was ($15)"),
    ("he left", "he left(Reuters)"),
    ("Rita left", "(Reuters)Rita left"),
    ("he left", "he left[1]"),
    ("we leave", "we leave: it is over"),
    ("It is over", "we leave:It is over"),
    ("was #1", "was #1 in May"),
    ("5 km", "ran 5 km"),
    ("in 2019", "in 2019 $5 was a lot"),
    ("we stay", "(we stay)"),
    ("we stay", "*we stay*"),
    ("统一", "统一一个国家"),
    ("paid 5", "paid 5 times €6"),
    ("vote", "# vote"),
]


@pytest.mark.parametrize(("words", "text"), CUT)
def test_words_cut_out_of_longer_ones_are_not_found(words, text):
    assert locate(Folded(text), Anchor(words, "a")).status == "missing"


@pytest.mark.parametrize(("words", "text"), WHOLE)
def test_whole_words_are_found(words, text):
    assert locate(Folded(text), Anchor(words, "a")).status == "exact"


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({"before": "he"}, "She said no. They said no."),
        ({"after": "for"}, "said no forever. He said no, too"),
        ({"after": "the 1"}, "said no the 1,000 times. He said no, too"),
    ],
)
def test_words_before_and_after_are_whole_too(given, text):
    assert locate(Folded(text), Anchor("said no", "a", **given)).status == "missing"


LANGUAGES = {
    "English": "agreement non-binding can't well-being",
    "French": "aujourd'hui peut-être anticonstitutionnellement sous-traitance",
    "German": "Außenhandelsabkommen Nicht-Einigung Zollstreit",
    "Spanish": "inaceptable anticomunista ex-presidente",
    "Portuguese": "guarda-chuva inconstitucional desfazê-lo",
    "Italian": "inaccettabile vice-ministro all'improvviso",
    "Catalan": "paral·lel intel·ligent",
    "Dutch": "zo'n niet-bindend onmogelijk",
    "Swedish": "oacceptabelt icke-bindande",
    "Finnish": "epäluottamuslause linja-auto",
    "Polish": "niemożliwe biało-czerwony",
    "Czech": "nemožné česko-slovenský",
    "Russian": "невозможно социал-демократ",
    "Ukrainian": "м'ясо об'єднання неможливо",
    "Greek": "αδύνατον ελληνο-τουρκικός",
    "Turkish": "Ankara'nın imkânsız",
    "Arabic": "والاتفاق المستحيل",
    "Hebrew": 'צה"ל בלתי־אפשרי',
    "Persian": "نمی\u200cخواهم می\u200cرود",
    "Hindi": "असंभव अच्छा",
    "Bengali": "অসম্ভব চুক্তি",
    "Tamil": "ஒப்பந்தம் இல்லை",
    "Armenian": "անհնարին համաձայնագիր",
    "Georgian": "შეუძლებელია",
    "Vietnamese": "không thể",
    "Korean": "불가능합니다",
    "German with a colon": "Politiker:innen Bürger*innen Schüler_innen",
    "marks": "§12 ~5 <5 ≥5 №5 #5 #vote @bob 3×4 5°C 5½ std::vector fe80::1 https://a.org/b?c=d",
    "numbers": "1,000 15.7 $2,000,000 −3 12:30 10/12 1’000 3·5 50% €20 10\u202f000 F-16 v2.0 user_name a@b.org",
}


@pytest.mark.parametrize("language", LANGUAGES)
@given(data=st.data())
def test_no_part_of_a_word_or_number_is_evidence_in_any_language(language, data):
    word = data.draw(st.sampled_from(LANGUAGES[language].split(" ")))
    start = data.draw(st.integers(0, len(word) - 1))
    end = data.draw(st.integers(start + 1, len(word)))
    part = word[start:end]
    assume(part != word and any(map(str.isalnum, part)))
    text = f"xx {word} yy"
    found = locate(Folded(text), Anchor(part, "a"))
    lead = "xx " if start == 0 else ""
    rest = " yy" if end == len(word) else ""
    longer = locate(Folded(text), Anchor(f"{lead}{part}{rest}", "a"))
    assert (found.status, longer.status) == ("missing", "missing")


NAMES = [("China", "cn", "d"), ("Erdoğan", "tr", "p"), ("Xi", "xi", "p"), ("AT", "at", "d"), ("F", "f", "i")]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("China's trade, China’s too", ["China", "China"]),
        ("US-China talks; US/China", ["China", "China"]),
        ("Erdoğan'ın, Erdoğan’dan", ["Erdoğan", "Erdoğan"]),
        ("l’China", ["China"]),
        ("in Xi’an by AT&T on an F-16", []),
        ("Chinatown", []),
        ("the US-\nChina talks", ["China"]),
        ("#China and @China", ["China", "China"]),
        ("China:n ja China:s", ["China", "China"]),
    ],
)
def test_names_end_at_possessives_and_case_endings_but_not_inside_other_names(text, named):
    assert [text[one.start : one.end] for one in Mentions(NAMES).find(text)] == named
