"""The published site in a web browser: from disk, by keyboard, by the rules of accessibility, at three widths."""

from importlib import resources
from pathlib import Path

import pytest

from dossier.desk.publish import evidence, inputs, link_pages, list_pages
from tests.publish import chromium
from tests.publish.test_narrowed_sites import assert_whole
from tests.publish.test_site import naughty_strings, publish_site, write_naughty

pytestmark = pytest.mark.skipif(chromium.BINARY is None, reason="no Chromium is installed: python -m tools.chromium")
pytest.importorskip("axe_core_python")

PAGES = (
    "index.html", "articles.html", "delegations.html", "quotes.html", "events.html", "matrix.html", "timeline.html",
    "search.html#q=rare", "article/london-day-one.html", "entry/export-controls.html", "entry/united-states.html",
    "entry/trump-not-easy.html", "compare/geneva-agreement.html",
)  # fmt: skip


@pytest.fixture(scope="module")
def site(seed, tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("site") / "out"
    publish_site(seed, out)
    return out


@pytest.fixture(scope="module")
def page():
    with chromium.page() as shown:
        yield shown


def test_no_page_breaks_a_rule_of_accessibility_or_is_wider_than_a_telephone(site, page):
    axe = (resources.files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8")
    for scheme in ("light", "dark"):
        page.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        for width in (320, 1280):
            page.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
            for name in PAGES:
                page.open(f"{site.as_uri()}/{name}")
                assert page.run("document.documentElement.scrollWidth") <= width, (name, width)
                page.run(axe + ";0")
                found = page.run(
                    "axe.run().then(r => r.violations.map(v => v.id + ' ' + v.nodes.map(n => n.html.slice(0, 200)).slice(0, 3)))"
                )
                assert found == [], (name, width, scheme)
    page.call("Emulation.clearDeviceMetricsOverride")


def test_pages_of_what_is_too_much_for_one_break_no_rule_either(seed, tmp_path, page, monkeypatch):
    for module in (inputs, link_pages, list_pages):
        monkeypatch.setattr(module, "ROWS", 3)
    for module in (inputs, evidence):
        monkeypatch.setattr(module, "MOST", 1)
    publish_site(seed, tmp_path / "out")
    axe = (resources.files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8")
    page.call("Emulation.setDeviceMetricsOverride", width=320, height=900, deviceScaleFactor=1, mobile=False)
    for pattern in (
        "position/*/*.html",
        "links/*.html",
        "compare/*.html",
        "entry/export-controls.html",
        "timeline-2.html",
    ):
        path = next(iter(sorted((tmp_path / "out").glob(pattern))))
        page.open(path.as_uri())
        assert page.run("document.documentElement.scrollWidth") <= 320, path
        page.run(axe + ";0")
        assert page.run("axe.run().then(r => r.violations.map(v => v.id))") == [], path
    page.call("Emulation.clearDeviceMetricsOverride")
    assert_whole(tmp_path / "out")


UNREACHED = """[...document.querySelectorAll('a[href], input, [tabindex="0"]')]
    .filter(one => !reached.has(one)).map(one => one.outerHTML)"""


def test_the_tab_key_reaches_every_link(site, page):
    for name in ("article/london-day-one.html", "matrix.html", "search.html#q=rare"):
        page.open(f"{site.as_uri()}/{name}")
        page.run("window.reached = new Set(); addEventListener('focusin', e => reached.add(e.target)); 0")
        # The search box has the focus from the start, and the end of a page leads through the window to its beginning.
        page.run("document.activeElement.blur(); 0")
        for _ in range(2 * len(page.run(UNREACHED)) + 3):
            for kind in ("keyDown", "keyUp"):
                page.call("Input.dispatchKeyEvent", type=kind, key="Tab", code="Tab", windowsVirtualKeyCode=9)
        assert page.run(UNREACHED) == [], name


def test_the_words_and_their_notes_lead_to_each_other(site, page):
    page.open(f"{site.as_uri()}/article/london-day-one.html")
    wrong = page.run(
        """[...document.querySelectorAll('.notes li[id]')].filter(note => {
            const number = note.id.slice(5), squeeze = text => text.replace(/\\s+/g, ' ').trim();
            const words = [...document.querySelectorAll('mark')].filter(one => one.dataset.passages.split(' ').includes(number));
            return squeeze(words.map(one => one.textContent).join('')) !== squeeze(note.dataset.evidence)
                || !document.querySelector(`a[href="#note-${number}"]`) || !document.getElementById(`words-${number}`);
        }).map(note => note.id)"""
    )
    assert wrong == []
    assert page.run("document.querySelectorAll('.notes li[id]').length") > 40


def open_search(page, site, query=""):
    """Open the search and wait until all passages are read."""
    page.open("about:blank")
    page.open(f"{site.as_uri()}/search.html{query}")
    page.run("new Promise(done => { const look = () => dossierIsReady() ? done(1) : setTimeout(look, 5); look(); })")


def test_a_search_before_all_passages_are_read_says_so_and_is_done_again(site, page):
    open_search(page, site)
    whole = page.run("dossierSearch('the').length")
    assert page.run(
        """(() => {
            const box = document.getElementById('query'), count = document.getElementById('count');
            dossierAdd(Array.from({length: 3000}, (_, at) => ['entry/x.html', 'quote', 'The ' + at, 'the words']));
            box.value = 'the'; box.dispatchEvent(new Event('input'));
            return count.textContent;
        })()"""
    ).startswith(f"{whole} passages so far; passages are still being read")
    page.run(
        "new Promise(done => { const look = () => dossierSearch('the').length > 3000 ? done(1) : setTimeout(look, 5); look(); })"
    )
    page.run("new Promise(done => setTimeout(done, 0))")
    assert page.run("document.getElementById('count').textContent").startswith(f"{whole + 3000} passages")


def test_passages_that_cannot_be_loaded_are_told(seed, tmp_path, page):
    publish_site(seed, tmp_path / "out")
    (tmp_path / "out/search-0.js").unlink()
    open_search(page, tmp_path / "out", "#q=rare")
    assert "could not be read" in page.run("document.getElementById('count').textContent")


def test_the_search_finds_words_phrases_and_folded_letters(site, page):
    open_search(page, site, "#q=rare%20earth")
    assert page.run("document.querySelectorAll('#hits li').length") >= 5
    assert page.run("dossierSearch('RÁRE earth').length === dossierSearch('rare earth').length")
    assert page.run("dossierSearch('\"earth rare\"').length") == 0
    assert page.run("dossierSearch('何立峰').length") >= 1
    assert page.run("dossierSearch('').length + dossierSearch('   ').length + dossierSearch('\"').length") == 0


def test_no_request_leaves_the_disk(site, page):
    page.requests.clear()
    for name in PAGES:
        page.open(f"{site.as_uri()}/{name}")
    assert page.requests
    assert {url.partition(":")[0] for url in page.requests} == {"file"}


def test_no_script_of_a_hostile_dossier_runs(tmp_path, page):
    write_naughty(tmp_path / "d", naughty_strings())
    publish_site(tmp_path / "d", tmp_path / "out")
    page.call("Page.addScriptToEvaluateOnNewDocument", source="window.alert = () => { window.struck = true; };")
    for path in sorted((tmp_path / "out").rglob("*.html")):
        page.open(path.as_uri() + "#q=alert" * (path.name == "search.html"))
        assert not page.run("window.struck"), path
        assert page.run("document.querySelectorAll('img, iframe, object, svg, form, style').length") == 0
