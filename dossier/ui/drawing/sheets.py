"""The style sheets: in the source tree beside the package, in an installed program inside it."""

from pathlib import Path

from dossier.model.problems import DossierError

SHEETS = ("tokens", "frame", "browse", "dialogs", "review", "weighing")
"""The sheets in the order in which they are read: tokens first, then one per screen."""


def folder() -> Path:
    """The folder of the style sheets; a checkout's own come before those that travelled inside a wheel."""
    package = Path(__file__).parents[2]
    for candidate in (package.parent / "styles", package / "_shipped" / "styles"):
        if (candidate / "tokens.tcss").is_file():
            return candidate
    raise DossierError("The style sheets of the browser are missing: reinstall dossier-browser.")


def style_sheet() -> str:
    """All sheets as one text, so that tokens are known in each of them."""
    where = folder()
    return "\n".join((where / f"{name}.tcss").read_text(encoding="utf-8") for name in SHEETS)
