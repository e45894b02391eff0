"""A dossier that goes out in a format and comes in again says the same, at the same places."""

import shutil
import zipfile

import pytest
from exchange_worlds import ENDINGS, SPELLINGS, carried, said
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.desk.desk import Desk
from dossier.desk.importing import import_files
from dossier.exchange.pairs import escape, unescape
from dossier.exchange.records import ImportOptions

WHOLE = sorted(ENDINGS)


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("form", WHOLE)
def test_the_shipped_dossier_comes_back_whole(form, spelling, seed, tmp_path):
    source = shutil.copytree(seed, tmp_path / "source")
    article = source / "articles" / "2025-06-10-london.txt"
    article.write_bytes(SPELLINGS[spelling](article.read_bytes().decode()).encode())
    report = carried(source, form, tmp_path / "copy")
    assert report.anchors == {"exact": 61}
    assert said(tmp_path / "copy") == said(source)
    assert (tmp_path / "copy" / "articles" / "london-day-one.txt").read_bytes() == article.read_bytes()


words = st.lists(
    st.sampled_from(
        [
            "deal",
            "café",
            "cafe\u0301",
            "🦊",
            "何立峰",
            "the",
            "U.S.",
            "- a",
            "# no",
            "x: y",
            "“so”",
            "𝒜b",
            "{",
            "…",
            "[so]",
        ]
    ),
    min_size=1,
    max_size=5,
).map(" ".join)
names = (
    st.text(
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\x85"), min_size=1, max_size=20
    )
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)


@st.composite
def worlds(draw):
    """Articles in many spellings, with quotes and links that rest on words that stand once or several times."""
    gap = draw(st.sampled_from(["\n", "\r\n", "\r\n\r\n", "\u2028", " \n"]))
    blocks = draw(st.lists(words, min_size=2, max_size=8))
    text = draw(st.sampled_from(["", "\ufeff"])) + gap.join(blocks) + gap
    chosen = draw(st.lists(st.integers(0, len(blocks) - 1), min_size=1, max_size=4, unique=True))
    return text, [blocks[at] for at in chosen], draw(names), draw(names)


@settings(max_examples=25)
@given(worlds(), st.sampled_from(WHOLE))
def test_any_dossier_comes_back_whole(tmp_path_factory, world, form):
    import json

    from dossier.exchange.anchoring import AnchorText
    from dossier.model.folding import fold

    text, passages, issue, note = world
    folder = tmp_path_factory.mktemp("world")
    source = folder / "source"
    (source / "articles").mkdir(parents=True)
    (source / "articles" / "a.txt").write_bytes(text.encode())
    quotes = {}
    anchors = AnchorText(text)
    for number, passage in enumerate(passages):
        count = len(anchors._occurrences(fold(passage)))
        at = {"article": "a", "text": passage, "occurrence": count} if count > 1 else {"article": "a", "text": passage}
        quotes[f"q{number}"] = {"text": passage, "at": at, "issues": ["i"], "note": note}
    (source / "dossier.yaml").write_text(
        json.dumps(
            {
                "format": 1,
                "title": note,
                "articles": {"a": {"file": "articles/a.txt", "title": issue}},
                "issues": {"i": {"name": issue}},
                "quotes": quotes,
                "links": [
                    {
                        "from": "a",
                        "rel": "about",
                        "to": "i",
                        "at": {
                            "article": "a",
                            "text": quotes["q0"]["text"],
                            **(
                                {"occurrence": quotes["q0"]["at"]["occurrence"]}
                                if "occurrence" in quotes["q0"]["at"]
                                else {}
                            ),
                        },
                        "note": note,
                    }
                ],
            }
        )
    )
    carried(source, form, folder / "copy")
    assert said(folder / "copy")[:3] == said(source)[:3]


REMARKS = [
    "one\u2028stance: against\u2028speaker: bob",
    "one\x85two",
    "one\x0btwo\x0cthree",
    "one\u2029two",
    "one\nstance: against\n\nkey: q9",
    "\\n and \\\\n and \\u2028",
    "\ufeffone\x7f",
    "  one\ttwo  ",
    "]]> <b>&amp; \U0001f98a e\u0301",
]


@pytest.mark.parametrize("form", WHOLE)
def test_no_character_of_a_remark_changes_or_becomes_a_field(form, tmp_path):
    from dossier.exchange.yaml_text import quoted

    source = tmp_path / "source"
    source.mkdir()
    (source / "a.txt").write_text("They spoke of tariffs at length.\n")
    quotes = "".join(
        f"  q{number}: {{text: tariffs, at: {{article: a, text: tariffs}}, stance: for, note: {quoted(remark)}}}\n"
        for number, remark in enumerate(REMARKS)
    )
    (source / "dossier.yaml").write_text(
        f"format: 1\ntitle: T\narticles:\n  a: {{file: a.txt}}\npeople:\n  bob: {{name: Bob}}\nquotes:\n{quotes}"
    )
    carried(source, form, tmp_path / "copy")
    desks = [Desk.open(folder) for folder in (source, tmp_path / "copy")]
    try:
        before, after = (
            [tuple(desk.entry(f"q{at}").text(field) for field in ("note", "stance")) for at in range(len(REMARKS))]
            for desk in desks
        )
    finally:
        for desk in desks:
            desk.close()
    assert [stance for _, stance in before] == ["for"] * len(REMARKS)
    assert after == before


SAVED = [
    lambda data: data.replace(b"\n", b"\r\n"),
    lambda data: b"\xef\xbb\xbf" + data,
    lambda data: data.decode().encode("utf-16"),
]
"""How a program on Windows saves all texts of a folder."""


@pytest.mark.parametrize("form", ["refi", "brat"])
@pytest.mark.parametrize("changed", [*SAVED, lambda data: b"A line.\n" + data])
def test_evidence_stays_on_its_words_when_the_texts_of_a_zip_were_saved_otherwise(form, changed, seed, tmp_path):
    carried(seed, form, tmp_path / "copy")
    shutil.rmtree(tmp_path / "copy")
    file = tmp_path / f"carried{ENDINGS[form]}"
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in members.items():
            text = (
                name.endswith((".txt", ".ann")) if changed in SAVED else name.endswith(".txt") and name != "dossier.txt"
            )
            archive.writestr(name, changed(data) if text else data)
    report = import_files(form, [file], tmp_path / "copy", ImportOptions())
    assert report.anchors == {"exact": 61}
    assert words_of(tmp_path / "copy") == words_of(seed)


def words_of(folder):
    """The words on which each entry rests, by id, with spaces and line ends alike."""
    desk = Desk.open(folder)
    try:
        entries = desk.texts.catalogue.entries("shadow = 0 ORDER BY id")
        return {one.id: [" ".join(place.text.split()) for place in desk.evidence_of(one.id)] for one in entries}
    finally:
        desk.close()


def test_an_article_that_is_called_as_the_list_of_names_keeps_a_file_of_its_own(tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    articles = ""
    for name in ("dossier", "dossier-article"):
        (source / f"{name}.txt").write_text(f"The text of {name}.\n")
        articles += f"  {name}: {{file: {name}.txt}}\n"
    (source / "dossier.yaml").write_text(f"format: 1\ntitle: T\narticles:\n{articles}")
    carried(source, "brat", tmp_path / "copy")
    assert said(tmp_path / "copy")[0].keys() == said(source)[0].keys()


@given(st.text())
def test_a_remark_on_one_line_is_read_back_as_it_was(text):
    assert unescape(escape(text)) == text


@pytest.mark.parametrize("written", ["\\ud800", "\\udfff", "\\u0041", "\\u4e2d"])
def test_an_escape_that_we_never_write_stays_as_it_stands(written):
    """Half of a surrogate pair cannot stand in YAML: the imported dossier could not be read."""
    assert unescape(f"a {written} b") == f"a {written} b"
