"""Shells complete ids and panes; a folder without a dossier says what can be done there."""

import pytest
from click.testing import CliRunner

from dossier.cli import main
from dossier.desk.desk import Desk


def completed(words, monkeypatch, folder):
    monkeypatch.chdir(folder)
    environment = {"COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1), "_DOSSIER_COMPLETE": "bash_complete"}
    monkeypatch.setattr("os.environ", {**__import__("os").environ, **environment})
    result = CliRunner().invoke(main, prog_name="dossier", env=environment)
    return [line.partition(",")[2] for line in result.output.splitlines()]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("dossier show united", "united-states"),
        ("dossier links london", "london-day-one"),
        ("dossier export --pane time", "timeline"),
        ("dossier matrix --lens chin", "china"),
        ("dossier comp", "completion"),
    ],
)
def test_ids_panes_and_commands_are_completed(words, expected, monkeypatch, seed):
    Desk.open(seed).close()
    assert expected in completed(words, monkeypatch, seed)


def test_without_a_dossier_nothing_is_completed_and_nothing_is_said(monkeypatch, tmp_path):
    (tmp_path / "dossier.yaml").write_text("[")
    assert completed("dossier show x", monkeypatch, tmp_path) == [""]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_script(shell):
    result = CliRunner().invoke(main, ["completion", shell])
    assert result.exit_code == 0
    assert "_DOSSIER_COMPLETE" in result.output
