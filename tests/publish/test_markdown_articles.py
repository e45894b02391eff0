"""Articles in Markdown on the site: set as they are read, with the evidence still underlined word for word."""

import re

import pytest

from dossier.desk.desk import Desk
from dossier.model.markdown_words import as_read
from tests.publish.test_site import Reader, assert_harmless, files_of, publish_site

ARTICLE = """---
title: Marked
---
# A **bold** heading

She said it was *not* [easy](javascript:alert(1)) to `deal` with <b onclick="alert(1)">them</b> &amp; theirs.

> They answered
> in kind.

- one thing
- another

<script>alert(1)</script>

<img src=x onerror=alert(1)>

```
let code = *here*;
```

[label]: http://elsewhere.example "title"

Behind an autolink <http://elsewhere.example/x> it ends, [label], ![picture](http://elsewhere.example/p.png).
"""
QUOTES = {
    "split": "was not easy to deal with them",
    "marked": "A bold heading",
    "ampersand": "them & theirs",
    "code": "let code = *here*;",
}


@pytest.fixture
def page(tmp_path):
    """The page of the article, read."""
    dossier = tmp_path / "d"
    dossier.mkdir()
    (dossier / "a.md").write_text(ARTICLE)
    quotes = "".join(f"  {one}: {{text: '{text}'}}\n" for one, text in QUOTES.items())
    (dossier / "dossier.yaml").write_text(f"format: 1\narticles:\n  a: {{file: a.md}}\narticle: a\nquotes:\n{quotes}")
    publish_site(dossier, tmp_path / "out")
    return (tmp_path / "out/article/a.html").read_text()


def test_markup_is_set_and_not_shown(page):
    text = re.sub(r"<[^>]+>", "", page.partition('aria-label="Text"')[2])
    assert "A bold heading" in text
    for sign in ("**", "](", "# ", "```", "&lt;b", "onclick", "javascript:", "elsewhere.example/p.png"):
        assert sign not in text, sign
    assert re.search(r'<h2 dir="auto" class="heading">.*A bold heading', page)
    assert re.search(r'<p dir="auto" class="quotation">.*They answered', page)
    assert re.search(r'<p dir="auto" class="list">one thing', page)
    assert re.search(r'<p dir="auto" class="code">', page)


def test_evidence_is_underlined_as_it_is_read(page):
    words = Reader(page).words
    assert {" ".join(one.split()) for one in words.values()} == set(QUOTES.values())
    assert not re.search("<(b|img|script)[ >]", page)
    assert 'data-evidence="was not easy to deal with them"' in page


def test_passages_to_search_and_annotations_hold_no_markup(page, tmp_path):
    data = b"".join(files_of(tmp_path / "out")[name] for name in files_of(tmp_path / "out") if name.suffix != ".html")
    assert b"was not easy to deal with them" in data
    for sign in (b"**bold**", b"javascript:alert", b"onclick", b"\xe2\x81\xa0", b"\\u2060"):
        assert sign not in data


def examples(folder):
    """The inputs of the examples of CommonMark's specification."""
    text = next(folder.rglob("spec.txt")).read_text(encoding="utf-8")
    found = re.findall(r"^`{32} example\n(.*?)^\.\n.*?^`{32}$", text, re.DOTALL | re.MULTILINE)
    return [one.replace("→", "\t") for one in found]


def test_every_example_of_commonmark_stays_words(shared_data, tmp_path):
    found = examples(shared_data("commonmark-spec", tmp_path / "spec"))
    assert len(found) > 600
    dossier = tmp_path / "d"
    dossier.mkdir()
    for number, text in enumerate(found):
        (dossier / f"a{number}.md").write_text(f"---\ntitle: Example {number}\n---\n{text}\n\nThe end of it all.\n")
    quotes = "".join(f"  q{n}: {{text: The end of it all, article: a{n}}}\n" for n in range(len(found)))
    (dossier / "dossier.yaml").write_text(f"format: 1\narticle_files: ['*.md']\nquotes:\n{quotes}")
    publish_site(dossier, tmp_path / "out")
    assert_harmless(tmp_path / "out")
    desk = Desk.open(dossier)
    try:
        for number in range(len(found)):
            view = desk.article(f"a{number}")
            read = as_read(view.text, view.body)[view.body :].replace("\u2060", "")
            page = Reader((tmp_path / f"out/article/a{number}.html").read_text())
            assert " ".join(page.text.split()) == " ".join(read.split()), number
    finally:
        desk.close()
