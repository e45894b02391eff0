"""Read-only mode of a browser that is shown to readers elsewhere: it writes nothing here and starts nothing."""

import os
from collections.abc import MutableMapping

_VARIABLE = "DOSSIER_READ_ONLY"
REFUSED = frozenset({
    "entry.edit", "address.open", "review.open", "words.quote", "words.event", "words.link", "words.name", "quote.new",
    "link.new", "name.new", "entry.change", "entry.delete", "edit.undo", "edit.redo", "prompt.write", "drafts.open",
    "theme.choose",
})  # fmt: skip
"""Actions that write files or start programs on the machine that runs the browser."""
WHY = "This browser is shown read-only: nothing is written or started where it runs."


def read_only() -> bool:
    """Return whether nothing may be written; `dossier serve` says so to the browsers it starts."""
    return os.environ.get(_VARIABLE) == "1"


def make_read_only(environment: MutableMapping[str, str]) -> None:
    """Have every browser that is started with this environment be read-only."""
    environment[_VARIABLE] = "1"
