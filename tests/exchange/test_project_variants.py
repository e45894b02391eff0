"""REFI-QDA projects as NVivo, MAXQDA, ATLAS.ti and QualCoder write them: other paths, names, offsets, nested codes."""

import unicodedata
import zipfile
from itertools import pairwise

import pytest
from exchange_worlds import said, units

from dossier.desk.importing import import_files
from dossier.exchange.records import ImportOptions

LINES = [
    "Day {0}. The 🎉 talks began in Genève, and delegations met again.",
    "China said no to tariffs of {0} per cent; Washington said yes.",
    "",
    "Then everybody left the room, and nobody said 𝒜 word about day {0}.",
]
TEXT = "\n".join(line.format(number) for number in range(1, 9) for line in LINES)
WORDS = ["Day 7", "Genève", "said no to tariffs", "nobody said 𝒜 word", "about day 3", "The 🎉 talks began"]

SPELLINGS = {
    "LF": lambda text: text,
    "CR LF": lambda text: text.replace("\n", "\r\n"),
    "CR LF and a mark": lambda text: "\ufeff" + text.replace("\n", "\r\n"),
    "NFD, CR LF and a mark": lambda text: "\ufeff" + unicodedata.normalize("NFD", text).replace("\n", "\r\n"),
}
COUNTS = {
    "code points": lambda text, at: at,
    "UTF-16 units": units,
    "UTF-16 units, line ends as one": lambda text, at: units(text, at) - text[:at].count("\r\n"),
    "UTF-16 units, no mark": lambda text, at: units(text, at) - text.startswith("\ufeff"),
}
PATHS = {
    "internal": ("internal://A1.txt", "sources/A1.txt"),
    "internal, another case": ("internal://a1.TXT", "Sources/A1.txt"),
    "relative": ("relative:///A1.txt", "sources/A1.txt"),
    "a folder of Windows": ("internal://A1.txt", "Sources\\A1.txt"),
    "escaped": ("internal://A%201.txt", "sources/A 1.txt"),
}
CODES = (
    '<Code guid="{C1}" name="Tariffs" isCodable="true"><Code guid="C2" name="Steel" isCodable="true">'
    '<Code guid="C3" name="Pipes" isCodable="true"/></Code></Code>'
)


def selection(number, start, end, codes, name=""):
    coded = "".join(f'<Coding guid="K{number}{code}"><CodeRef targetGUID="{code}"/></Coding>' for code in codes)
    places = f'startPosition="{start}" endPosition="{end}"'
    return f'<PlainTextSelection guid="S{number}" name="{name}" {places}>{coded}</PlainTextSelection>'


def project(path, text, selections, paths=PATHS["internal"], source="TextSource"):
    inner = f'plainTextPath="{paths[0]}">{"".join(selections)}</'
    told = f'<TextSource guid="T" name="talks.docx" {inner}TextSource>'
    if source == "PDFSource":
        told = f'<PDFSource guid="P" name="talks.pdf" path="internal://x.pdf"><Representation guid="T" name="t" {inner}Representation></PDFSource>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(paths[1], text.encode())
        archive.writestr(
            "project.qde",
            f'<Project xmlns="urn:QDA-XML:project:1:0" name="T"><CodeBook><Codes>{CODES}</Codes></CodeBook>'
            f"<Sources>{told}</Sources></Project>",
        )
    return path


def spans(text, words=WORDS):
    """Return where the words stand, at a place of each that its number chooses."""
    found = []
    form = "NFC" if unicodedata.is_normalized("NFC", text) else "NFD"
    for number, word in enumerate(words):
        one = unicodedata.normalize(form, word)
        places = [at for at in range(len(text)) if text.startswith(one, at)]
        at = places[number % len(places)]
        found.append((at, at + len(one)))
    return found


def found(folder):
    """The places of links of a dossier with one article, and the words there."""
    (article,) = (folder / "articles").glob("*.txt")
    text = article.read_bytes().decode()
    places = sorted({(at[0][1], at[0][2]) for *_, at in said(folder)[1] if at})
    return text, places


@pytest.mark.parametrize("counted", COUNTS)
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_selections_lead_to_the_words_that_were_selected(spelling, counted, tmp_path):
    text = SPELLINGS[spelling](TEXT)
    wanted = spans(text)
    count = COUNTS[counted]
    every = list(pairwise(at for at, c in enumerate(text) if c == " "))[::5]
    selected = wanted + [(start + 1, end) for start, end in every if text[start + 1 : end].isalpha()]
    selections = [selection(n, count(text, start), count(text, end), ["c1"]) for n, (start, end) in enumerate(selected)]
    file = project(tmp_path / "t.qdpx", text, selections)
    report = import_files("refi", [file], tmp_path / "d", ImportOptions())
    assert report.anchors == {"exact": len(selected)}, report.losses.convention
    assert found(tmp_path / "d") == (text, sorted(set(selected)))
    assert not said(tmp_path / "d")[3]


@pytest.mark.parametrize("source", ["TextSource", "PDFSource"])
@pytest.mark.parametrize("paths", PATHS)
def test_the_text_is_found_however_its_path_is_written(paths, source, tmp_path):
    places, name = PATHS[paths]
    selections = [selection(n, start, end, ["C1"]) for n, (start, end) in enumerate(spans(TEXT))]
    file = project(tmp_path / "t.qdpx", TEXT, selections, (places, name), source)
    report = import_files("refi", [file], tmp_path / "d", ImportOptions(offsets="code points"))
    assert report.anchors == {"exact": len(WORDS)}


def test_nested_codes_keep_their_parents_and_overlapping_selections_their_places(tmp_path):
    start = TEXT.index("China said no")
    pieces = [(start, start + 5, "C1"), (start, start + 24, "c2"), (start + 6, start + 24, "{C3}")]
    selections = [selection(n, first, last, [code]) for n, (first, last, code) in enumerate(pieces)]
    import_files(
        "refi", [project(tmp_path / "t.qdpx", TEXT, selections)], tmp_path / "d", ImportOptions(offsets="code points")
    )
    links = said(tmp_path / "d")[1]
    assert {(one[0], one[1], one[2]) for one in links if one[1] == "part of"} == {
        ("steel", "part of", "tariffs"), ("pipes", "part of", "steel"),
    }  # fmt: skip
    assert {(one[2], *one[-1][0][1:3]) for one in links if one[1] == "about"} == {
        ("tariffs", start, start + 5), ("steel", start, start + 24), ("pipes", start + 6, start + 24),
    }  # fmt: skip


def test_selections_that_lead_nowhere_or_into_words_are_counted(tmp_path):
    at = TEXT.index("everybody left")
    odd = [
        selection(90, len(TEXT) + 50, len(TEXT) + 60, ["C1"]), selection(91, at, at, ["C1"]), selection(92, at + 9, at + 10, ["C1"]),
        selection(93, at + 2, at + 9, ["C1"]), selection(94, at, at + 9, []), '<PlainTextSelection guid="S95"/>',
        selection(96, at, at + 9, ["C9"]),
    ]  # fmt: skip
    good = [selection(n, start, end, ["C1"]) for n, (start, end) in enumerate(spans(TEXT))]
    file = project(tmp_path / "t.qdpx", TEXT, good + odd)
    report = import_files("refi", [file], tmp_path / "d", ImportOptions(offsets="code points"))
    assert report.anchors == {"exact": len(WORDS), "inside a word": 1}
    assert [one.words for one in report.troubles] == ["everybody"]
    assert report.losses.counts == {
        "selections outside of their text, or empty": 3, "selections with neither code nor remark": 2, "empty selections": 1,
        "codings with codes that are not there": 1,
    }  # fmt: skip


def test_names_of_atlas_ti_which_are_the_words_tell_how_offsets_count(tmp_path):
    text = "".join(f"No. {number}: an offer of ten per cent 🎉 was made\r\n" for number in range(4))
    words = "an offer of ten per cent 🎉 was made"
    start = text.index(words)
    name = "an offer of ten per cent…"
    ends = (units(text, start), units(text, start + len(words)) - 1)  # the last character, as one unit
    file = project(tmp_path / "t.qdpx", text, [selection(1, *ends, ["C1"], name)])
    import_files("refi", [file], tmp_path / "d", ImportOptions(offsets="UTF-16 units, last character included"))
    assert found(tmp_path / "d")[1] == [(start, start + len(words))]
