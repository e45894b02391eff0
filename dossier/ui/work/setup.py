"""The user's configuration of the browser, as the app takes it."""

import os
import sys
from importlib.util import find_spec

from msgspec import Struct
from msgspec.structs import replace
from textual.theme import BUILTIN_THEMES

from dossier.desk.user.places import configuration_file
from dossier.model.problems import DossierError, Problem
from dossier.ui.drawing.ascii import has_unicode
from dossier.ui.drawing.themes import AUTO, NIGHT, OWN
from dossier.ui.keys.actions import ACTIONS
from dossier.ui.keys.keymap import Keymap
from dossier.ui.web.read_only import read_only
from dossier.ui.work.background import fitting_theme

_MISSING = "The engine tantivy is not installed: pip install 'dossier-browser[large]'."


class Setup(Struct, frozen=True):
    """The settings of one run."""

    keymap: Keymap | None = None
    """The keys of each action; None for those of the table."""
    theme: str = NIGHT.name
    """Name of the theme."""
    roomy: bool = False
    """Whether there is more space between things."""
    layout: str = "lists"
    """What a dossier opens with: see `dossier.desk.user.configuration.LAYOUTS`."""
    engine: str = "whoosh"
    """The full-text engine."""
    citation: str = "plain"
    """The form in which words are copied with their source: see `dossier.desk.user.configuration.CITATIONS`."""
    keeps: bool = False
    """Whether where one was is kept from one run to the next."""
    live: bool = False
    """Whether changes of the files are noticed while one reads."""
    ascii: bool = False
    """Whether the terminal has but ASCII."""
    notice: str = ""
    """What is wrong with the user's configuration, in one line."""
    asks_background: bool = False
    """Whether the terminal is asked for its background, and the theme goes by that."""


def chosen(engine: str = "") -> Setup:
    """The settings that the user's configuration gives; `engine` goes before the one named there.

    Raises:
        DossierError: there is no engine of that name here.

    """
    setup = _configured() if configuration_file().exists() else Setup(theme=AUTO)
    wanted = engine or setup.engine
    told = setup.notice
    if wanted and not _installed(wanted):
        if engine:
            raise DossierError(_MISSING)
        wanted, told = "whoosh", told or f"{_MISSING} Whoosh is used."
    ascii_ = not has_unicode(os.environ, forced=sys.flags.utf8_mode == 1)
    theme, asks = fitting_theme(os.environ, setup.theme if setup.theme != AUTO else "")
    return replace(
        setup, engine=wanted, notice=told, keeps=not read_only(), live=True, ascii=ascii_, theme=theme,
        asks_background=asks and not read_only(),
    )  # fmt: skip


def _installed(engine: str) -> bool:
    """Return whether the library of an engine is there."""
    from dossier.search.engines.table import ENGINES  # noqa: PLC0415 - most users name no engine

    library = ENGINES[engine].library
    return not library or find_spec(library) is not None


def _configured() -> Setup:
    from dossier.desk.user import configuration  # noqa: PLC0415

    config, problems = configuration.read(ACTIONS, [AUTO, *OWN, *BUILTIN_THEMES])
    theme, roomy = config.theme or AUTO, config.spacing == "roomy"
    engine, notice = config.engine or "whoosh", _told(problems)
    return Setup(Keymap(config.keys), theme, roomy, config.layout, engine, config.citation, notice=notice)


def _told(problems: list[Problem]) -> str:
    """All that is wrong with a configuration, in one line."""
    if not problems:
        return ""
    first = problems[0]
    more = f" {len(problems) - 1} more: see dossier keys." if len(problems) > 1 else ""
    end = "" if first.hint.endswith("?") else "."
    return f"config.toml:{first.place.line}: {first.message}; {first.hint}{end}{more}"
