"""Files of the Discourse Network Analyzer (DNA), version 2 and 3: who agrees with what, and in which words.

A statement is a link from its person (or its organization, where it names no person) to its concept, `supports` or
`opposes`, resting on its words. The convention of offsets is found out from all statements of a file: DNA counts as
Java does, in UTF-16 units of a text whose line ends count one, but others write such files too.
"""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from dossier.exchange.detection import Detector
from dossier.exchange.dna_database import Database, Variable, text_of, whole_of
from dossier.exchange.dna_entities import Entities
from dossier.exchange.dna_time import Clock
from dossier.exchange.formats import Library
from dossier.exchange.inputs import LARGEST_TEXT
from dossier.exchange.offsets import CONVENTIONS, JAVA, Convention, Places, Selection
from dossier.exchange.records import (
    Connection,
    DocumentPassage,
    ExchangeDocument,
    ExchangePart,
    ImportOptions,
    Losses,
    Parts,
    Record,
)
from dossier.exchange.yaml_text import one_line
from dossier.model.problems import DossierError

ROLES: dict[str, tuple[str, ...]] = {
    "person": ("person", "actor", "speaker", "individual", "name"),
    "organization": ("organization", "organisation", "party", "institution", "group", "delegation", "country"),
    "concept": ("concept", "issue", "frame", "claim", "policy", "category", "topic"),
    "agreement": ("agreement", "agree", "stance", "support", "position"),
}
"""The names, in lower case, by which a variable of a type of statements is recognised."""


class DnaStatement(Struct, frozen=True):
    """A statement of a document."""

    id: int
    statement_type: int
    start: int
    end: int


class _Head(Struct, frozen=True):
    """The fields of a document beside its text."""

    id: int
    title: str
    fields: dict[str, str]


class DnaImporter:
    """Statements with person, organization, concept and agreement."""

    title = "DNA 2 and 3"

    def read(self, files: Sequence[Path], library: Library, options: ImportOptions) -> Parts:
        """The pieces of what the files hold."""
        del library
        for number, path in enumerate(files):
            database = Database(path)
            try:
                prefix = f"{number} " if len(files) > 1 else ""
                yield from _File(database, options, prefix).parts()
            finally:
                database.close()


class _File:
    """A file on the way to pieces."""

    def __init__(self, database: Database, options: ImportOptions, prefix: str) -> None:
        self._database = database
        self._options = options
        self._losses: Losses = options.losses
        self._prefix = prefix
        self._roles = self._find_roles()
        self._statements = self._find_statements()
        self._heads = self._find_heads()
        ids = {one.id for some in self._statements.values() for one in some}
        self._values = Entities(database, self._roles, ids, prefix)
        self._agreement = self._find_agreement()

    def parts(self) -> Parts:
        """The pieces, names first, then each document with its statements."""
        convention = self._convention()
        for kind, number in self._database.unused.items():
            self._losses.lose(f"{kind} of the database, which were not run", number)
        yield ExchangePart(records=tuple(self._values.records(self._losses)))
        for head in self._heads:
            text = self._text(head)
            if not text.strip():
                self._losses.lose("documents without text")
                continue
            yield self._part(head, text, Places(text, convention))
        heads = {head.id for head in self._heads}
        gone = sum(len(found) for document, found in self._statements.items() if document not in heads)
        self._losses.lose("statements of documents that are not there", gone)

    def _find_roles(self) -> dict[int, dict[str, Variable]]:
        """The variable of each role, by type of statement; types without actor or concept are left out."""
        types = {whole_of(one): text_of(label) for one, label in self._database.rows("STATEMENTTYPES", "ID", "Label")}
        variables = [
            Variable(whole_of(one), text_of(name), text_of(form), whole_of(type_))
            for one, name, form, type_ in self._database.rows(
                "VARIABLES", "ID", "Variable", "DataType", "StatementTypeId"
            )
        ]
        for role, name in self._options.columns.items():
            if role not in ROLES or all(one.name != name for one in variables):
                raise DossierError(
                    f"{self._database.name} has no variable “{name}” for “{role}”; roles are {', '.join(ROLES)},"
                    f" variables {', '.join(dict.fromkeys(one.name for one in variables))}."
                )
        found: dict[int, dict[str, Variable]] = {}
        for type_ in types:
            own = [one for one in variables if one.statement_type == type_]
            roles = {role: match for role in ROLES if (match := self._variable(role, own)) is not None}
            if "concept" in roles and roles.keys() & {"person", "organization"}:
                found[type_] = roles
        if len(found) > 1:
            named = ", ".join(f"“{types[type_]}”" for type_ in found)
            self._losses.tell(f"Statements of several types ({named}) were read as one.")
        self._types = types
        return found

    def _variable(self, role: str, variables: Sequence[Variable]) -> Variable | None:
        forms = ("boolean", "integer") if role == "agreement" else ("short text",)
        fitting = [one for one in variables if one.form in forms]
        chosen = self._options.columns.get(role)
        names = (chosen,) if chosen else ROLES[role]
        for name in names:
            for one in fitting:
                if (one.name if chosen else one.name.strip().lower()) == name:
                    return one
        booleans = [one for one in fitting if one.form == "boolean"]
        return booleans[0] if role == "agreement" and not chosen and len(booleans) == 1 else None

    def _find_statements(self) -> dict[int, list[DnaStatement]]:
        """The statements that can be read, by document."""
        found: dict[int, list[DnaStatement]] = {}
        for row in self._database.rows("STATEMENTS", "ID", "StatementTypeId", "DocumentId", "Start", "Stop"):
            number, type_, document, start, end = map(whole_of, row)
            if type_ in self._roles:
                found.setdefault(document, []).append(DnaStatement(number, type_, start, end))
            else:
                self._losses.lose(f"statements of the type “{self._types.get(type_, type_)}”")
        return found

    def _find_heads(self) -> list[_Head]:
        columns = ("ID", "Title", "Author", "Source", "Section", "Type", "Notes", "Date")
        rows = list(self._database.rows("DOCUMENTS", *columns))
        clock = Clock([row[7] for row in rows], milliseconds=self._database.version == 2)
        heads: dict[int, _Head] = {}
        for row in rows:
            number = whole_of(row[0])
            title, author, source, section, type_, notes = map(text_of, row[1:7])
            if number in heads:
                raise DossierError(f"{self._database.name} has two documents of the number {number}.")
            published = clock.moment(row[7])
            if not published:
                self._losses.lose("dates that are not in the calendar")
            told = [notes.strip(), f"Section: {one_line(section)}" * bool(section.strip()),
                    f"Type: {one_line(type_)}" * bool(type_.strip())]  # fmt: skip
            fields = {
                "title": one_line(title), "author": one_line(author), "publisher": one_line(source),
                "published": published, "note": "\n".join(filter(None, told)),
            }  # fmt: skip
            heads[number] = _Head(number, title, {name: value for name, value in fields.items() if value})
        return list(heads.values())

    def _find_agreement(self) -> dict[int, int]:
        """The agreement of each statement: above 0 for, 0 neutral, below against."""
        found: dict[int, int] = {}
        for table in ("DATABOOLEAN", "DATAINTEGER"):
            form = "boolean" if table == "DATABOOLEAN" else "integer"
            wanted = {roles["agreement"].id for roles in self._roles.values()
                      if "agreement" in roles and roles["agreement"].form == form}  # fmt: skip
            for statement, variable, value in self._database.rows(table, "StatementId", "VariableId", "Value"):
                if variable not in wanted or not isinstance(value, int):
                    continue
                found[whole_of(statement)] = value if form == "integer" else 1 if value else -1
        return found

    def _text(self, head: _Head) -> str:
        row = next(self._database.rows("DOCUMENTS", "Text", where="ID = ?", values=(head.id,)), [None])
        text = text_of(row[0])
        if "\0" in text:
            raise DossierError(f"{self._database.name}: the text of “{one_line(head.title)}” holds NUL characters.")
        if len(text.encode("utf-8", "replace")) > LARGEST_TEXT:
            raise DossierError(
                f"{self._database.name}: the text of “{one_line(head.title)}” has more than {LARGEST_TEXT:,} bytes."
            )
        return text

    def _convention(self) -> Convention:
        if self._options.offsets:
            self._losses.convention = self._options.offsets
            return Convention.parse(self._options.offsets)
        detector = Detector()
        for head in self._heads:
            here = self._statements.get(head.id, [])
            if here:
                detector.add(self._text(head), [Selection(one.start, one.end) for one in here])
        if not detector.selections:
            return CONVENTIONS[0]
        found = detector.decide(self._database.name, JAVA)
        self._losses.convention = str(found)
        return found

    def _part(self, head: _Head, text: str, places: Places) -> ExchangePart:
        key = f"{self._prefix}document {head.id}"
        records: list[Record] = []
        links: list[Connection] = []
        for one in sorted(self._statements.get(head.id, []), key=lambda one: (one.start, one.end, one.id)):
            span = places.span(one.start, one.end)
            if span is None:
                self._losses.tell(f"Statement {one.id} was left out: its offsets lead to no place of its document.")
                continue
            made = self._statement(one, key, DocumentPassage(key, *span))
            if isinstance(made, Record):
                records.append(made)
            elif made is not None:
                links.append(made)
        return ExchangePart(
            ExchangeDocument(key, text, head.title, head.fields), records=tuple(records), connections=tuple(links)
        )

    def _statement(self, one: DnaStatement, document: str, passage: DocumentPassage) -> Record | Connection | None:
        """The link or quote that a statement is; None when it says nothing of anybody or anything."""
        who, concept = self._values.speaker(one), self._values.concept(one)
        agreement = self._agreement.get(one.id)
        if "agreement" in self._roles[one.statement_type] and agreement and abs(agreement) > 1:
            self._losses.lose("degrees of agreement")
        if who and concept and agreement:
            return Connection(who, "supports" if agreement > 0 else "opposes", concept, (passage,))
        if who:
            neutral: dict[str, str] = {"stance": "neutral"} if agreement == 0 else {}
            issues = (concept,) if concept else ()
            return Record(f"{self._prefix}statement {one.id}", "quote", "", "", {**neutral},
                          {"speaker": (who,), "issues": issues}, (passage,), unattributed=True)  # fmt: skip
        if concept:
            self._losses.lose("agreement of nobody")
            return Connection(document, "about", concept, (passage,))
        self._losses.lose("statements of nobody on nothing")
        return None
