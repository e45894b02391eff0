"""The generated pages of `docs/` tell what the program has: a command, key or field that was added is on its page."""

import click
import pytest

import dossier.cli
from tools.pages import PAGES, is_stale


@pytest.mark.parametrize("name", PAGES)
def test_every_generated_page_is_fresh(name):
    assert not is_stale(name), "run python -m tools.pages"


def test_a_new_command_is_missed_until_it_is_on_its_pages(monkeypatch):
    added = click.Command("count", help="Count the articles.")
    monkeypatch.setitem(dossier.cli.main.commands, "count", added)
    assert is_stale("commands.md")
    assert is_stale("dossier.1")
