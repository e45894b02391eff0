"""Naughty strings and Markdown examples in every field of a dossier, exported as pages, Word files and notes."""

import io
import json
import re
import shutil
import xml.etree.ElementTree as ET
import zipfile
from html.parser import HTMLParser

import pytest
import yaml
from markdown_it import MarkdownIt

from dossier.desk.brief.documents import make_document
from dossier.desk.brief.scope import BriefScope, brief_within
from dossier.desk.desk import Desk
from dossier.model.brief_options import BriefOptions
from dossier.model.clean import clean_line

STYLES = ("brief", "full")
MADE = {
    "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "h4", "blockquote", "p", "br", "strong", "em",
    "ul", "ol", "li", "a", "sup", "section", "code", "table", "thead", "tbody", "tr", "th", "td", "hr",
}  # fmt: skip
"""Elements that the styles make; `style` and `meta` are in the head alone."""
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RUNS = {
    "t",
    "tab",
    "br",
    "rPr",
    "footnoteReference",
    "footnoteRef",
    "cr",
    "noBreakHyphen",
    "softHyphen",
    "separator",
    "continuationSeparator",
}
"""What a run of a Word file may hold: words, and no field, object, picture or foreign content."""


def naughty(unpack, folder):
    """BLNS and the inputs of CommonMark's examples, in equal parts."""
    spec = next(unpack("commonmark-spec", folder / "spec").rglob("spec.txt")).read_text("utf-8")
    examples = re.findall(r"^`{32} example\n(.*?)^\.$", spec, re.DOTALL | re.MULTILINE)
    files = sorted(unpack("blns", folder / "blns").rglob("*.json"))
    strings = [text for file in files for text in json.loads(file.read_text("utf-8")) if isinstance(text, str)]
    return [text for text in strings + examples if clean_line(text).strip()]


@pytest.fixture(scope="module")
def desk(shared_data, tmp_path_factory):
    """A dossier with a quote, a person and an issue for every string, and events and notes for some."""
    folder = tmp_path_factory.mktemp("naughty")
    strings = naughty(shared_data, folder)
    assert len(strings) > 1000
    dossier = folder / "d"
    dossier.mkdir()
    body = [re.sub(r"\s+", " ", text.encode("utf-8", "replace").decode()) for text in strings]
    (dossier / "a.txt").write_text("\n\n".join(body) + "\n", encoding="utf-8")
    special = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")

    def told(text):
        text = text.encode("utf-8", "replace").decode()
        return special.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False))

    lines = ["format: 1", f"title: {told(strings[0])}", f"summary: {told(strings[1])}", "articles:"]
    lines.append(
        f"  a: {{file: a.txt, title: {told(strings[2])}, publisher: {told(strings[3])}, url: 'javascript:alert(1)'}}"
    )
    lines += ["article: a", "delegations:", f"  side: {{name: {told(strings[4])}, members: {{"]
    lines += [f"    p{at}: {{name: {told(text)}, role: {told(text)}}}," for at, text in enumerate(strings[::7])]
    lines += ["    }}", "issues:", *(f"  i{at}: {{name: {told(text)}}}" for at, text in enumerate(strings[::9]))]
    lines += [
        "events:",
        *(
            f"  e{at}: {{name: {told(text)}, when: '2025', place: {told(text)}}}"
            for at, text in enumerate(strings[::11])
        ),
    ]
    lines.append("quotes:")
    kinds = ("direct", "paraphrase", "anonymous", "inferred")
    for at, text in enumerate(strings):
        speaker, issue = f"p{at % len(strings[::7])}", f"i{at % len(strings[::9])}"
        lines.append(
            f"  q{at}: {{text: {told(text)}, speaker: {speaker}, issues: [{issue}], note: {told(text)}, "
            f"attribution: {kinds[at % 4]}, via: [{told(text)}]}}"
        )
    (dossier / "dossier.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    opened = Desk.open(dossier)
    assert len(opened.listing("quotes")) == len(strings)
    yield opened
    opened.close()


def made(desk, style, form):
    panes = ("delegations", "issues", "quotes", "events", "articles")
    options = BriefOptions(author="<b>A</b> [x](y)", notes=True)
    return make_document(desk, brief_within(desk, panes, BriefScope()).brief, style, form, options)


class Page(HTMLParser):
    """The elements of a page, with their attributes."""

    def __init__(self, text):
        super().__init__()
        self.found, self.open = [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs), tuple(self.open)))
        if tag not in ("meta", "br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_comment(self, data):
        pytest.fail(f"a comment: {data[:80]}")


@pytest.mark.parametrize("style", STYLES)
def test_a_page_holds_only_elements_of_ours_and_leads_nowhere(desk, style):
    page = Page(made(desk, style, "html"))
    assert not page.open
    assert {tag for tag, *_ in page.found} <= MADE
    for tag, attributes, around in page.found:
        assert not any(name.startswith("on") or name in ("style", "src") for name in attributes), attributes
        assert re.match("#|$", attributes.get("href", "")), attributes
        assert tag not in ("style", "meta", "title") or "head" in around


@pytest.mark.skipif(not shutil.which("pandoc"), reason="Pandoc is not installed")
@pytest.mark.parametrize("style", STYLES)
def test_a_word_file_holds_words_alone(desk, style):
    with zipfile.ZipFile(io.BytesIO(made(desk, style, "docx"))) as file:
        for name in file.namelist():
            assert not re.search(r"media|embeddings|vba|activeX|externalLinks", name), name
            data = file.read(name)
            assert b"TargetMode=" not in data, name
            if name in ("word/document.xml", "word/footnotes.xml"):
                root = ET.fromstring(data)
                held = {child.tag for run in root.iter(f"{WORD}r") for child in run}
                assert held <= {WORD + tag for tag in RUNS}, name
                assert all(link.get(f"{WORD}anchor") for link in root.iter(f"{WORD}hyperlink"))
                assert not {f"{WORD}fldSimple", f"{WORD}altChunk", f"{WORD}object"} & {one.tag for one in root.iter()}


def test_notes_hold_no_html_no_picture_and_no_way_out(desk):
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    notes = made(desk, "notes", "markdown")
    assert len(notes) > 1500
    for name, text in notes.items():
        assert re.fullmatch(r"[a-z0-9_][a-z0-9._-]*\.md", name)
        matter, body = "", text
        if text.startswith("---\n"):
            _, matter, body = text.split("---\n", 2)
            assert isinstance(yaml.safe_load(matter), dict)
        assert not re.search(r"(?<!\\)\[\[|(?<!\\)!\[|^%%|^```|^~~~|^\s*<", body, re.MULTILINE), name
        for token in parser.parse(body):
            assert token.type not in ("html_block", "fence", "code_block"), (name, token)
            for child in token.children or ():
                assert child.type not in ("html_inline", "image"), (name, child)
                if child.type == "link_open":
                    assert child.attrs["href"] in notes, (name, child)
