"""The places of entries once they are written."""

from msgspec import Struct

from dossier.desk.annotate.writing_entries import NewEntry
from dossier.model.problems import Place
from dossier.store.catalogue.rows import link_keys
from dossier.store.sync.trial import TrialContents


class WrittenEntry(Struct, frozen=True):
    """An entry that was written."""

    id: str
    """Its id; of a link, its key."""
    file: str
    """Relative to the dossier's folder."""
    line: int
    """From 1."""


def located_entries(made: list[NewEntry], after: TrialContents) -> list[WrittenEntry]:
    """Return the places of entries now; of several equal links, the one that rests on the same words."""
    found = []
    for one in made:
        sheet = after.sheet(one.file) if one.file in after.files else None
        places = [(entry.id, entry.place) for entry in sheet.entries if entry.id == one.id] if sheet else []
        keys = link_keys(sheet.links) if sheet else []
        for key, link in zip(keys, sheet.links if sheet else (), strict=True):
            alike = one.id in (key, link.key) and not link.field
            if alike and (not one.words or one.words in [wanted.text for wanted in link.wanted]):
                places.append((key, link.place))
        places = [one for one in places if WrittenEntry(one[0], one[1].file, one[1].line) not in found] or places
        entry_id, place = places[-1] if places else (one.id, Place(one.file))
        found.append(WrittenEntry(entry_id, one.file, place.line))
    return found
