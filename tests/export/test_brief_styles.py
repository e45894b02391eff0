"""The brief and notes styles, pages and Word files: what they say, that they do nothing, and that they are read back."""

import io
import re
import shutil
import subprocess
import zipfile
from html.parser import HTMLParser

import pytest
import yaml
from brief_maker import Texts, line, make_brief
from hypothesis import given, settings
from hypothesis import strategies as st
from london_brief import london_brief
from test_hostile_exports import HOSTILE

from dossier.desk.brief.documents import make_document, write_document
from dossier.desk.brief.scope import BriefScope, brief_within
from dossier.desk.desk import Desk
from dossier.desk.evidence.verify import verify_brief, verify_files
from dossier.desk.evidence.verify_folder import brief_files
from dossier.export.docx import render_docx
from dossier.export.html import render_html
from dossier.export.markdown import render_markdown
from dossier.export.styles.brief_style import render_brief
from dossier.export.styles.notes_style import note_file, render_notes
from dossier.model.brief_options import BriefOptions
from dossier.model.problems import DossierError
from dossier.model.spoken_dates import spoken_date

PANES = ("delegations", "issues", "quotes", "events", "articles", "links", "matrix", "timeline")
SIGNED = BriefOptions(author="A. Reader", date="2025-06-11")
with_pandoc = pytest.mark.skipif(not shutil.which("pandoc"), reason="Pandoc is not installed")


@pytest.fixture(scope="module")
def desk(seed):
    opened = Desk.open(seed)
    yield opened
    opened.close()


def made(desk, *panes, style="brief", form="markdown", options=SIGNED):
    return make_document(desk, brief_within(desk, panes, BriefScope()).brief, style, form, options)


def pandoc(text, reads, writes):
    command = ["pandoc", "--from", reads, "--to", writes]
    return subprocess.run(command, input=text.encode(), capture_output=True, check=True).stdout.decode()


def outcomes(desk, text):
    return [
        (one.outcome, one.claim.words, one.why) for one in verify_brief(desk, text).verdicts if one.outcome != "found"
    ]


@pytest.mark.parametrize("style", ["brief", "full"])
def test_the_dates_of_a_table_sort_as_they_are_written(desk, style):
    text = made(desk, "timeline", style=style)
    dates = re.findall(r"^\| *(\S+) \|", text, re.MULTILINE)
    dates = [one for one in dates if one[0].isdigit()]
    assert len(dates) > 5
    assert dates == sorted(dates)
    assert all(re.fullmatch(r"\d{4}(-\d\d){0,2}", one) for one in dates)


def test_a_brief_has_each_quote_once_with_its_speaker_and_no_ids(desk):
    text = made(desk, "quotes")
    assert text.startswith("# US–China trade talks, London, June 2025\n\n*A. Reader · 11 June 2025*\n")
    assert text.count("China is not easy to deal with.") == 1
    assert "**Donald Trump, President:**\n\n> China is not easy to deal with.[^" in text
    assert "## Export controls" in text
    assert "trump-not-easy" not in text
    assert "london-day-one" not in text
    assert "exact" not in text
    assert len(text) < len(made(desk, "quotes", style="full", options=BriefOptions())) / 2


def test_a_paraphrase_is_never_set_as_a_quotation(desk):
    text = made(desk, "quotes")
    assert "**Donald Trump, President, paraphrased:** China treated the U.S. unfairly for a long time[^" in text
    assert "“" not in text.partition("[^1]:")[0]
    assert not re.search(r"^> .*unfairly", text, re.MULTILINE)


def test_words_that_are_no_evidence_say_so_beside_the_name():
    text = render_brief(london_brief(), BriefOptions())
    assert "**Donald Trump, paraphrased:** He said that all reports were good[^" in text
    assert "**Donald Trump (missing, not evidence):** China will yield on every point" in text
    assert "**Donald Trump (reworded, not evidence):** Everything is going well" in text
    assert "> China will yield" not in text
    assert 'The article has "the U.S." only' not in text
    noted = render_brief(london_brief(), BriefOptions(notes=True))
    assert "*Note:*" in noted


def test_own_headings_stand_above_their_entries(desk):
    text = made(desk, "quotes", options=BriefOptions(headings={"trump-not-easy": "What *Trump* said"}))
    assert "## What \\*Trump\\* said\n\n**Donald Trump, President:**\n\n> China is not easy" in text


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2025-06-09", "9 June 2025"),
        ("2025-06", "June 2025"),
        ("2025", "2025"),
        ("2025-06-09/2025-06-10", "9 to 10 June 2025"),
        ("2025-06-09T14:00/2025-06-09T20:00", "9 June 2025, 14:00 to 20:00"),
        ("2025-06-09T14:00+02:00", "9 June 2025, 14:00 UTC+02:00"),
        ("2025-05-30/2025-06-01", "30 May 2025 to 1 June 2025"),
        ("2024-02-30", "2024-02-30"),
        ("2025-06~", "about June 2025"),
        ("2025?", "perhaps 2025"),
        ("2025-06-09%", "perhaps about 9 June 2025"),
        ("2025-06-XX", "a day in June 2025"),
        ("201X", "the 2010s"),
        ("2025-21", "spring 2025"),
        ("2025-21/2025-22", "spring 2025 to summer 2025"),
        ("-0043-03-15", "15 March 44 BC"),
        ("2025-06/..", "from June 2025"),
        ("../2025", "until 2025"),
        ("2025-06-09?/2025-06-10", "perhaps 9 June 2025 to 10 June 2025"),
    ],
)
def test_dates_are_put_into_words_where_they_are_dates(written, said):
    assert spoken_date(written) == said


@pytest.mark.parametrize("style", ["brief", "full"])
def test_verify_finds_all_of_a_brief(desk, style):
    text = made(desk, *PANES, style=style, options=BriefOptions())
    assert outcomes(desk, text) == []
    assert text == made(desk, *PANES, style=style, options=BriefOptions())


@with_pandoc
@pytest.mark.parametrize("style", ["brief", "full"])
@pytest.mark.parametrize("back", ["markdown", "gfm"])
@pytest.mark.parametrize("by", ["docx", "html", "gfm", "pandoc's html"])
def test_verify_finds_all_after_a_trip(desk, tmp_path, style, back, by):
    panes = ("delegations", "issues", "quotes", "events", "articles", "links")
    text = made(desk, *panes, style=style, options=BriefOptions())
    count = len(verify_brief(desk, text).verdicts)
    if by == "docx":
        file = tmp_path / "brief.docx"
        write_document(made(desk, *panes, style=style, form="docx", options=BriefOptions()), file)
        command = ["pandoc", str(file), "--to", back]
        text = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    elif by == "html":
        text = pandoc(made(desk, *panes, style=style, form="html", options=BriefOptions()), "html", back)
    elif by == "gfm":
        text = pandoc(text, "gfm", back)
    else:
        text = pandoc(pandoc(text, "markdown", "html"), "html", back)
    assert outcomes(desk, text) == []
    assert len(verify_brief(desk, text).verdicts) >= count


@with_pandoc
@pytest.mark.parametrize("standalone", [[], ["--standalone"]])  # which gives the title a head of its own
def test_verify_finds_all_notes_after_a_trip_through_word(desk, tmp_path, standalone):
    before, after = tmp_path / "notes", tmp_path / "after"
    notes = made(desk, *PANES[:6], style="notes")
    write_document(notes, before)
    after.mkdir()
    for name in (
        "_index.md",
        "trump.md",
        "trump-not-easy.md",
        "first-day.md",
        "london-day-one.md",
        "us-relax-in-exchange.md",
    ):
        subprocess.run(["pandoc", "-f", "markdown", before / name, "-o", tmp_path / "x.docx"], check=True)
        back = ["pandoc", *standalone, tmp_path / "x.docx", "-t", "markdown", "-o", after / name]
        subprocess.run(back, check=True)
    for folder in (before, after):
        assert doubts(desk, folder) == []
    note = after / "trump-not-easy.md"
    for old, new in (("Progress of the negotiations](", "Tariffs]("), ("Donald Trump](", "Xi Jinping](")):
        text = note.read_text()
        assert old in text
        note.write_text(text.replace(old, new))
        assert doubts(desk, after), old
        note.write_text(text)


def doubts(desk, folder):
    files = verify_files(desk, brief_files(folder))
    return [one for _, verified in files for one in verified.verdicts if one.outcome != "found"]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("China is not easy to deal with.", "China is easy to deal with.", "other words"),
        ("unfairly for a long time", "unfairly for a very long time", "other words"),
        ("**Donald Trump, President:**\n\n> China is not", "**Xi Jinping, President:**\n\n> China is not", "who said this"),
        ("**China, paraphrased:** precise", "**China:** precise", "who said this"),
        ("precise implementation of the agreement by the U.S.[^", "precise implementation of the agreement by the U.S.[", "no footnote"),
        ("¶ 3.", "¶ 4.", "not in ¶ 4"),
        ("hold trade talks", "held trade talks", "there is no article"),
    ],
)  # fmt: skip
def test_what_an_editor_changes_in_a_brief_is_told(desk, old, new, why):
    text = made(desk, "quotes")
    assert old in text
    assert any(why in reason for _, _, reason in outcomes(desk, text.replace(old, new)))


def test_notes_are_a_file_per_entry_whose_links_lead_to_files_and_whose_front_matter_is_yaml(desk):
    notes = made(desk, *PANES, style="notes")
    assert {"_index.md", "trump.md", "trump-not-easy.md", "london-day-one.md", "rare-earths.md"} <= set(notes)
    for name, text in notes.items():
        for target in re.findall(r"\]\(([^)]*\.md)\)", text):
            assert target in notes, (name, target)
        if not name.startswith("_"):
            matter = yaml.safe_load(text.split("---\n")[1])
            assert f"{matter['id']}.md" == name
    assert notes == made(desk, *PANES, style="notes")


@given(st.text(min_size=1, max_size=300))
def test_a_note_never_leaves_its_folder(entry_id):
    name = note_file(entry_id)
    assert re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,130}\.md", name)


def test_a_folder_with_files_is_not_written_into_unasked_and_links_in_it_are_not_followed(tmp_path):
    folder, victim = tmp_path / "notes", tmp_path / "victim"
    victim.write_text("mine")
    write_document({"a.md": "A\n"}, folder)
    with pytest.raises(DossierError, match="holds files already"):
        write_document({"a.md": "B\n"}, folder)
    write_document({"a.md": "B\n"}, folder, force=True)
    assert (folder / "a.md").read_text() == "B\n"
    (folder / "b.md").symlink_to(victim)
    with pytest.raises(DossierError, match="leads elsewhere"):
        write_document({"a.md": "C\n", "b.md": "C\n"}, folder, force=True)
    assert (victim.read_text(), (folder / "a.md").read_text()) == ("mine", "B\n")
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


class Elements(HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self, page):
        super().__init__()
        self.found, self.links = [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, *sorted(name for name, _ in attrs)))
        self.links += [value for name, value in attrs if name in ("href", "src")]


def structure(markdown):
    """The kinds of the blocks and elements of a document, apart from how its text is cut."""
    page = Elements(render_html(markdown, "x", ""))
    return [one for one in page.found if one[0] not in ("p", "br")], page.links


@settings(deadline=None, max_examples=60)
@given(st.lists(HOSTILE, min_size=1, max_size=6))
def test_hostile_text_makes_no_element(texts):
    texts = [text if line(text) else "x" for text in texts]
    brief = make_brief(Texts(texts))
    for markdown in (render_brief(brief, BriefOptions(author=texts[0], title=texts[-1], notes=True)), *render_notes(brief, BriefOptions(notes=True)).values()):  # fmt: skip
        elements, links = structure(re.sub(r"\A---\n.*?\n---\n", "", markdown, flags=re.DOTALL))
        allowed = {"html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "blockquote", "strong",
                   "em", "ul", "li", "a", "sup", "section", "ol", "code", "table", "thead", "tbody", "tr", "th", "td",
                   "span"}  # fmt: skip
        assert {tag for tag, *_ in elements} <= allowed
        assert all(re.match(r"#|https://example\.org/|[a-z0-9_-][a-z0-9._-]*\.md$", one) for one in links), links


NAUGHTY = ["</script><script>alert(1)</script>", "[x](javascript:alert(1))", "<img src=x onerror=alert(1)>", "![x](http://a.b/c.png)",
           "<http://evil.example/>", "\u202egnp.exe", "```{=openxml}\n<w:p/>\n```", "`<w:t>`{=openxml}", "$\\input{/etc/passwd}$"]  # fmt: skip


@with_pandoc
@pytest.mark.parametrize("style", ["brief", "full"])
def test_a_word_file_of_hostile_text_leads_nowhere_and_has_no_picture(style):
    brief = make_brief(Texts(NAUGHTY))
    markdown = render_brief(brief, BriefOptions()) if style == "brief" else render_markdown(brief)
    data = render_docx(markdown, "", "")
    assert data == render_docx(markdown, "", "")
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        for name in file.namelist():
            assert b'TargetMode="External"' not in file.read(name)
            assert not name.startswith(("word/media", "word/embeddings"))
            assert "vba" not in name
        document = file.read("word/document.xml")
    assert b"w:instrText" not in document
    assert b"oMath" not in document
    assert b"\xe2\x80\xae" not in document


def test_a_page_asks_for_nothing(desk):
    page = made(desk, *PANES, form="html")
    elements = Elements(page)
    assert "default-src 'none'" in page
    assert all(link.startswith("#") for link in elements.links)
    assert not {"script", "img", "link", "iframe"} & {tag for tag, *_ in elements.found}
    targets = set(re.findall(r' id="([^"]+)"', page))
    assert {link[1:] for link in elements.links} <= targets


def test_without_pandoc_a_word_file_is_refused_in_one_sentence(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(DossierError, match="made by Pandoc"):
        render_docx("# x", "", "")


CSL = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">
<info><title>Plain</title><id>plain</id><updated>2025-01-01T00:00:00+00:00</updated></info>
<citation><layout><text variable="title"/></layout></citation>
<bibliography><layout suffix="."><group delimiter=". "><text variable="title" quotes="true"/>
<date variable="issued"><date-part name="year"/></date></group></layout></bibliography></style>"""


def test_citations_in_a_style_of_csl_are_read_back(desk):
    pytest.importorskip("citeproc", reason="citeproc-py is not installed")
    text = made(desk, "quotes", "events", options=BriefOptions(citations=CSL))
    assert "## Sources" in text
    assert "US, China hold trade talks in London" in text
    assert outcomes(desk, text) == []
    for bad in ("<style/>", "no xml", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>' + CSL):
        with pytest.raises(DossierError, match="citation style"):
            made(desk, "quotes", options=BriefOptions(citations=bad))


@pytest.mark.parametrize(
    ("author", "cited"),
    [
        ("Jane Doe and John Roe; van der Berg, Jan", "Doe, Jane, Roe, John, van der Berg, Jan"),
        ("Ministry of Trade and Industry", "Ministry of Trade and Industry"),
        ("Health and Safety Executive; Yonhap", "Health and Safety Executive, Yonhap"),
    ],
)
def test_a_body_is_cited_by_its_name_and_people_by_their_families(author, cited):
    pytest.importorskip("citeproc", reason="citeproc-py is not installed")
    from dossier.export.csl import format_sources
    from dossier.model.brief import CitedSource

    names = '<names variable="author"><name name-as-sort-order="all" delimiter=", "/></names>'
    style = CSL.replace('<text variable="title" quotes="true"/>', names)
    source = CitedSource("a", "T", author=author)
    assert format_sources(style, {"a": source})["a"] == cited


def test_strings_and_examples_made_to_break_parsers_make_no_element(shared_data, tmp_path):
    spec = next(shared_data("commonmark-spec", tmp_path).rglob("spec.txt")).read_text("utf-8")
    strings = re.findall(r"^`{32} example\n(.*?)^\.$", spec, re.DOTALL | re.MULTILINE)[:240]
    strings = [one for one in strings if line(one)]
    for at in range(0, len(strings), 24):
        brief = make_brief(Texts(strings[at : at + 24]))
        _, links = structure(render_brief(brief, BriefOptions(notes=True)))
        assert all(re.match(r"#|https://example\.org/", one) for one in links), links
