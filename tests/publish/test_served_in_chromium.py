"""What a web server shows, looked at in Chromium: the published site, and the browser of `dossier serve`."""

import base64
import functools
import http.server
import json
import os
import re
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

import pytest

from tests.publish import chromium
from tests.publish.test_in_chromium import PAGES
from tests.publish.test_site import files_of, publish_site

pytestmark = pytest.mark.skipif(chromium.BINARY is None, reason="no Chromium is installed: python -m tools.chromium")


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def site(seed, tmp_path_factory):
    out = tmp_path_factory.mktemp("site") / "out"
    publish_site(seed, out)
    return out


@pytest.fixture(scope="module")
def server(site):
    """The address of the site on a plain web server, as `python -m http.server` is."""
    handler = functools.partial(Quiet, directory=site)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as served:
        threading.Thread(target=served.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{served.server_address[1]}"
        served.shutdown()


@pytest.fixture(scope="module")
def page():
    with chromium.page() as shown:
        yield shown


def test_from_a_web_server_the_site_is_what_it_is_from_disk(site, server, page):
    for name in PAGES:
        shown = []
        for root in (site.as_uri(), server):
            page.open(f"{root}/{name}")
            page.run("new Promise(done => setTimeout(done, 0))")
            page.run(
                "document.querySelector('#hits') && document.querySelector('#query').dispatchEvent(new Event('input'))"
            )
            look = (
                "JSON.stringify([document.title, document.body.innerText, getComputedStyle(document.body).fontFamily])"
            )
            shown.append(json.loads(page.run(look)))
        assert shown[0] == shown[1], name


def test_from_a_web_server_no_request_goes_elsewhere_and_none_fails(server, page):
    page.requests.clear()
    for name in PAGES:
        page.open(f"{server}/{name}")
    wanted = {url.partition("#")[0] for url in page.requests}
    assert any(url.endswith("/site.js") for url in wanted)
    for url in wanted:
        assert url.startswith(server)
        with urllib.request.urlopen(url) as answer:
            assert answer.status == 200


def test_from_a_web_server_the_search_finds_and_leads(server, page):
    page.open(f"{server}/search.html#q=rare%20earth")
    assert page.run("document.querySelectorAll('#hits li').length") >= 5
    hit = page.run("document.querySelector('#hits a').href")
    page.open(hit)
    assert page.run("document.querySelector('h1').textContent")


@contextmanager
def served(dossier, room, *options):
    """`dossier serve` as a process of its own, and the address it tells."""
    environment = os.environ | {"XDG_CACHE_HOME": str(room / "cache"), "XDG_STATE_HOME": str(room / "state")}
    for _ in range(9):  # another program may take the port before this one does
        with http.server.HTTPServer(("127.0.0.1", 0), Quiet) as free:
            port = free.server_address[1]
        command = [sys.executable, "-m", "dossier", "serve", "-d", str(dossier), "--port", str(port), *options]
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
        )
        address = next((found[0] for line in process.stdout if (found := re.search(r"http://\S+/", line))), None)
        if address:
            break
        process.communicate(timeout=60)
    assert address, "no port was free"
    try:
        until(lambda: answer_of(address) is not None)
        yield address
    finally:
        process.terminate()
        process.communicate(timeout=120)


def until(condition, seconds=120):
    """Waits for a condition; what it is in the end."""
    end = time.monotonic() + seconds
    while not (found := condition()) and time.monotonic() < end:
        time.sleep(0.05)
    return found


def answer_of(address):
    """`(status, text)` of an address; None when nobody answers."""
    try:
        with urllib.request.urlopen(address) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except OSError:
        return None


def drawn(page):
    """Return how many bytes the picture of the page has; one of a blank page has few."""
    return len(base64.b64decode(page.call("Page.captureScreenshot", format="png")["data"]))


def test_the_browser_is_drawn_answers_keys_and_writes_nothing(london, tmp_path, page):
    before = files_of(london)
    with served(london, tmp_path) as address:
        page.call("Emulation.setDeviceMetricsOverride", width=1280, height=900, deviceScaleFactor=1, mobile=False)
        page.requests.clear()
        page.frames.clear()
        page.open(address)
        assert until(lambda: "US–China trade talks" in page.received())
        assert until(lambda: drawn(page) > 30_000)
        assert page.run("document.body.classList.contains('-first-byte')")
        page.run("document.querySelector('textarea').focus()")
        for key in "3e":
            page.call("Input.dispatchKeyEvent", type="keyDown", key=key, text=key)
            page.call("Input.dispatchKeyEvent", type="keyUp", key=key)
        assert until(lambda: "nothing is written or started" in page.received())
        assert {url.partition("://")[2].partition("/")[0] for url in page.requests if not url.startswith("data:")} == {
            address.partition("://")[2].partition("/")[0]
        }
        page.open("about:blank")
    assert files_of(london) == before


def test_without_the_token_the_browser_is_not_served(london, tmp_path, page):
    with served(london, tmp_path) as address:
        root = "/".join(address.split("/")[:3])
        assert answer_of(f"{root}/")[0] == 404
        assert answer_of(f"{root}/{'x' * 43}/")[0] == 404
        page.open(f"{root}/")
        assert "textual" not in page.run("document.documentElement.outerHTML").lower()


def test_beyond_the_most_browsers_a_sentence_says_so(london, tmp_path, page):
    with served(london, tmp_path, "--most", "1") as address:
        page.frames.clear()
        page.open(address)
        assert until(lambda: "US–China trade talks" in page.received())
        status, text = answer_of(address)
        assert (status, "No more than 1 may be open at once" in text) == (503, True)
        page.open("about:blank")
        assert until(lambda: answer_of(address)[0] == 200)
