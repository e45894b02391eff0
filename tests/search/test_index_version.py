"""When an index is made anew: whenever it would hold something else, and not for any other reason."""

import hashlib
import shutil
from pathlib import Path

import pytest

from dossier.desk.desk import Desk
from dossier.desk.search import index_version
from dossier.model.passages import Passage
from dossier.search.engines.postings import ANALYZER, indexed

LONDON = Path(__file__).parents[2] / "seeds/london-trade-talks"
TEXTS = [
    (
        "en",
        "The U.S. and China's negotiators weren't “re-export-\ning” F-16s at AT&T; planning, planned, 3.5% of $1,000.",
    ),
    ("en", "Rita Lane'll come, they’ve gone, and O'Brien'd stay; F-16's."),
    ("de", "Die Häuser der Straße: Verhandlungen über Ausfuhrkontrollen, 12. Mai 2024, Fußgängerübergänge."),
    ("fr", "L’accord n’était qu’aujourd’hui négocié; les œuvres, déjà vues, coûtaient cher."),
    ("ru", "Переговоры о тарифах продолжались; ёлки и ели росли."),
    ("ar", "قالت الوزيرة إنّ المفاوضات مستمرة والأسعار ترتفع ١٢٣"),
    ("he", "ד״ר כהן אמר כי השיחות נמשכות"),
    ("hi", "वार्ता आज समाप्त हुई और मंत्री ने कहा"),
    ("th", "การเจรจาการค้าจบลงวันนี้"),
    ("zh", "中美两国代表今天在伦敦会谈，讨论稀土出口。"),
    ("ja", "東京での交渉は続いています。カタカナとひらがな"),
    ("ko", "무역 협상이 런던에서 끝났다"),
    ("tr", "İstanbul’da ILIK ve ışık; görüşmeler sürüyor."),
    ("el", "Οι διαπραγματεύσεις στην ΑΘΗΝΑ τελείωσαν σήμερα"),
    ("fa", "مذاکرات می‌شود و کتاب‌ها"),
    ("", "naïve naïve ﬁnance Ｆｕｌｌ x² e.g. rock'n'roll C++ @user #tag a_b"),
]
TERMS = "64e672bf4d9ccca4"
"""What the analyzer of this version makes of these texts."""


def told(passage):
    one = indexed(passage)
    return repr(
        (one.streams, one.exact, sorted(one.seconds), sorted(one.impacts.items()), one.tags, one.rank, one.since)
    )


def digest_of_terms():
    passages = [
        Passage(f"quote:{n}", f"q{n}", "quote", text[:20], text, names=(text.split()[0],), date="2024-05-12",
                language=language, article="a", paragraph=n, publisher="The Guardian", speaker=("He Lifeng",))
        for n, (language, text) in enumerate(TEXTS)
    ]  # fmt: skip
    return hashlib.blake2b("\n".join(map(told, passages)).encode(), digest_size=8).hexdigest()


def test_who_changes_the_analyzer_raises_its_version():
    assert (ANALYZER, digest_of_terms()) == (2, TERMS), (
        "The terms of texts have changed: raise ANALYZER in dossier/search/engines/postings.py, and put the new version"
        " and digest here; else indexes made before would be searched for terms that they do not have."
    )


def test_how_is_searched_is_no_part_of_the_version_and_how_is_written_is(monkeypatch, engine_name):
    package = Path(index_version.__file__).parents[2]
    read = []
    bytes_of = Path.read_bytes

    def reading(path):
        read.append(path.relative_to(package).as_posix())
        return bytes_of(path)

    monkeypatch.setattr(Path, "read_bytes", reading)
    index_version.index_version.__wrapped__(engine_name)
    assert {"search/engines/postings.py", "desk/search/passages.py", f"search/engines/{engine_name}/engine.py"} <= {
        *read
    }
    assert [one for one in read if "query/" in one or "plan" in one or "snippets" in one] == []


@pytest.fixture
def two(tmp_path, monkeypatch, engine_name):
    desks = []
    for name in ("here", "there"):
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / name / "cache"))
        desks.append(Desk.open(Path(shutil.copytree(LONDON, tmp_path / name / "london")), engine=engine_name))
    yield desks
    for desk in desks:
        desk.close()


def test_two_machines_agree_on_what_an_index_holds(two):
    here, there = two
    assert here.finding.index.content() == there.finding.index.content()
    article = next((there.root / "articles").glob("*.txt"))
    article.write_text(article.read_text("utf-8") + "\n\nThe quokka spoke.\n", "utf-8")
    there.refresh()
    assert here.finding.index.content() != there.finding.index.content()
