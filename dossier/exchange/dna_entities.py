"""Persons, organizations and concepts of a file of DNA, and which of them a statement names.

DNA 3 keeps them as entities with attributes of any name; DNA 2 writes their names into each statement, and keeps a
type, an alias and notes beside the name. A person may speak for one organization here and for another there; a dossier
gives a person one delegation, so that such a person is an entry for each, all of one name.
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Protocol

from msgspec import Struct

from dossier.exchange.dna_database import Database, Variable, text_of, whole_of
from dossier.exchange.records import Losses, Record
from dossier.exchange.yaml_text import one_line
from dossier.model.entries import Kind, Value

_KINDS: dict[str, Kind] = {"person": "person", "organization": "delegation", "concept": "issue"}


class Entity(Struct, frozen=True):
    """A name with its attributes."""

    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    parent: str = ""
    """Name of the entity that it is a child of."""


class NumberedObject(Protocol):
    """An object with a number."""

    @property
    def id(self) -> int:
        """Its number."""


class Entities:
    """The entities of one file."""

    def __init__(
        self, database: Database, roles: Mapping[int, Mapping[str, Variable]], statements: AbstractSet[int], prefix: str
    ) -> None:
        """Read them; `statements` are the numbers of those that are read, `prefix` keeps files apart."""
        self._database = database
        self._prefix = prefix
        self._role_of = {variable.id: role for own in roles.values() for role, variable in own.items()}
        self._entities: dict[str, dict[str, Entity]] = {role: {} for role in _KINDS}
        self._of: dict[int, dict[str, str]] = {}
        if database.version == 3:
            self._read_entities(statements)
        else:
            self._read_names(statements)
        self._pairs: dict[tuple[str, str], int] = {}
        for named in self._of.values():
            if named.get("person"):
                pair = named["person"], named.get("organization", "")
                self._pairs[pair] = self._pairs.get(pair, 0) + 1

    def speaker(self, statement: NumberedObject) -> str:
        """Key of who made a statement: its person, else its organization; empty when it names neither."""
        named = self._of.get(statement.id, {})
        person, organization = named.get("person", ""), named.get("organization", "")
        if person:
            return self._person_key(person, organization)
        return self._key("organization", organization) if organization else ""

    def concept(self, statement: NumberedObject) -> str:
        """Key of what a statement is about; empty when it names nothing."""
        concept = self._of.get(statement.id, {}).get("concept", "")
        return self._key("concept", concept) if concept else ""

    def records(self, losses: Losses) -> Iterator[Record]:
        """An entry for each, used or not: organizations, persons, concepts."""
        for entity in self._entities["organization"].values():
            yield self._record("organization", entity, self._key("organization", entity.name))
        organizations: dict[str, list[str]] = {}
        for person, organization in self._pairs:
            organizations.setdefault(person, []).append(organization)
        for entity in self._entities["person"].values():
            own = organizations.get(entity.name, [""])
            losses.lose("persons who speak for several organizations, who are an entry for each", len(own) > 1)
            for organization in own:
                owner = self._key("organization", organization) if organization else ""
                yield self._record("person", entity, self._person_key(entity.name, organization), owner)
        concepts = self._entities["concept"]
        for entity in concepts.values():
            parent = entity.parent if not _is_circular(entity, concepts) else ""
            yield self._record("concept", entity, self._key("concept", entity.name), "", parent)

    def _key(self, role: str, name: str) -> str:
        return f"{self._prefix}{role} {name}"

    def _person_key(self, person: str, organization: str) -> str:
        return f"{self._prefix}person {person}\n{organization}"

    def _record(self, role: str, entity: Entity, key: str, owner: str = "", parent: str = "") -> Record:
        given = [value for name, value in entity.attributes if name.lower() == "alias"]
        aliases = [one_line(alias) for value in given for alias in value.split(";") if alias.strip()]
        notes = [value.strip() if name.lower() == "notes" else f"{one_line(name)}: {one_line(value)}"
                 for name, value in entity.attributes if name.lower() != "alias" and value.strip()]  # fmt: skip
        fields: dict[str, Value] = {}
        if aliases:
            fields["aliases"] = [*dict.fromkeys(aliases)]
        if notes:
            fields["note"] = "\n".join(notes)
        references: dict[str, tuple[str, ...]] = {"parent": (self._key(role, parent),)} if parent else {}
        return Record(key, _KINDS[role], one_line(entity.name), "", fields, references, owner=owner)

    def _add(self, role: str, entity: Entity) -> None:
        if role in _KINDS and entity.name.strip():
            self._entities[role].setdefault(entity.name, entity)

    def _name(self, statements: AbstractSet[int], statement: int, variable: int, name: str) -> None:
        role = self._role_of.get(variable, "")
        if statement in statements and role in _KINDS and name.strip():
            self._of.setdefault(statement, {})[role] = name

    def _read_entities(self, statements: AbstractSet[int]) -> None:
        attributes: dict[int, list[tuple[str, str]]] = {}
        titles = {whole_of(one): text_of(name)
                  for one, name in self._database.rows("ATTRIBUTEVARIABLES", "ID", "AttributeVariable")}  # fmt: skip
        for entity, variable, value in self._database.rows(
            "ATTRIBUTEVALUES", "EntityId", "AttributeVariableId", "AttributeValue"
        ):
            title = titles.get(whole_of(variable), "")
            attributes.setdefault(whole_of(entity), []).append((title, text_of(value)))
        rows = [(whole_of(one), whole_of(variable), text_of(value), whole_of(parent))
                for one, variable, value, parent in self._database.rows(
                    "ENTITIES", "ID", "VariableId", "Value", "ChildOf")]  # fmt: skip
        names = {one: (variable, name) for one, variable, name, _ in rows}
        for one, variable, name, parent in rows:
            above = names.get(parent, (-1, ""))
            inside = above[1] if self._role_of.get(above[0]) == self._role_of.get(variable) else ""
            self._add(self._role_of.get(variable, ""), Entity(name, tuple(attributes.get(one, ())), inside))
        for statement, variable, entity in self._database.rows("DATASHORTTEXT", "StatementId", "VariableId", "Entity"):
            found = names.get(whole_of(entity), (-1, ""))
            self._name(statements, whole_of(statement), whole_of(variable), found[1])

    def _read_names(self, statements: AbstractSet[int]) -> None:
        columns = ("VariableId", "Value", "Type", "Alias", "Notes", "ChildOf")
        for variable, *texts in self._database.rows("ATTRIBUTES", *columns):
            name, type_, alias, notes, parent = map(text_of, texts)
            attributes = (("Type", type_), ("Alias", alias), ("Notes", notes))
            self._add(self._role_of.get(whole_of(variable), ""), Entity(name, attributes, parent))
        for statement, variable, value in self._database.rows("DATASHORTTEXT", "StatementId", "VariableId", "Value"):
            name = text_of(value)
            self._add(self._role_of.get(whole_of(variable), ""), Entity(name))
            self._name(statements, whole_of(statement), whole_of(variable), name)


def _is_circular(entity: Entity, all_of: Mapping[str, Entity]) -> bool:
    """Return whether an entity has no parent that is there, or is its own ancestor."""
    seen = {entity.name}
    one = all_of.get(entity.parent)
    if one is None:
        return True
    while one is not None:
        if one.name in seen:
            return True
        seen.add(one.name)
        one = all_of.get(one.parent)
    return False
