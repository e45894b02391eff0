"""The header of a dossier: its title, its summary, and the names of its panes."""

from functools import cached_property

from dossier.model.relations import BUILT_IN, Relation
from dossier.store.catalogue import header
from dossier.store.catalogue.catalogue import Catalogue


class DossierHeader:
    """The statements of the files about the dossier as a whole; of several that set a field, the first counts."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._record = header.head(catalogue)

    def field(self, name: str) -> str:
        """A field such as `title`; empty when it is not given."""
        return self._record.fields.get(name, "")

    def label(self, pane: str) -> str:
        """The title of a pane."""
        return self._record.labels.get(pane) or pane.capitalize()

    @cached_property
    def relations(self) -> dict[str, Relation]:
        """The relations that links may have, by name."""
        return BUILT_IN | self._record.relations
