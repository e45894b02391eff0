"""An exported brief verifies as long as nobody changed it; any one change of a word or a line of it is told.

Not the dossier's own words, and so not held against it: title, summary, table of contents, headings of chapters, tags,
and where links lead.
"""

import json
import random
import re
import sys
import tempfile
from contextlib import closing
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from dossier.desk.brief.builder import outline_of
from dossier.desk.brief.documents import make_document
from dossier.desk.brief.scope import BriefScope, brief_within
from dossier.desk.desk import Desk
from dossier.desk.evidence.verify import verify_files
from dossier.desk.evidence.verify_folder import BriefFile, NoteFolder
from dossier.export.styles.notes_style import INDEX
from dossier.model.brief_options import BriefOptions
from dossier.model.views import Filters

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "weighing"))
from matrix_worlds import anchors, spans, words, worlds, write

PANES = ("delegations", "issues", "quotes", "events", "articles", "links", "matrix", "timeline")
STYLES = ("brief", "notes", "full")
PARTS = 5
"""Into which the thousands of changes of a brief are divided, so that several processes can share the long form."""
LONDON = Path(__file__).resolve().parents[2] / "seeds" / "london-trade-talks"
_OWN = re.compile(
    r"# .*|## .*|-{3}|tags: .*|\|(?: --- \|)+|\[[^\[\]]*\]\(#[^()]*\) \d+.*|\*(?:Nothing to show|All of it is told above)\.\*"
    r"|\*Covers only:.*|\*\*(?:Narrowed to|Search):.*|\[(?:Matrix|Timeline)\]\(_table.*"
)
"""Lines of what is not held against the dossier."""
_TARGET = re.compile(r"\]\([^()]*\)|^\[\^\d+\]: |\[\^\d+\]|¶|[\w-]+\.(?:md|org)\S*")
_WORD = re.compile(r"\w[\w-]*")


def documents(desk, style, panes=PANES, extent=None, **options):
    """The files of a brief as `(text, name, folder)`."""
    return files_of(desk, brief_within(desk, panes, extent or BriefScope()).brief, style, **options)


def files_of(desk, brief, style, **options):
    """The same of a brief that is made already."""
    made = make_document(desk, brief, style, "markdown", BriefOptions(**options))
    if isinstance(made, str):
        return [(made, "", NoteFolder())]
    folder = NoteFolder(tuple(name.removesuffix(".md") for name in made), made[INDEX])
    return [(text, name, folder) for text, name in zip(made.values(), folder.names, strict=True)]


def doubts(desk, *files):
    """Return what is not accepted of some files of one folder, or of a brief."""
    return [one for _, told in verify_files(desk, map(brief_file, files)) for one in told.verdicts if not one.accepted]


def brief_file(file):
    """Return what `verify_files` takes of a file of a brief."""
    text, note, folder = file
    return BriefFile(Path(note), text, note, folder)


def own_lines(desk, file):
    """The numbers of the lines that are the dossier's and no author's."""
    text, note, _ = file
    lines = text.split("\n")
    found, fenced = [], False
    for at, line in enumerate(lines):
        fenced = fenced or (at == 0 and line == "---")
        if line == "---" and at:
            fenced = False
        front = fenced and note
        if line.strip() and line != desk.summary and (not _OWN.fullmatch(line) or (line.startswith("# ") and front)):
            found.append(at)
    return found


def changes(desk, file):
    """Each single change: `(line, first, last)` of a word, or with None of the whole line."""
    lines = file[0].split("\n")
    for at in own_lines(desk, file):
        if file[1] != "_index":  # which lists what links start from a second time
            yield at, None, None
        hidden = [match.span() for match in _TARGET.finditer(lines[at])]
        for match in _WORD.finditer(lines[at]):
            if not any(start < match.end() and match.start() < end for start, end in hidden):
                yield at, *match.span()


def changed(file, change):
    text, note, folder = file
    at, first, last = change
    lines = text.split("\n")
    if first is None:
        del lines[at]
    else:
        lines[at] = f"{lines[at][:first]}zebra{lines[at][last:]}"
    return "\n".join(lines), note, folder


def verifiable(file) -> bool:
    """Return whether a file has anything that a source can bear out, without which no brief is called sound."""
    return bool(file[1]) or "[^1]:" in file[0]


def add_events(folder, drawn):
    """Puts events, a joint statement and a translation into a world."""
    events = {
        f"e{n}": {"name": f"meeting {n}", "when": when, "place": "Geneva", "about": ["i1"]}
        | ({"at": {"text": words(anchor), "article": anchor[0]}} if anchor else {})
        for n, (when, anchor) in enumerate(drawn["events"])
    }
    article, first, last = drawn["joint"]
    joint = {
        "text": words((article, first, last)), "speaker": ["d1", "m3"], "issues": ["i1"], "stance": "for",
        "at": {"article": article},
    }  # fmt: skip
    (folder / "more.yaml").write_text(json.dumps({"events": events, "quotes": {"joint": joint}}))
    return folder


extras = st.fixed_dictionaries({
    "events": st.lists(st.tuples(st.sampled_from(["2025", "2025-05-12/2025-05-14", "2025-06-01T10:00", ""]), st.none() | anchors), max_size=3),
    "joint": spans,
})  # fmt: skip


BRIEFS = (worlds(), extras, st.sampled_from(STYLES), st.sets(st.sampled_from(PANES), min_size=1), st.data())


def check_brief(world, extra, style, panes, data):
    """Hold an untouched brief, and three changes of it, against its dossier."""
    with (
        tempfile.TemporaryDirectory() as home,
        closing(Desk.open(add_events(write(world, Path(home) / "world"), extra))) as desk,
    ):
        files = documents(desk, style, [pane for pane in PANES if pane in panes])
        if not all(map(verifiable, files)):
            return
        assert doubts(desk, *files) == []
        possible = [(file, change) for file in files for change in changes(desk, file)]
        for file, change in data.draw(st.lists(st.sampled_from(possible), max_size=3)) if possible else ():
            edited = changed(file, change)
            assert doubts(desk, edited), (file[1], file[0].split("\n")[change[0]], edited[0].split("\n")[change[0]])


@given(*BRIEFS)
@settings(max_examples=25, phases=[Phase.generate], derandomize=True)
def test_a_brief_verifies_untouched_and_any_change_of_it_is_told(world, extra, style, panes, data):
    check_brief(world, extra, style, panes, data)


_BARE = re.compile(r"- [\w -]+")
"""A name in a list of its own, of which nothing is said: it may be the author's list."""


def choices(desk):
    """All that a reader can choose: entries and links."""
    listings = [desk.listing(pane) for pane in PANES[:5]]
    entries = [listing.id_at(at) for listing in listings for at in range(len(listing))]
    rows = [row for one in entries for row in desk.view(one).links if row.here == one]
    return list(dict.fromkeys([*entries, *(row.key for row in rows if desk.link(row.key))]))


def check_basket(desk, marks, style):
    """Hold a brief of chosen entries and links against its dossier, untouched and with a word changed in each line."""
    files = files_of(desk, outline_of(desk, marks, {}), style)
    if not all(map(verifiable, files)):
        return
    assert doubts(desk, *files) == [], (marks, style)
    for file in files:
        lines = {change[0]: change for change in changes(desk, file) if change[1] is not None}
        passed = [file[0].split("\n")[at] for at, change in lines.items() if not doubts(desk, changed(file, change))]
        assert [line for line in passed if not _BARE.fullmatch(line)] == [], (marks, style)


@pytest.mark.parametrize("style", STYLES)
def test_a_brief_of_chosen_links_of_london_verifies_untouched_and_its_changes_are_told(london, style):
    everything = choices(london)
    drawn = random.Random(7)
    for _ in range(4):
        check_basket(london, drawn.sample(everything, 3), style)


@given(worlds(), extras, st.sampled_from(STYLES), st.data())
@settings(max_examples=15, phases=[Phase.generate], derandomize=True)
def test_a_brief_of_chosen_entries_and_links_verifies_untouched_and_its_changes_are_told(world, extra, style, data):
    with (
        tempfile.TemporaryDirectory() as home,
        closing(Desk.open(add_events(write(world, Path(home) / "world"), extra))) as desk,
    ):
        marks = data.draw(st.lists(st.sampled_from(choices(desk)), min_size=1, max_size=4, unique=True))
        check_basket(desk, marks, style)


@pytest.mark.thorough
@given(*BRIEFS)
@settings(max_examples=1_500, phases=[Phase.generate], deadline=None)
def test_many_briefs_verify_untouched_and_any_change_of_them_is_told(world, extra, style, panes, data):
    check_brief(world, extra, style, panes, data)


@pytest.fixture(scope="module")
def london():
    with closing(Desk.open(LONDON)) as desk:
        yield desk


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("part", range(PARTS))
def test_any_change_of_a_brief_of_london_is_told(london, style, part, pytestconfig):
    files = documents(london, style)
    possible = [(file, change) for file in files for change in changes(london, file)][part::PARTS]
    assert len(possible) > 1000 // PARTS
    if not pytestconfig.getoption("--thorough"):
        possible = random.Random(13).sample(possible, 15 // PARTS)
    told = verify_files(london, [brief_file(changed(file, change)) for file, change in possible])
    passed = [
        (file[1], file[0].split("\n")[change[0]], change)
        for (file, change), (_, verified) in zip(possible, told, strict=True)
        if all(one.accepted for one in verified.verdicts)
    ]
    assert passed == []


@pytest.mark.parametrize(
    "panes",
    [tuple(pane for pane in PANES if pane != "quotes"), ("links",)],
    ids=["all but quotes", "links alone"],
)
def test_a_quote_taken_out_of_the_links_of_a_brief_is_told(london, panes):
    """Without the pane of quotes the brief style sets quotes under the links that lead to them."""
    [file] = documents(london, "brief", panes)
    lines = file[0].split("\n")
    quotes = [at for at, line in enumerate(lines) if line.startswith("> ")]
    assert len(quotes) >= 5
    for at in quotes:
        text = "\n".join(lines[: at - 2] + lines[at + 1 :])  # with the name above it
        assert doubts(london, (text, *file[1:])), lines[at]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    "extent",
    [
        BriefScope(lens=("china",)),
        BriefScope(filters=Filters(attributions=("direct",))),
        BriefScope(filters=Filters(statuses=("exact", "moved"), first="2025-05", last="2025-06-09")),
        BriefScope(ids=("trump", "trump-not-easy", "tariffs", "he-lifeng")),
        BriefScope(query="tariffs"),
    ],
    ids=["lens", "attribution", "status and dates", "chosen", "search"],
)
def test_a_brief_that_was_narrowed_verifies_untouched(london, style, extent):
    assert doubts(london, *documents(london, style, extent=extent)) == []


@pytest.mark.parametrize("style", STYLES)
def test_a_brief_with_the_options_of_its_author_verifies_untouched(london, style):
    options = {
        "title": "Mine",
        "author": "A. Writer",
        "date": "2025-06-12",
        "notes": True,
        "headings": {"trump-not-easy": "Hard"},
    }
    assert doubts(london, *documents(london, style, **options)) == []


@pytest.mark.parametrize(
    "panes",
    [PANES, ("quotes",), tuple(pane for pane in PANES if pane != "quotes")],
    ids=["all", "quotes alone", "quotes under links"],
)
def test_a_heading_that_groups_quotes_about_a_person_is_held_against_them(london, panes):
    """Else words about one person stand under the name of another, as if he had said them."""
    [(text, *rest)] = documents(london, "brief", panes)
    lines = text.split("\n")
    at = next(at for at, line in enumerate(lines) if re.fullmatch("#+ He Lifeng", line))
    mark, below = lines[at].split()[0], lines[at + 1 :]
    following = next(number for number, line in enumerate(below) if line.startswith(f"{mark} "))
    edits = {
        "removed": below,
        "renamed": [f"{mark} Donald Trump", *below],
        "turned into prose": ["He Lifeng", *below],
        "moved below its quote": [*below[:following], lines[at], "", *below[following:]],
        "swapped with the next": [below[following], *below[:following], lines[at], *below[following + 1 :]],
        "with another below it": [lines[at], "", f"{mark}# Donald Trump", *below],
    }
    passed = [name for name, edit in edits.items() if not doubts(london, ("\n".join(lines[:at] + edit), *rest))]
    assert passed == []
    assert doubts(london, (text.replace("\n", "\r\n"), *rest)) == []


def test_a_quote_in_another_group_is_told_with_its_line_and_the_heading_it_belongs_under(london):
    [(text, *rest)] = documents(london, "brief")
    [told] = doubts(london, (text.replace("### He Lifeng", "### Donald Trump"), *rest))
    assert text.split("\n")[told.line - 1] == "### He Lifeng"
    assert told.why == (
        "the dossier has the quote of line 58, “Anonymous”, under the heading “He Lifeng”; put it back there"
    )


def test_a_heading_over_quotes_about_nothing_is_held_against_them_unless_it_is_the_authors(tmp_path):
    (tmp_path / "a.txt").write_text("We said so. They never did. Nobody asked.\n")
    (tmp_path / "dossier.yaml").write_text(
        "articles:\n  a1: {file: a.txt}\ndelegations:\n  d: {name: D}\nissues:\n  i: {name: Price}\n"
        "quotes:\n  q: {text: We said so, speaker: d, issues: [i]}\n  r: {text: They never did, speaker: d}\n"
        "  s: {text: Nobody asked, speaker: d}\n"
    )
    with closing(Desk.open(tmp_path)) as desk:
        for panes, mark in ((("quotes",), "##"), (("quotes", "issues"), "###")):
            [(text, *rest)] = documents(desk, "brief", panes)
            assert doubts(desk, (text, *rest)) == []
            for other in ("", f"{mark} Zebra", f"{mark} Price"):
                told = doubts(desk, (text.replace(f"{mark} Other statements", other), *rest))
                assert ["“Other statements”" in one.why for one in told] == [True, True]
            for headings in ({"r": "Price"}, {"q": "Price", "r": "D"}, {"q": "Other statements", "s": "Price"}):
                assert doubts(desk, *documents(desk, "brief", panes, headings=headings)) == [], headings


def test_a_member_is_never_told_under_another_delegation_than_his_own(london):
    text, _, _ = documents(london, "brief", ("delegations",), BriefScope(ids=("united-states", "he-lifeng")))[0]
    assert "\n- He Lifeng, Vice Premier" in text


def test_a_matrix_that_was_narrowed_cites_only_what_it_counts(london):
    extent = BriefScope(filters=Filters(attributions=("direct",)))
    chapter = brief_within(london, ("matrix",), extent).brief.chapters[0]
    for row in chapter.table.rows:
        for cell in row[1:]:
            counted = sum(map(int, re.findall(r"(\d+) statements? of", cell.text)))
            assert len(cell.citations) <= max(counted, 0) or "without words" in cell.text, cell.text


def test_notes_of_articles_and_two_other_panes_verify_untouched(london):
    """Else who sends notes of events and links is told that somebody changed them."""
    refused = {}
    for panes in combinations([pane for pane in PANES if pane != "articles"], 2):
        files = documents(london, "notes", ["articles", *panes])
        if found := doubts(london, *files):
            refused[panes] = [one.difference for one in found]
    assert refused == {}


def test_links_without_the_name_above_them_are_told(london):
    """Else the links of the first entry of the list are anybody's."""
    [brief] = documents(london, "full", ["delegations", "links"])
    lines = brief[0].split("\n")
    first = next(at for at in range(lines.index("## Links"), len(lines)) if lines[at].startswith("["))
    assert {one.why for one in doubts(london, changed(brief, (first, None, None)))} == {
        "nothing above says whose link this is"
    }


def test_relations_in_a_list_without_the_name_above_them_are_told(london):
    [brief] = documents(london, "brief", ["delegations", "links"])
    lines = brief[0].split("\n")
    first = next(at for at, line in enumerate(lines) if line.startswith("- ") and "  - *" in lines[at + 1])
    alone = "\n".join([*lines[:first], lines[first + 1], "", *lines[first + 2 :]])
    assert "nothing above says of whom this is told" in {one.why for one in doubts(london, (alone, "", ()))}
    own = brief[0] + "\n\n- *Deadline:* Friday\n- *Thanks:* to the desk\n"
    assert doubts(london, (own, "", ())) == []


def test_another_article_in_the_footnote_of_words_that_are_no_evidence_is_told(tmp_path):
    """Else a brief says of a source that it lacks words which nobody looked for in it."""
    (tmp_path / "a.txt").write_text("Twice we said so. Twice.\n")
    (tmp_path / "dossier.yaml").write_text(
        "articles:\n  a1: {file: a.txt, published: 2025-06-10}\n"
        "delegations:\n  d: {name: D}\n  e: {name: E}\nissues:\n  i: {name: I}\n"
        "quotes:\n  q: {text: we said, speaker: d, issues: [i], at: [{article: a1}, {text: never, article: a1}]}\n"
        "links:\n- {from: d, rel: opposes, to: i, at: {article: a1, text: Twice}}\n"
        "- {from: e, rel: supports, to: i, at: {article: a1, text: we said so}}\n"
    )
    with closing(Desk.open(tmp_path)) as desk:
        [(text, *rest)] = documents(desk, "brief", ["delegations", "issues", "links"])
        assert "not evidence:** “Twice” — *a1*" in text
        assert doubts(desk, (text, *rest)) == []
        assert doubts(desk, (text.replace("“Twice” — *a1*", "“Twice” — *zebra*"), *rest))


def test_a_line_of_the_list_of_notes_that_names_another_speaker_is_told():
    with closing(Desk.open(LONDON)) as desk:
        files = documents(desk, "notes", ("quotes",))
        at, (text, name, folder) = next((at, one) for at, one in enumerate(files) if one[1] == "_index")
        assert doubts(desk, *files) == []
        first, second = sorted(set(re.findall(r"- \[(.+)\]\([^()]+\)", text)))[:2]
        files[at] = (text.replace(f"[{first}]", f"[{second}]", 1), name, folder)
        assert [one.outcome for one in doubts(desk, *files)] == ["changed"]
