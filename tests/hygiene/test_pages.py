"""The generated pages of `docs/` tell what the program has: a command, key or field that was added is on its page."""

import subprocess
import sys
from pathlib import Path

import click

import dossier.cli
from tools.pages import is_stale

ROOT = Path(__file__).resolve().parents[2]


def test_every_generated_page_is_fresh():
    """In a process of its own: tests that add a format or a field leave it in what was imported meanwhile."""
    run = subprocess.run(
        [sys.executable, "-m", "tools.pages", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_a_new_command_is_missed_until_it_is_on_its_pages(monkeypatch):
    added = click.Command("count", help="Count the articles.")
    monkeypatch.setitem(dossier.cli.main.commands, "count", added)
    assert is_stale("commands.md")
    assert is_stale("dossier.1")
