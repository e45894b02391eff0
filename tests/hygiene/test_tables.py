"""What is written in a module is reached by a user: it has its line in the table of its kind.

Each table is what the command line, the schema and the tests of its kind are made from.
"""

import inspect
import pkgutil
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


def test_every_pane_is_in_the_register():
    for one in pkgutil.iter_modules(dossier.ui.panes.__path__, "dossier.ui.panes."):
        for name, cls in inspect.getmembers(import_module(one.name), inspect.isclass):
            if cls.__module__ == one.name and issubclass(cls, Pane) and hasattr(cls, "pane"):
                assert PANES.get(cls.pane) is cls, f"{one.name}.{name} is not in PANES"


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
