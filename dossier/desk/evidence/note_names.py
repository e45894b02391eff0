"""The entries of a folder of notes by the names of their files, which some ids cannot be."""

import re
from functools import cached_property
from typing import TYPE_CHECKING

from dossier.export.styles.notes_style import note_file

if TYPE_CHECKING:
    from dossier.desk.desk import Desk

_LINK = re.compile(r"\]\(([^()\s/]+)\.md\)")


class NoteNames:
    """Finds the entries that notes are about."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk

    def id_of(self, name: str) -> str:
        """The id of the entry whose note has this name, without ending; empty when there is none."""
        return name if self._desk.entry(name) is not None else self._renamed.get(name, "")

    def ids_in(self, text: str) -> set[str]:
        """The ids of all entries whose notes a text leads to."""
        return set(filter(None, map(self.id_of, _LINK.findall(text))))

    @cached_property
    def _renamed(self) -> dict[str, str]:
        """The ids by which no file can be called, by the names of their notes."""
        ids = self._desk.texts.catalogue.values("SELECT id FROM entries WHERE shadow = 0")
        return {name: one for one in ids if (name := note_file(one).removesuffix(".md")) != one}
