"""Word tables, a module per language; `load` imports only the one that is asked for."""

from importlib import import_module

from dossier.drafts.language import Language

CODES = ("en", "fr", "de", "es", "zh")
"""Languages that have a table."""


def load(code: str) -> Language | None:
    """The table of the language with this BCP 47 code (`en-GB` is `en`; none is English), None when it has none."""
    short = code.lower().replace("_", "-").split("-")[0] or "en"
    if short not in CODES:
        return None
    table: Language = import_module(f"{__name__}.{short}").TABLE
    return table
