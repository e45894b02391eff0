"""The options of a brief beside its entries."""

from typing import Literal

from msgspec import Struct

Style = Literal["brief", "notes", "full"]
STYLES: tuple[Style, ...] = ("brief", "notes", "full")
"""`brief` to send, `notes` a file per entry, `full` everything that the dossier says."""


class BriefOptions(Struct, frozen=True):
    """Title page, notes and citations of a brief."""

    title: str = ""
    """The dossier's title when empty."""
    author: str = ""
    """Who signs it."""
    date: str = ""
    """As it is to be read; an ISO day is written out. None is made up: the same input gives the same bytes."""
    notes: bool = False
    """Whether the editor's notes are told."""
    headings: dict[str, str] = {}
    """The author's own headings, by the id of the entry above which each stands."""
    citations: str = ""
    """A citation style in CSL; its text, not its path. Empty for footnotes in our own form."""
