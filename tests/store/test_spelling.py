"""Any text and any bytes: without these a name could change in reading, or a file end the program."""

import re

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from dossier.model.clean import HOSTILE
from dossier.store.files.encoding import legible, text_problems
from dossier.store.files.folder import Folder
from dossier.store.yaml.loader import read_front_matter, read_sheet

AS_WRITTEN = [
    *("no", "NO", "No", "yes", "on", "off", "true", "False"),
    *("null", "Null", "~", "010", "0o10", "0x1F", "12:30", "1:30:45"),
    *("2024-08-16", "1e3", "1_000", ".inf", ".nan", "+1", "-0", "1.10"),
    *("=", "1e400", "2025-06-09T14:00", "U.S.", "0123456789", "何立峰"),
]


def broken_lines(text):
    return re.split("\r\n|\r|\n", text)


def hold(sheet, text):
    """Every problem is told in full and stands in the file."""
    lines = broken_lines(text.removeprefix("\ufeff"))
    for problem in sheet.problems:
        assert problem.place.file == sheet.file
        assert 1 <= problem.place.line <= len(lines)
        assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1
        assert re.fullmatch("[a-z0-9-]+", problem.code)
        assert problem.message
        assert problem.hint
        assert not HOSTILE.search(str(problem))
        assert "\n" not in str(problem)


@pytest.mark.parametrize("word", AS_WRITTEN)
def test_a_word_is_what_was_written(word):
    """Norway is not False, and a quarter past twelve not 735."""
    sheet = read_sheet("f", f"title: {word}\npeople: {{p: {{name: {word}, aliases: [{word}, x]}}}}\n".encode())
    assert sheet.problems == ()
    assert sheet.header["title"] == sheet.entries[0].title == sheet.entries[0].fields["aliases"][0] == word
    assert read_front_matter("a.md", f"---\ntitle: {word}\n---\n".encode()).entries[0].title == word


@pytest.mark.parametrize("word", ["no", "010", "1e3", "null", "2024-08-16", "12", "off", "0x1f"])
def test_an_id_is_what_was_written(word):
    sheet = read_sheet("f", f"people: {{{word}: {{name: x}}}}\nquotes: {{q: {{text: x, speaker: {word}}}}}\n".encode())
    assert sheet.problems == ()
    assert sheet.entries[0].id == sheet.links[0].target == word


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)
STYLES = st.sampled_from(["'", '"', "|", ">", None])


@given(TEXTS, STYLES, st.integers(5, 200))
@example("\ufffe", "'", 5)
def test_a_text_written_by_any_program_is_read_as_it_was(text, style, width):
    """Whatever the quotation marks, the folding and the escapes."""
    written = yaml.dump({"title": text}, default_style=style, width=width, allow_unicode=style != '"')
    sheet = read_sheet("f", written.encode())
    escaped = style == '"' or re.search("[\ufffe\uffff]", text)  # for which PyYAML takes double quotes by itself
    expected = text if escaped else legible("." + text)[1:]
    if HOSTILE.search(text) or "\ufeff" in text or "\x85" in text or "\u2028" in text or "\u2029" in text:
        hold(sheet, written)  # these may be replaced, never lost without a word
    else:
        assert sheet.header == {"title": expected}
        assert sheet.problems == ()


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_every_control_character_is_told_by_itself_or_as_an_escape(text):
    for written in (text, yaml.dump({"title": text}, default_style='"')):
        raw = {problem.place for problem in text_problems("f", written)}
        hostile = [m.start() for m in HOSTILE.finditer(written.replace("\r\n", "\n\n"))]
        assert len(raw) == len(hostile)
    sheet = read_sheet("f", written.encode())
    told = [problem for problem in sheet.problems if problem.code == "control-character"]
    assert len(told) == len(HOSTILE.findall(text))


PIECES = st.sampled_from(
    [
        *("quotes", "links", "article", "issues", "members", "at", "text", "speaker", "from", "rel", "to", "a", "b-1"),
        *(
            ": ",
            ":\n  ",
            ":\n    ",
            "\n",
            "\n  ",
            "\n    - ",
            "- ",
            "{",
            "}",
            "[",
            "]",
            ", ",
            "? ",
            "&a ",
            "*a",
            "<<: ",
        ),
        *(
            '"',
            "'",
            "|\n",
            ">-\n",
            "!",
            "!!str ",
            "!x ",
            "---\n",
            "...\n",
            "%YAML 1.1\n",
            "#",
            "\t",
            "\r\n",
            "\r",
            "\0",
        ),
        *("\ufeff", "\u2028", "\x85", "\x1b", "\\e", "\\u202e", "é", "😀", "2024-02-30", "~", "@", "`", "\ufffe"),
    ]
)


@example("|\nquotes\r:\n  \x85")  # a line that is got over must not join the line ends around it
@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_text_gives_a_sheet_and_places_in_it(text):
    hold(read_sheet("f.yaml", text.encode()), text)
    matter = f"---\n{text}\n---\nWords."
    hold(read_front_matter("a/b.md", matter.encode()), matter)


@given(st.binary(max_size=300))
def test_any_bytes_give_a_sheet(data):
    sheet = read_sheet("f.yaml", data)
    assert sheet.file == "f.yaml"
    assert isinstance(read_front_matter("a/b.md", b"---\n" + data + b"\n---\n").problems, tuple)


@given(st.data())
def test_the_shipped_dossier_with_any_damage_gives_a_sheet(seed, data):
    """What a slip of the hand, a half-written file or a bad merge does to a real file."""
    folder = Folder(seed)
    text = folder.read(data.draw(st.sampled_from(folder.yaml_files()))).decode()
    start = data.draw(st.integers(0, len(text)))
    end = start + data.draw(st.integers(0, 40))
    damaged = text[:start] + data.draw(st.lists(PIECES, max_size=4).map("".join)) + text[end:]
    hold(read_sheet("f.yaml", damaged.encode()), damaged)
    half = text[:start]
    hold(read_sheet("f.yaml", half.encode()), half)


def test_a_mark_behind_a_bracket_that_is_not_closed_is_told_where_it_stands():
    sheet = read_sheet("f.yaml", b"issues:\n  a:\n    name: A\n    aliases: [\r    about: B\n  b:\n    name: C\n")
    places = [one.place for one in sheet.problems if one.code == "control-character"]
    assert [(one.line, one.column) for one in places] == [(4, 15)]


NAMES = st.text(st.characters(categories=["L", "N", "P", "S"], include_characters=" "), min_size=1).filter(str.strip)
IDS = st.from_regex("[a-z0-9][a-z0-9._-]{0,8}", fullmatch=True)
ENTRIES = st.dictionaries(
    IDS, st.fixed_dictionaries({"name": NAMES}, optional={"aliases": st.lists(NAMES, min_size=1, unique=True)})
)


@given(ENTRIES, st.lists(st.fixed_dictionaries({"from": IDS, "rel": NAMES, "to": IDS, "at": NAMES})), st.booleans())
def test_what_is_dumped_is_read_back(entries, links, flow):
    written = yaml.dump({"issues": entries, "links": links}, default_flow_style=flow, allow_unicode=True)
    sheet = read_sheet("f.yaml", written.encode())
    assert sheet.problems == ()
    assert {entry.id: entry.fields for entry in sheet.entries} == entries
    assert [(k.source, k.relation, k.target, k.wanted[0].text) for k in sheet.links] == [
        (link["from"], link["rel"], link["to"], link["at"]) for link in links
    ]
    lines = written.splitlines()
    for entry in sheet.entries:  # the place is where the id is
        found = lines[entry.place.line - 1][entry.place.column - 1 :]
        assert found.strip("'\"? ").startswith(entry.id)
