"""The browser in a web browser: who may see it, and that it writes nothing where it runs."""

import io
import socket

import pytest
from aiohttp.test_utils import TestClient, TestServer
from screen_text import until

from dossier.desk.desk import Desk
from dossier.model.problems import DossierError
from dossier.ui.app import DossierApp
from dossier.ui.web.read_only import REFUSED, WHY, make_read_only, read_only
from dossier.ui.web.server import TokenServer, serve
from dossier.ui.work.reading import Reading
from dossier.ui.work.setup import chosen


async def ask(server, path, **headers):
    async with TestClient(TestServer(await server._make_app())) as client:
        response = await client.get(path, headers=headers)
        return response.status, await response.text(), response.headers


@pytest.mark.filterwarnings("default")
async def test_nothing_is_served_without_the_token(london):
    told = []
    server = TokenServer(london, "localhost", 8000, told.append)
    for path in ("/", "/ws", "/static/js/textual.js", "/download/x", "/wrong/", f"/{server.token[:-1]}/"):
        assert (await ask(server, path))[0] == 404, path
    status, text, headers = await ask(server, f"/{server.token}/")
    assert status == 200
    assert f"/{server.token}/ws" in text
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert (await ask(server, f"/{server.token}/ws", Origin="http://elsewhere.example"))[0] == 403
    assert server.token in told[0]
    assert "Anyone who can reach" not in "".join(told)


@pytest.mark.filterwarnings("default")
async def test_another_host_is_told_in_a_sentence(london):
    told = []
    server = TokenServer(london, "0.0.0.0", 8000, told.append)
    await ask(server, "/")
    assert any("not encrypted" in line for line in told)


def test_two_servers_have_two_tokens(london):
    assert len({TokenServer(london, "localhost", 8000, print).token for _ in range(20)}) == 20


async def test_a_read_only_browser_opens_no_editor_no_address_and_no_review(london, monkeypatch):
    environment = {}
    make_read_only(environment)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("subprocess.run", lambda *_, **__: pytest.fail("a program was started"))
    monkeypatch.setattr("subprocess.Popen", lambda *_, **__: pytest.fail("a program was started"))
    assert not chosen().keeps
    app = DossierApp(Reading(Desk.open(london)))
    async with app.run_test(size=(120, 40)) as pilot:
        for action in sorted(REFUSED):
            assert app.screen.commands.reasons()[action] == WHY
            await app.screen.perform(action)
            await pilot.pause()
            assert len(app.screen_stack) == 1


async def test_a_read_only_browser_gives_an_export_as_a_download(london, monkeypatch, tmp_path):
    make_read_only(environment := {})
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    app = DossierApp(Reading(Desk.open(london)))
    given = []
    monkeypatch.setattr(app, "deliver_text", lambda text, save_filename: given.append((save_filename, text)))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("x")
        await pilot.pause()
        await pilot.press("enter")
        await until(pilot, lambda: given)
    (name, text), *_ = given
    assert name.endswith(".md")
    assert isinstance(text, io.StringIO)
    assert "US–China" in text.getvalue()
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_no_address_is_told_that_cannot_be_listened_at(seed, capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        told = []
        with pytest.raises(DossierError, match="cannot be listened at"):
            serve(seed, "127.0.0.1", taken.getsockname()[1], told.append)
    assert told == []
    assert not read_only()
