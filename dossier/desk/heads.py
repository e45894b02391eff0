"""The head of a dossier: what it is called, what it is about, what its panes are called."""

from functools import cached_property

from dossier.model.relations import Relation
from dossier.store.catalogue import Catalogue


class Head:
    """What the files of a dossier say of it as a whole; of several that say a thing, the first counts."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._fields: dict[str, str] = {}
        self._labels: dict[str, str] = {}
        for sheet in catalogue.sheets():
            for name, value in sheet.header.items():
                self._fields.setdefault(name, str(value))
            for name, label in sheet.labels.items():
                self._labels.setdefault(name, label)

    def field(self, name: str) -> str:
        """A field such as `title`; empty when it is not given."""
        return self._fields.get(name, "")

    def label(self, pane: str) -> str:
        """What a pane is called."""
        return self._labels.get(pane) or pane.capitalize()

    @cached_property
    def relations(self) -> dict[str, Relation]:
        """The relations that links may have, by name."""
        from dossier.store import checking  # noqa: PLC0415 - a start needs none of it

        return checking.relations(self._catalogue)
