"""Write a dossier as a `.dna` file of DNA 3: who is for and against which issues, and in which words."""

import sqlite3
from collections import Counter
from collections.abc import Iterable
from itertools import product

from dossier.exchange.dna_schema import (
    AGREEMENT,
    ATTRIBUTES,
    CONCEPT,
    LONGEST,
    ORGANIZATION,
    PASSWORD,
    PERSON,
    VARIABLES,
    VERSION,
    tables,
)
from dossier.exchange.dna_time import seconds_of
from dossier.exchange.formats import DossierMetadata, ExportedFiles
from dossier.exchange.records import Connection, DocumentPassage, ExchangeDocument, ExchangePart, Losses, Record
from dossier.exchange.yaml_text import one_line
from dossier.model.dates import day_of, moment_problem
from dossier.model.relations import BUILT_IN

_VARIABLE = {"person": PERSON, "delegation": ORGANIZATION, "issue": CONCEPT}


class DnaExporter:
    """Statements for and against, with person, organization and concept."""

    title = "DNA 3"
    suffixes = (".dna",)
    packed = False

    def write(self, head: DossierMetadata, parts: Iterable[ExchangePart], losses: Losses) -> ExportedFiles:
        """The file."""
        del head
        written = _DatabaseWriter(losses)
        for part in parts:
            written.add(part)
        yield "dossier.dna", written.data()


class _DatabaseWriter:
    """The database while it is filled."""

    def __init__(self, losses: Losses) -> None:
        self._losses = losses
        self._db = sqlite3.connect(":memory:", isolation_level=None)
        for sql in tables():
            self._db.execute(sql)
        self._put("SETTINGS", *VERSION)
        self._db.execute("INSERT INTO CODERS(ID, Name, Red, Password) VALUES (1, 'Admin', 255, ?)", (PASSWORD,))
        self._put("STATEMENTTYPES", (1, "DNA Statement", 239, 208, 51))
        self._put("VARIABLES", *((*one, 1) for one in VARIABLES))
        kinds = [(variable, name) for variable in _VARIABLE.values() for name in ATTRIBUTES]
        self._attributes = {one: number for number, one in enumerate(kinds, 1)}
        self._put("ATTRIBUTEVARIABLES", *((number, *one) for one, number in self._attributes.items()))
        self._numbers: Counter[str] = Counter()
        self._names: dict[tuple[int, str], int] = {}
        self._held: set[tuple[int, str, str]] = set()
        self._blank = {variable: self._entity(variable, "") for variable in _VARIABLE.values()}
        self._entities: dict[str, int] = {}
        self._records: dict[str, Record] = {}
        self._documents: dict[str, tuple[int, str, str]] = {}
        self._speaking: set[str] = set()
        self._waiting: list[Record | Connection] = []

    def data(self) -> bytes:
        """The file, once everything was put in."""
        for one in self._waiting:
            self._add_statements(one)
        silent = [
            one for key, one in self._records.items() if (one.owner or one.memberships) and key not in self._speaking
        ]
        self._losses.lose("memberships of people who make no statement", len(silent))
        self._db.execute("VACUUM")
        data = self._db.serialize()
        self._db.close()
        return data

    def add(self, part: ExchangePart) -> None:
        """Put in a document and what rests on it; what rests on a document still to come waits."""
        if part.document is not None:
            self._document(part.document)
        for record in part.records:
            if record.kind in _VARIABLE:
                self._name(record)
        for record in part.records:
            if record.kind == "issue":
                self._parent(record)
            elif record.kind == "quote":
                self._say(record)
            elif record.kind == "event":
                self._losses.lose("events")
        for link in part.connections:
            self._say(link)

    def _say(self, one: Record | Connection) -> None:
        if all(passage.document in self._documents for passage in one.passages):
            self._add_statements(one)
        else:
            self._waiting.append(one)

    def _put(self, table: str, *rows: tuple[object, ...]) -> None:
        for row in rows:
            self._db.execute(f"INSERT INTO {table} VALUES ({','.join('?' * len(row))})", row)  # noqa: S608

    def _next_number(self, table: str) -> int:
        self._numbers[table] += 1
        return self._numbers[table]

    def _shorten(self, text: str, what: str) -> str:
        text = _writable(one_line(text))
        if len(text) > LONGEST:
            self._losses.lose(f"ends of {what} longer than {LONGEST} characters")
            return text[: LONGEST - 1] + "…"
        return text

    def _document(self, document: ExchangeDocument) -> None:
        fields = dict(document.fields)
        text = document.text.replace("\r\n", "\n").replace("\r", "\n")  # DNA shows all line ends as one character
        self._losses.lose("carriage returns of line ends", text != document.text)
        published = fields.pop("published", "")
        if moment_problem(published):
            self._losses.lose("dates of articles without one, which are written as 1970-01-01")
        elif len(published) < 10:
            self._losses.lose("dates of articles without a day, which are written as the first of their month or year")
        seconds = 0 if moment_problem(published) else seconds_of(published)
        number = self._next_number("DOCUMENTS")
        row = (
            number, self._shorten(fields.pop("title", "") or document.key, "titles"), _writable(text), 1,
            self._shorten(fields.pop("author", ""), "authors"),
            self._shorten(fields.pop("publisher", ""), "publishers"),
            "", _writable(fields.pop("note", "")), "", seconds,
        )  # fmt: skip
        self._put("DOCUMENTS", row)
        self._documents[document.key] = (number, document.text, day_of(published))
        for name in fields:
            self._losses.lose(f"“{name}” of articles")

    def _entity(self, variable: int, name: str) -> int:
        if (variable, name) not in self._names:
            number = self._names[variable, name] = self._next_number("ENTITIES")
            self._put("ENTITIES", (number, variable, name, 0, 0, 0, None))
        return self._names[variable, name]

    def _name(self, record: Record) -> None:
        """Make an entity; people of one name in different delegations are one, as they are in DNA."""
        variable = _VARIABLE[record.kind]
        name = self._shorten(record.name, "names") or record.key[:LONGEST]
        owner = record.owner if record.kind == "person" else ""
        taken = (variable, name, owner) in self._held
        if taken:
            end = f" ({record.key})"[-LONGEST:]
            name = name[: LONGEST - len(end)] + end
        self._held.add((variable, name, owner))
        known = (variable, name) in self._names
        number = self._entities[record.key] = self._entity(variable, name)
        self._records[record.key] = record
        fields = dict(record.fields)
        aliases, note = fields.pop("aliases", []), fields.pop("note", "")
        for field in (*fields, *("part_of" for _ in record.references.get("part_of", ()))):
            self._losses.lose(f"“{field}” of a {record.kind}")
        timed = sum(bool(one.since or one.until or one.role) for one in record.memberships)
        self._losses.lose("times and roles of memberships", timed)
        told = {
            "Type": "",
            "Alias": "; ".join(aliases) if isinstance(aliases, list) else str(aliases),
            "Notes": str(note),
        }
        for title, value in told.items() if not known else ():
            row = (
                self._next_number("ATTRIBUTEVALUES"),
                number,
                self._attributes[variable, title],
                self._shorten(value, "notes"),
            )
            self._put("ATTRIBUTEVALUES", row)

    def _parent(self, record: Record) -> None:
        for parent in record.references.get("parent", ()):
            if parent in self._entities:
                ends = (self._entities[parent], self._entities[record.key])
                self._db.execute("UPDATE ENTITIES SET ChildOf = ? WHERE ID = ?", ends)

    def _add_statements(self, one: Record | Connection) -> None:
        """A statement of each who says it on each issue."""
        if isinstance(one, Record):
            speakers, issues = one.references.get("speaker", ()), one.references.get("issues", ())
            stance, date = str(one.fields.get("stance", "")), str(one.fields.get("date", ""))
        else:
            speakers, issues = (one.source,), (one.target,)
            relation = BUILT_IN.get(one.relation)
            stance, date = one.stance or (relation.stance if relation else "") or "", one.date
        speakers = tuple(key for key in speakers if self._kind(key) in ("person", "delegation"))
        issues = tuple(key for key in issues if self._kind(key) == "issue")
        if not (speakers and issues):
            self._losses.lose("quotes and links that are nobody's on an issue")
        elif stance not in ("for", "against"):
            self._losses.lose("statements that are neither for nor against")
        else:
            place = next((found for passage in one.passages if (found := self._place(passage))), None)
            if place is None:
                self._losses.lose("statements without a place in an article")
                return
            self._losses.lose("places of a statement beside its first", len(one.passages) - 1)
            self._losses.lose(
                "dates of statements that are not their article's", bool(date) and day_of(date) != place[3]
            )
            self._losses.lose("originals of translated quotes", isinstance(one, Record) and "original" in one.fields)
            for speaker, issue in product(speakers, issues):
                sides = one.sides.get(speaker, ()) if self._kind(speaker) == "person" else (speaker,)
                for side in sides or ("",):
                    self._statement(speaker, side, issue, stance, place)

    def _kind(self, key: str) -> str:
        return self._records[key].kind if key in self._records else ""

    def _place(self, passage: DocumentPassage) -> tuple[int, int, int, str] | None:
        """Document, start and end as DNA counts them, and the document's day."""
        if passage.document not in self._documents or not 0 <= passage.start < passage.end:
            return None
        number, text, day = self._documents[passage.document]
        return number, _units(text, passage.start), _units(text, passage.end), day

    def _statement(self, speaker: str, side: str, issue: str, stance: str, place: tuple[int, int, int, str]) -> None:
        record = self._records[speaker]
        number = self._next_number("STATEMENTS")
        self._put("STATEMENTS", (number, 1, place[0], place[1], place[2], 1))
        self._put("DATABOOLEAN", (self._next_number("DATABOOLEAN"), number, AGREEMENT, int(stance == "for")))
        self._speaking.add(speaker)
        person = self._entities[speaker] if record.kind == "person" else self._blank[PERSON]
        values = {
            PERSON: person,
            ORGANIZATION: self._entities.get(side, self._blank[ORGANIZATION]),
            CONCEPT: self._entities[issue],
        }
        for variable, entity in values.items():
            self._put("DATASHORTTEXT", (self._next_number("DATASHORTTEXT"), number, variable, entity))


def _units(text: str, offset: int) -> int:
    """The UTF-16 units before an offset, where CR LF counts one."""
    before = text[:offset]
    return len(before) - before.count("\r\n") + sum(character > "\uffff" for character in before)


def _writable(text: str) -> str:
    """Text that SQLite holds as it is: without NULs and halves of surrogate pairs."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
