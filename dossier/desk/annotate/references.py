"""References to an entry: listed before it is deleted, and removed with it on request."""

from msgspec import Struct

from dossier.desk.annotate.workspace import Workspace
from dossier.model.entries import Link
from dossier.model.problems import DossierError, Place
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.yaml.entry_edits import remove
from dossier.store.yaml.source_positions import find, parse
from dossier.store.yaml.source_tree import SourceNode
from dossier.store.yaml.source_tree import Step as PathStep


class EntryReference(Struct, frozen=True):
    """A place that names an entry."""

    entry: str
    """Id of the entry that refers to it; of a link, its key."""
    field: str
    """The field that does: `speaker`, `issues`, …; `link` for a link, `members` for a member, `article` for words."""
    place: Place
    """Where it is written."""


def references_to(known: Catalogue, entry_id: str) -> tuple[EntryReference, ...]:
    """Every place in a dossier that names an entry, in the order of files, without those inside the entry itself."""
    found = []
    for key, link in known.links("(source = ?1 OR target = ?1)", entry_id):
        if not link.field:
            found.append(EntryReference(key, "link", link.place))
        elif link.target == entry_id:
            found.append(EntryReference(link.source, link.field, link.target_place))
    for owner, evidence in {one.owner: one for one in known.evidence("article = ?", entry_id)}.items():
        found.append(EntryReference(owner, "article", evidence.wanted.place))
    return tuple(found)


def fields_of(known: Catalogue, entry_id: str) -> dict[str, str | list[str]]:
    """The fields of an entry, or of a link given by its key, as they are written; ids in `speaker`, `issues`, … too.

    Empty when there is none.
    """
    written = known.links("key = ? AND field = ''", entry_id)
    if written:
        link = written[0][1]
        return {"from": link.source, "rel": link.relation, "to": link.target}
    entry = known.entry(entry_id)
    if entry is None:
        return {}
    found: dict[str, str | list[str]] = {
        name: entry.texts(name) if isinstance(value, list) else entry.text(name) for name, value in entry.fields.items()
    }
    for _, link in known.links("source = ? AND field <> ''", entry_id):
        before = found.get(link.field, [])
        found[link.field] = [*(before if isinstance(before, list) else [before]), link.target]
    return found


def remove_references(space: Workspace, known: Catalogue, entry_id: str) -> None:
    """Take everything out that names an entry.

    Raises:
        DossierError: it holds members, is an article, or the YAML cannot be edited so.

    """
    places = []
    for _, link in known.links("(source = ?1 OR target = ?1)", entry_id):
        if link.field == "members" and link.target == entry_id:
            raise DossierError(f"{entry_id} has members, {link.source} among them; delete or move them first.")
        if not link.field or link.target == entry_id:
            places.append((link.place.file, link.place.line, link))
    if known.value("SELECT 1 FROM anchors WHERE article = ?", entry_id) is not None:
        raise DossierError(f"Quotes, events or links rest on words of {entry_id}; delete them first.")
    for file, _, link in sorted(places, key=lambda one: one[:2], reverse=True):
        text = space.text(file)
        steps = link_steps(text, link) if not link.field else _target_steps(text, link)
        space.set(file, remove(text, steps))


def link_steps(text: str, link: Link) -> tuple[PathStep, ...]:
    """The steps to a link written in full.

    Raises:
        DossierError: it is not written there any more.

    """
    listed = find(parse(text), ("links",))
    for number, item in enumerate((listed.items if listed else None) or ()):
        if (item.line, item.column) == (link.place.line - 1, link.place.column - 1):
            ends = [piece.value if (piece := item.get(name)) else "" for name in ("from", "rel", "to")]
            if ends == [link.source, link.relation, link.target]:
                return "links", number
    raise DossierError(f"{link.place}: the link is not written there any more; look at it again.")


def _target_steps(text: str, link: Link) -> tuple[PathStep, ...]:
    """The steps to the target of a link that a field writes in short."""
    place = (link.target_place.line - 1, link.target_place.column - 1)
    found = _descend(parse(text), place)
    if not found:
        raise DossierError(f"{link.target_place}: the file has changed; look at it again.")
    return tuple(found)


def _descend(piece: SourceNode, place: tuple[int, int]) -> list[PathStep]:
    parts: list[tuple[PathStep, SourceNode]] = [(key.value, value) for key, value in piece.pairs or ()]
    parts += enumerate(piece.items or ())
    for step, inner in parts:
        if inner.is_text and (inner.line, inner.column) == place:
            return [step]
        if not inner.is_text and (rest := _descend(inner, place)):
            return [step, *rest]
    return []
