"""One file to a sheet: without these an author's words, links or anchors would silently be others than written."""

import pytest

from dossier.model.entries import Anchor
from dossier.model.problems import Place
from dossier.store.files.folder import Folder
from dossier.store.yaml import events
from dossier.store.yaml.loader import read_front_matter, read_sheet


def read(text, file="f.yaml"):
    return read_sheet(file, text.encode())


def clean(text):
    sheet = read(text)
    assert sheet.problems == ()
    return sheet


def words(sheet, entry=0):
    return [(w.text, w.article, w.before, w.after, w.occurrence) for w in sheet.entries[entry].wanted]


def test_the_shipped_dossier_is_read_whole_and_clean(seed):
    """The first thing a new user opens; every person, issue, quotation and event of it must be there."""
    folder = Folder(seed)
    sheets = [read_sheet(file, folder.read(file)) for file in folder.yaml_files()]
    assert [str(problem) for sheet in sheets for problem in sheet.problems] == []
    entries = {entry.id: entry for sheet in sheets for entry in sheet.entries}
    assert {"united-states", "he-lifeng", "export-controls", "london-day-one"} <= entries.keys()
    assert entries["he-lifeng"].names[-1] == "何立峰"
    assert entries["he-lifeng"].owner == "china"
    assert all(entry.wanted for entry in entries.values() if entry.kind in ("quote", "event"))
    assert all(w.article == "london-day-one" for entry in entries.values() for w in entry.wanted)


def test_both_parsers_read_the_same(seed, monkeypatch):
    """Where PyYAML comes without its C loader, the slower one takes over and no reader should notice."""
    folder = Folder(seed)
    files = {file: folder.read(file) for file in folder.yaml_files()} | {
        "odd": b'\xef\xbb\xbfa: "x\\e"\nquotes:\r\n  q: {text: "\xc3\xa9 \\u202e", at: [a, b], spekaer: !x y}\n  q: *z\n'
    }
    fast = {file: read_sheet(file, data) for file, data in files.items()}
    monkeypatch.setattr(events, "PARSER", events.yaml.SafeLoader)
    assert {file: read_sheet(file, data) for file, data in files.items()} == fast


def test_entries_keep_fields_kinds_and_places():
    sheet = clean("delegations:\n  us:\n    name: United States\n    aliases: US\n    mentions: No\n")
    (us,) = sheet.entries
    assert (us.id, us.kind, us.title) == ("us", "delegation", "United States")
    assert us.fields == {"name": "United States", "aliases": ["US"], "mentions": False}
    assert us.place == Place("f.yaml", 2, 3)
    assert us.place_of("aliases") == Place("f.yaml", 4, 14)


def test_short_links_are_links_with_the_place_of_the_id():
    """`speaker`, `issues`, `parent`, `participants` and `members` are one graph with the links in full."""
    sheet = clean(
        "delegations:\n  us:\n    name: U\n    members:\n      a: {name: A}\n"
        "issues:\n  i: {name: I, parent: j}\n"
        "quotes:\n  q:\n    text: w\n    speaker: a\n    issues:\n      - i\n      - j\n"
        "events:\n  e: {name: E, participants: us, issues: [i]}\n"
    )
    assert [(k.source, k.relation, k.target, k.field, str(k.target_place)) for k in sheet.links] == [
        ("a", "member of", "us", "members", "f.yaml:2:3"),
        ("i", "part of", "j", "parent", "f.yaml:7:24"),
        ("q", "said by", "a", "speaker", "f.yaml:11:14"),
        ("q", "about", "i", "issues", "f.yaml:13:9"),
        ("q", "about", "j", "issues", "f.yaml:14:9"),
        ("e", "attended by", "us", "participants", "f.yaml:16:30"),
        ("e", "about", "i", "issues", "f.yaml:16:43"),
    ]
    assert [entry.id for entry in sheet.entries] == ["us", "a", "i", "q", "e"]
    assert sheet.links[3].source_place == Place("f.yaml", 9, 3)


def test_a_link_in_full():
    sheet = clean(
        "article: art\nlinks:\n  - {from: a, rel: offers, to: b, at: [x, {text: y, before: z}], date: 2025-06,"
        " credibility: 2, note: n}\n"
    )
    (link,) = sheet.links
    assert (link.source, link.relation, link.target) == ("a", "offers", "b")
    assert (link.date, link.credibility, link.note, link.field) == ("2025-06", 2, "n", "")
    places = (link.place, link.source_place, link.relation_place, link.target_place)
    assert [(place.line, place.column) for place in places] == [(3, 5), (3, 12), (3, 20), (3, 32)]
    assert link.wanted == (
        Anchor("x", "art", place=Place("f.yaml", 3, 40)),
        Anchor("y", "art", before="z", place=Place("f.yaml", 3, 50)),
    )


ANCHORS = {
    "text: own": [("own", "", "", "", 0)],
    "text: own, attribution: anonymous": [("own", "", "", "", 0)],
    "text: own, at: more": [("own", "", "", "", 0), ("more", "", "", "", 0)],
    "text: own, at: {before: b, occurrence: 2}": [("own", "", "b", "", 2)],
    "text: own, at: {text: own, after: a}": [("own", "", "", "a", 0)],
    "text: own, at: [more, {article: x}]": [("own", "x", "", "", 0), ("more", "", "", "", 0)],
    "text: own, at: {text: more, article: x}": [("own", "", "", "", 0), ("more", "x", "", "", 0)],
    "text: own, attribution: paraphrase": [("own", "", "", "", 0)],
    "text: own, attribution: paraphrase, at: said": [("said", "", "", "", 0)],
    "text: own, attribution: inferred, at: [said, {text: more, before: b}]": [
        ("said", "", "", "", 0),
        ("more", "", "b", "", 0),
    ],
    "text: own, attribution: paraphrase, at: {occurrence: 3}": [("own", "", "", "", 3)],
    "text: own, attribution: paraphrase, at: [said, {occurrence: 3}]": [
        ("said", "", "", "", 0),
        ("own", "", "", "", 3),
    ],
}


@pytest.mark.parametrize("quote", ANCHORS)
def test_what_a_quote_rests_on(quote):
    """A direct quotation is never shown without its own words as evidence."""
    assert words(clean(f"quotes: {{q: {{{quote}}}}}\n")) == ANCHORS[quote]


def test_the_article_of_a_file_holds_for_anchors_before_it_too():
    """Keys have no order in YAML; an author may put `article` last."""
    late = clean("quotes: {q: {text: own}}\nlinks: [{from: a, rel: b, to: c, at: w}]\narticle: art\n")
    assert late.entries[0].wanted[0].article == late.links[0].wanted[0].article == "art"


def test_header_labels_globs_and_relations():
    sheet = clean(
        "format: 1\ntitle: T\nlanguage: en\nlabels: {quotes: Testimony}\narticle_files: [a/*.md, b.md]\n"
        "relations:\n  offers: {inverse: offered by, stance: for}\n  cites: {inverse: cited by, note: n}\n"
    )
    assert sheet.header == {"format": 1, "title": "T", "language": "en"}
    assert sheet.labels == {"quotes": "Testimony"}
    assert sheet.globs == (("a/*.md", Place("f.yaml", 5, 17)), ("b.md", Place("f.yaml", 5, 25)))
    assert [(r.name, r.inverse, r.stance, r.note, r.place.line) for r in sheet.relations] == [
        ("offers", "offered by", "for", "", 7),
        ("cites", "cited by", None, "n", 8),
    ]


def test_empty_sections_are_no_problem():
    """A skeleton to be filled in is how most dossiers begin."""
    assert clean("quotes:\nlinks:\nrelations:\nlabels:\nissues: {}\nevents: # later\n").entries == ()
    assert clean("").entries == clean("# nothing yet\n").entries == clean("---\n").entries == ()


def test_an_alias_stands_for_its_value():
    sheet = clean("issues:\n  a: {name: &n Trade, aliases: &l [x, y]}\n  b: {name: *n, aliases: *l}\n")
    assert sheet.entries[1].fields == {"name": "Trade", "aliases": ["x", "y"]}


def test_an_alias_to_what_is_skipped_or_at_the_top():
    sheet = read("x-list: {deep: [&l {name: A}]}\nissues: &i {a: *l}\npeople: *i\n")
    assert [(entry.id, entry.kind, entry.title) for entry in sheet.entries] == [
        ("a", "issue", "A"),
        ("a", "person", "A"),
    ]
    assert [problem.code for problem in sheet.problems] == ["unknown-field"]


def test_front_matter_makes_an_article():
    text = "---\ntitle: 'A: B'\npublished: 2021-08-10\nurl: https://x.example/\n---\n\nWords --- here.\n"
    sheet = read_front_matter("articles/2021/some-words.md", text.encode())
    assert sheet.problems == ()
    (article,) = sheet.entries
    assert (article.id, article.kind, article.title) == ("some-words", "article", "A: B")
    assert article.fields["file"] == "articles/2021/some-words.md"
    assert article.text("published") == "2021-08-10"
    assert article.place_of("url") == Place("articles/2021/some-words.md", 4, 6)


@pytest.mark.parametrize(
    "text", ["", "Words alone.\n", "--- no\n", "---\nnever closed\n", "---\n---\nWords", "\ufeff---\n...\n"]
)
def test_an_article_without_front_matter_goes_by_its_stem(text):
    sheet = read_front_matter("a/talks-2.txt", text.encode())
    assert sheet.problems == ()
    assert [(e.id, e.title, e.fields) for e in sheet.entries] == [("talks-2", "talks-2", {"file": "a/talks-2.txt"})]


def test_bad_front_matter_costs_no_article():
    for text in (
        "---\n: [\n---\nWords",
        "---\n- a\n---\n",
        "---\npublished: never\ntitel: x\n---\n",
        "---\n\xff: [*a]\n---\n",
    ):
        sheet = read_front_matter("a/b.md", text.encode("latin-1"))
        assert [entry.id for entry in sheet.entries] == ["b"]
        assert sheet.problems
        assert all(1 <= problem.place.line <= 5 for problem in sheet.problems)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('+++\ntitle = "A"\n+++\nWords', "TOML"),
        ("---\ntitle: A\n\nWords\n", "not closed"),
        ("\n\n---\ntitle: A\n---\nWords\n", "first line"),
        ("---\nNote: this goes on\nin two lines.\n---\nWords\n", "no mapping"),
        ('{\n  "title": "A",\n  "date": "2025-03-04"\n}\n\nWords\n', "JSON"),
        (';;;\n"title": "A"\n;;;\nWords\n', ""),
        (';;;\n{"title": "A"}\n;;;\nWords\n', "JSON"),
        ("Title: A\nAuthor: B\n\nWords\n", "between no rules"),
        ("Title: it was said\n\nWords\n", ""),
        ("---\n" + "a\n" * 9 + "x" * 1_000_000, ""),
    ],
)
def test_front_matter_that_is_not_read_as_such_is_told(text, said):
    sheet = read_front_matter("a/b.md", text.encode())
    assert [(one.code, one.severity) for one in sheet.problems] == [("front-matter-as-text", "warning")] * bool(said)
    assert all(said in one.message for one in sheet.problems)
    assert sheet.entries[0].fields == {"file": "a/b.md"}


def test_a_stem_that_is_no_id_is_told():
    sheet = read_front_matter("a/The Talks.md", b"Words.")
    assert [problem.code for problem in sheet.problems] == ["bad-id"]
    assert "the-talks" in sheet.problems[0].hint
    assert sheet.entries == ()


def test_front_matter_that_others_wrote_is_read(shared_data, tmp_path):
    """2,738 articles that others wrote, quotation marks, no-break spaces and folded titles included."""
    files = sorted(shared_data("whitehouse-2021", tmp_path).rglob("2021-*.md"))[::25]
    assert len(files) > 100
    for path in files:
        sheet = read_front_matter(path.name, path.read_bytes())
        if "%" in path.name:
            assert [problem.code for problem in sheet.problems] == ["bad-id"]
            continue
        assert {problem.code for problem in sheet.problems} <= {"unknown-front-matter"}
        (article,) = sheet.entries
        assert len(article.title) > 10
        assert article.title != article.id


def test_a_slip_in_front_matter_is_told():
    sheet = read_front_matter("a/b.md", b"---\ntags: x\ntitel: Y\n---\n")
    assert [(problem.place.line, problem.hint) for problem in sheet.problems] == [(3, "did you mean “title”?")]


def test_searches_are_kept_by_name_and_what_is_none_is_told():
    """A saved search that is lost in silence would be missed only when it is needed."""
    sheet = clean("searches: {Rare earths: 'issue:rare-earths', no: -china}\n")
    assert sheet.searches == {"Rare earths": "issue:rare-earths", "no": "-china"}
    told = read_sheet("f.yaml", b"searches: {a: '', b: [c]}\n")
    assert [problem.code for problem in told.problems] == ["empty-value", "wrong-shape"]
    assert told.searches == {}
