"""What is written in a module is reached by a user: it has its line in the table of its kind.

Each table is what the command line, the schema and the tests of its kind are made from.
"""

import inspect
import pkgutil
import sys
from importlib import import_module

import click
import pytest

import dossier.cli
import dossier.exchange
import dossier.intake
import dossier.search.engines
import dossier.ui.panes
from dossier.exchange.tables import EXPORTERS, IMPORTERS
from dossier.intake.formats import FORMATS
from dossier.search.engines.table import ENGINES
from dossier.ui.panes import PANES
from dossier.ui.widgets.pane import Pane


def classes(package, suffix):
    """The classes of a package's modules, as module and name, whose names end so."""
    found = set()
    for one in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        for name, cls in inspect.getmembers(import_module(one.name), inspect.isclass):
            if cls.__module__ == one.name and name.endswith(suffix) and not name.startswith("_"):
                found.add((one.name, name))
    return found


NO_ROWS = {  # protocols, and the reader that runs the others in a process with limits
    ("dossier.exchange.formats", "Importer"),
    ("dossier.exchange.formats", "Exporter"),
    ("dossier.intake.document", "FormatReader"),
    ("dossier.intake.isolation", "DocumentReader"),
    ("dossier.search.engines.engine", "Engine"),
}


@pytest.mark.parametrize(
    ("package", "suffix", "table"),
    [
        (dossier.exchange, "Importer", IMPORTERS.values()),
        (dossier.exchange, "Exporter", EXPORTERS.values()),
        (dossier.intake, "Reader", FORMATS.values()),
        (dossier.search.engines, "Engine", [(row.module, row.class_name) for row in ENGINES.values()]),
    ],
    ids=["importers", "exporters", "readers", "engines"],
)
def test_every_class_of_the_kind_is_in_its_table(package, suffix, table):
    assert classes(package, suffix) - NO_ROWS == set(table)


def panes_without_a_line():
    """The classes of panes in the folder of panes that its register does not name."""
    return [
        f"{one.name}.{name}"
        for one in pkgutil.iter_modules(dossier.ui.panes.__path__, "dossier.ui.panes.")
        for name, cls in inspect.getmembers(import_module(one.name), inspect.isclass)
        if cls.__module__ == one.name and issubclass(cls, Pane) and hasattr(cls, "pane")
        if PANES.get(cls.pane) is not cls
    ]


def test_every_pane_is_in_the_register():
    assert not panes_without_a_line()


def test_a_new_pane_is_missed_until_it_has_its_line(tmp_path, monkeypatch):
    (tmp_path / "people.py").write_text(
        "from dossier.ui.widgets.entry_list import EntryList\n\nclass People(EntryList):\n    pane = 'people'\n"
    )
    monkeypatch.setattr(dossier.ui.panes, "__path__", [*dossier.ui.panes.__path__, str(tmp_path)])
    monkeypatch.setattr(dossier.ui.panes, "people", None, raising=False)
    try:
        assert panes_without_a_line() == ["dossier.ui.panes.people.People"]
        monkeypatch.setitem(PANES, "people", dossier.ui.panes.pane_class("people", "People"))
        assert not panes_without_a_line()
    finally:
        sys.modules.pop("dossier.ui.panes.people", None)


def with_parts(command):
    """A command, and those below it where it is a group."""
    return [command, *getattr(command, "commands", {}).values()]


def test_every_command_is_one_of_the_program():
    commands = {id(one) for command in dossier.cli.main.commands.values() for one in with_parts(command)}
    for one in pkgutil.iter_modules(dossier.cli.__path__, "dossier.cli."):
        for name, value in vars(import_module(one.name)).items():
            if isinstance(value, click.Command) and value is not dossier.cli.main:
                assert id(value) in commands, f"{one.name}.{name} is not a command of `dossier`"


def test_every_choice_of_the_command_line_is_its_table():
    offered = {
        (name, parameter.name): list(parameter.type.choices)
        for name, command in dossier.cli.main.commands.items()
        for parameter in command.params
        if isinstance(parameter.type, click.Choice)
    }
    from dossier.export.formats import FORMATS as DOCUMENTS

    assert offered["import", "form"] == list(IMPORTERS)
    assert offered["export", "form"] == [*DOCUMENTS, *EXPORTERS]
    assert offered["add", "form"] == sorted(FORMATS)
    for command in ("search", "export", "index", "browse"):
        assert offered[command, "engine"] == [name for name, row in ENGINES.items() if row.indexed]
