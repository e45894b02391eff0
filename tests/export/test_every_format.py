"""Every document format of the table can be asked for on the command line and by the ending of a file."""

import inspect
import pkgutil
from importlib import import_module

import pytest
from click.testing import CliRunner

import dossier.export
from dossier.cli import main
from dossier.export.formats import FORMATS, convert, format_by_ending
from dossier.model.problems import DossierError

HOSTILE = "# A brief\n\nWords\\<script\\>alert(1)\\</script\\> and \\[a link\\](https://x.example).\n"


def converted(form, *text):
    try:
        return convert(form, *text)
    except DossierError as error:
        pytest.skip(str(error))


@pytest.mark.parametrize("form", FORMATS)
def test_a_document_is_text_that_ends_in_one_line_feed_or_bytes(form):
    document = converted(form, HOSTILE, "A brief", "en")
    assert isinstance(document, str) is FORMATS[form].preview
    if FORMATS[form].preview:
        assert document.endswith("\n")
        assert not document.endswith("\n\n")


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_text_gives_the_same_document_in_which_nothing_acts(form):
    document = converted(form, HOSTILE, "<script>x</script>", 'en" onload="x')
    assert document == convert(form, HOSTILE, "<script>x</script>", 'en" onload="x')
    if form != "markdown":  # there the backslashes do it
        raw = document.encode() if isinstance(document, str) else document
        assert b"<script" not in raw
        assert b' onload="' not in raw


@pytest.mark.parametrize("form", FORMATS)
def test_it_is_written_when_asked_for_and_by_the_ending_of_the_file(form, seed, tmp_path):
    converted(form, HOSTILE, "", "")
    written = []
    for name, asked in (("asked", ["--format", form]), (f"file{FORMATS[form].endings[0]}", [])):
        command = ["export", "-d", str(seed), "--pane", "issues", "-o", str(tmp_path / name), *asked]
        result = CliRunner().invoke(main, command)
        assert result.exit_code == 0, result.output
        written.append((tmp_path / name).read_bytes())
    assert written[0] == written[1]


def test_no_two_formats_claim_the_same_file():
    endings = [ending for one in FORMATS.values() for ending in one.endings]
    assert len(set(endings)) == len(endings)
    assert all(ending.startswith(".") for ending in endings)
    assert [format_by_ending(f"X{one.endings[0].upper()}") for one in FORMATS.values()] == list(FORMATS)


def test_every_function_that_converts_markdown_is_in_the_table():
    """Else it could be reached by no user."""
    converters = {
        (module.__name__, name)
        for module in (
            import_module(f"dossier.export.{one.name}") for one in pkgutil.iter_modules(dossier.export.__path__)
        )
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and list(inspect.signature(function).parameters) == ["markdown", "title", "language"]
    }
    assert converters == {(one.module, one.function) for one in FORMATS.values()}
