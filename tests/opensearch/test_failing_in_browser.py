"""A server that fails while somebody types: the screen answers every key, says so in a sentence, and finds on."""

from relay import tls
from ui.driving import driven
from ui.screen_text import lines_of, press, screen_of, until

from dossier.desk.search import remote
from dossier.search.engines.opensearch import engine

LOCAL = "The index on this machine answers instead."


def said(pilot):
    return " ".join(" ".join(line.split()) for line in lines_of(pilot.app)[-6:])


async def found_here(pilot, sentence):
    """Waits until the screen shows what was found in the index of this machine, and why there."""
    results = pilot.app.screen.results
    await until(pilot, lambda: results.answer is not None and not results.busy and sentence in said(pilot), 1500)
    assert LOCAL in said(pilot)
    assert results.answer.total
    assert "tariff" in screen_of(pilot.app)


async def typed(pilot, text, before=""):
    """Types, and sees each letter on the screen at once, whatever the server does."""
    for number, letter in enumerate(text, 1):
        await pilot.press(letter)
        assert f"/ {before}{text[:number]}" in said(pilot)


async def test_a_node_that_is_stopped_while_one_types(node, indexed, relay):
    between = relay(node.port)
    indexed.name(between.url)
    indexed.publish()
    async with driven(indexed.root) as pilot:
        await press(pilot, "search.open")
        await typed(pilot, "tar")
        await until(pilot, lambda: pilot.app.screen.results.answer is not None, 1500)
        between.close()
        await typed(pilot, "iffs", "tar")
        await found_here(pilot, "cannot be reached")
        await pilot.press("escape")
        await until(pilot, lambda: "/ tariffs" not in said(pilot))


async def test_a_slow_server_does_not_hold_a_key(node, indexed, relay, monkeypatch):
    between = relay(node.port)
    indexed.name(between.url)
    indexed.publish()
    between.held.set()
    async with driven(indexed.root) as pilot:
        await press(pilot, "search.open")
        await typed(pilot, "tari")
        assert pilot.app.screen.results.busy  # the server has not answered, and every letter is there
        monkeypatch.setattr(remote, "SECONDS", 0.5)
        await typed(pilot, "ffs", "tari")
        await found_here(pilot, "does not answer in time")


async def test_a_certificate_of_somebody_else(node, indexed, relay, certificates):
    between = relay(node.port, tls=tls(certificates))
    indexed.name(between.url, ca=certificates / "other.pem")
    async with driven(indexed.root) as pilot:
        await press(pilot, "search.open")
        await typed(pilot, "tariffs")
        await found_here(pilot, "is not trusted")


async def test_an_index_of_another_analyzer(node, indexed, monkeypatch):
    indexed.name(node.url)
    indexed.publish()
    monkeypatch.setattr(engine, "FORMAT", "99.1")
    async with driven(indexed.root) as pilot:
        await press(pilot, "search.open")
        await typed(pilot, "tariffs")
        await found_here(pilot, "another version of the analyzer")
