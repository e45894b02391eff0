"""New entries put into the files in which they belong."""

from typing import Any

from msgspec import Struct

from dossier.desk.annotate.composing import Composed, Composer, Request, check_names, plain_fields
from dossier.desk.annotate.field_values import field_value
from dossier.desk.annotate.workspace import TextOf, Workspace
from dossier.model.entries import Kind
from dossier.model.naming import free_id, slug, telling_slug
from dossier.model.problems import DossierError
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.yaml.entry_edits import insert_item, set_value
from dossier.store.yaml.rendering import New
from dossier.store.yaml.source_positions import find, parse

_NAMED: tuple[Kind, ...] = ("person", "delegation", "issue")


class NewEntry(Struct, frozen=True):
    """An entry that was put into a file."""

    id: str
    """Its id; of a link, its key without a number."""
    file: str
    words: str = ""
    """Of a link, the words it rests on."""


class EntryWriter:
    """Puts entries into a workspace, one after the other; a later one may refer to an earlier one."""

    def __init__(self, space: Workspace, known: Catalogue, text_of: TextOf) -> None:
        self._space = space
        self._known = known
        self._composer = Composer(text_of)

    def write(self, request: Request) -> NewEntry:
        """Put one entry into its file.

        Raises:
            DossierError: it is wrong in itself, or its file cannot be edited.

        """
        if not hasattr(request, "get"):
            raise DossierError("An entry must be a mapping with a kind and its fields.")
        kind = check_names(request)
        if kind == "alias":
            return self._alias(request)
        if kind == "link":
            return self._link(request)
        if kind in _NAMED:
            return self._named(request, kind)
        return self._evidence(request, kind)

    def _evidence(self, request: Request, kind: str) -> NewEntry:
        """A quote or an event, into the file about its article."""
        section = f"{kind}s"
        article = self._article(request, needed=kind == "quote")
        file = self._space.file_of(article, section)
        default = self._space.default_article(file)
        compose = self._composer.quote if kind == "quote" else self._event
        made = compose(request, article, default=default)
        self._require(made, kind)
        entry_id = self._id(request, kind, made)
        self._space.put_entry(file, kind, (section, entry_id), made.fields, (article, made.start))
        return NewEntry(entry_id, file)

    def _event(self, request: Request, article: str, *, default: str) -> Composed:
        return self._composer.resting(request, "event", article, default=default)

    def _link(self, request: Request) -> NewEntry:
        article = self._article(request)
        file = self._space.file_of(article, "links")
        made = self._composer.resting(request, "link", article, default=self._space.default_article(file))
        for name in ("from", "rel", "to"):
            if not isinstance(made.fields.get(name), str):
                raise DossierError(f"A link needs “{name}”.")
        self._space.put_link(file, made.fields, (article, made.start))
        at = made.fields.get("at", "")
        first = at[0] if isinstance(at, list) and at else at
        words = first.get("text", "") if isinstance(first, dict) else first
        key = " ".join(str(made.fields[name]) for name in ("from", "rel", "to"))
        return NewEntry(key, file, words if isinstance(words, str) else "")

    def _named(self, request: Request, kind: str) -> NewEntry:
        """A person, a delegation or an issue."""
        made = Composed(plain_fields(request, kind))
        self._require(made, kind)
        entry_id = self._id(request, kind, made)
        owner = request.get("delegation")
        if kind == "person" and owner:
            located = self._space.locate(str(owner))
            if located.kind != "delegation":
                raise DossierError(f"delegation: {owner} is not a delegation but a {located.kind}.")
            self._space.put_entry(located.file, kind, (*located.steps, "members", entry_id), made.fields)
            return NewEntry(entry_id, located.file)
        section: Kind = kind  # type: ignore[assignment]
        file = self._space.file_with(section)
        name = {"person": "people", "delegation": "delegations", "issue": "issues"}[kind]
        self._space.put_entry(file, kind, (name, entry_id), made.fields)
        return NewEntry(entry_id, file)

    def _alias(self, request: Request) -> NewEntry:
        """Return one more name of an entry that is there."""
        entry_id = str(request.get("id") or request.get("entry") or "")
        alias = request.get("alias")
        if not entry_id or not isinstance(alias, str) or not alias.strip():
            raise DossierError("An alias needs id, the entry that it is a name of, and alias, the name.")
        located = self._space.locate(entry_id)
        if located.kind not in _NAMED:
            raise DossierError(f"{entry_id} is a {located.kind}; people, delegations and issues have aliases.")
        steps = (*located.steps, "aliases")
        text = self._space.text(located.file)
        piece = find(parse(text), steps)
        value = field_value(alias.strip(), "alias")
        names = [] if piece is None else [item.value for item in piece.items or ([piece] if piece.is_text else [])]
        if alias.strip() in names:
            raise DossierError(f"{entry_id} has the alias “{alias.strip()}” already.")
        if piece is not None and piece.is_text and piece.value:
            text = set_value(text, steps, [*names, value])
        elif piece is None:
            text = set_value(text, steps, [value])
        else:
            text = insert_item(text, steps, value)
        self._space.set(located.file, text)
        return NewEntry(entry_id, located.file)

    def _article(self, request: Request, *, needed: bool = False) -> str:
        """The article that a request speaks of; the only one there is, where it names none."""
        at = request.get("at")
        inner = at[0] if isinstance(at, list) and at else at
        named = request.get("article") or (inner.get("article") if isinstance(inner, dict) else None)
        if named is not None:
            if not isinstance(named, str):
                raise DossierError("“article” must be the id of an article.")
            entry = self._known.entry(named)
            if entry is None or entry.kind != "article":
                raise DossierError(f"article: there is no article with the id {named}.")
            return named
        if not needed and at in (None, "", []) and "start" not in request:
            return ""
        only = self._known.values("SELECT id FROM entries WHERE kind = 'article' AND shadow = 0 LIMIT 2")
        if len(only) != 1:
            raise DossierError("It needs the id of its article as “article”; the dossier has several, or none.")
        return str(only[0])

    def _require(self, made: Composed, kind: str) -> None:
        name = "text" if kind == "quote" else "name"
        if not made.fields.get(name):
            raise DossierError(f"{'An' if kind[0] in 'aei' else 'A'} {kind} needs “{name}”.")

    def _id(self, request: Request, kind: str, made: Composed) -> str:
        """The id that is asked for, else one made of speaker and words, or of the name."""
        given: Any = request.get("id")
        if given:
            if not isinstance(given, str):
                raise DossierError("“id” must be a text.")
            if self._space.taken(given):
                raise DossierError(f"the id {given} is in use already; give another, or none.")
            return given
        wanted = proposed_id(kind, made.fields)
        return free_id(wanted, self._space.taken, kind)


def proposed_id(kind: str, fields: dict[str, New]) -> str:
    """The id proposed for a new entry, before it is made unique; empty when nothing in it can be one."""
    name = str(fields.get("name") or "")
    if kind == "quote":
        speaker = fields.get("speaker")
        who = speaker if isinstance(speaker, str) else ""
        words = telling_slug(str(fields.get("text", "")), 3 if who else 4)
        return "-".join(part for part in (who, words) if part)
    if kind == "person" and len(name.split()) > 1 and (last := slug(name.rsplit(maxsplit=1)[-1])):
        return last
    return slug(name)
