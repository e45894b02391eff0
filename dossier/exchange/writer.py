"""The one writer: from the pieces of an import to the files of a dossier, the same files for the same pieces."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from msgspec.structs import replace

from dossier.exchange.anchoring import AnchorMaker, AnchorText, NewAnchor
from dossier.exchange.ids import Ids
from dossier.exchange.import_folder import ImportFolder
from dossier.exchange.line_ends import LineEnds, text_digest
from dossier.exchange.records import Connection, DocumentPassage, ExchangeDocument, ExchangePart, Record
from dossier.exchange.reports import ImportReport
from dossier.exchange.written import at_of, fields_of, quote_at
from dossier.exchange.yaml_text import BlockText, dump, one_line
from dossier.model.dates import moment_problem
from dossier.model.entries import Kind
from dossier.model.fields import SECTION_OF
from dossier.model.folding import fold
from dossier.model.problems import DossierError
from dossier.model.relations import BUILT_IN, STANCES


class DossierWriter:
    """Writes the pieces of one import into an empty folder."""

    def __init__(
        self,
        folder: Path,
        name: str,
        report: ImportReport,
        *,
        taken: frozenset[str] = frozenset(),
        known: Mapping[str, str] | None = None,
        declared: frozenset[str] = frozenset(),
        read_known: Callable[[str], AnchorText] | None = None,
        names: Mapping[tuple[str, str], str] | None = None,
    ) -> None:
        """Write below `folder`; `known` gives the id of an article of the dossier by the digest of its text.

        `taken` are the ids of the dossier, `declared` its own relations, `name` that of the folder in `imports/`, and
        `read_known` reads an article of the dossier; `names` gives the id of a delegation, person or issue
        of the dossier by its kind and name, folded and in lower case: what is called so is that entry.
        """
        self._folder = ImportFolder(folder, read_known)
        self._name = name
        self._report = report
        self._ids = Ids(taken)
        self._known = dict(known or {})
        self._declared = declared
        self._names = dict(names or {})
        self._keys: dict[str, str] = {}
        self._kinds: dict[str, Kind] = {}
        self._paths = self._folder.paths
        self._line_ends: dict[str, tuple[LineEnds, LineEnds]] = {}
        self._shared: dict[str, dict[str, object]] = {}
        self._links: list[object] = []
        self._there: set[str] = set()
        self._written: set[str] = set()
        self._pieces: Counter[str] = Counter()
        self._digests: dict[str, str] = {}
        self._waiting: list[Connection] = []
        self._anchoring = AnchorMaker(report.losses)

    def write(self, parts: Iterable[ExchangePart]) -> str:
        """Write everything; gives what the whole is called, empty when the files do not say."""
        title = ""
        for part in parts:
            title = title or one_line(part.title)
            self._part(part)
        for connection in self._waiting:
            self._connection(connection, self._links, "")
        sections: dict[str, object] = {
            name: self._shared[name]
            for name in ("relations", "delegations", "people", "issues", "quotes", "events")
            if self._shared.get(name)
        }
        if sections or self._links:
            self._folder.put_text(f"imports/{self._name}/shared.yaml", dump(sections | {"links": self._links}))
        return title

    def _part(self, part: ExchangePart) -> None:
        home = ""
        head: dict[str, object] = {}
        if part.document is not None:
            home = self._document(part.document)
            head = {"article": home}
            self._pieces[home] += 1
            if self._paths[home] and self._pieces[home] == 1:
                fields = fields_of("article", dict(part.document.fields), self._report.losses)
                head["articles"] = {home: {"file": self._paths[home], **fields}}
        for record in part.records:  # before they are written, so that they can refer to one another
            self._name_record(record)
        own: dict[str, dict[str, object]] = {}
        links: list[object] = []
        for record in part.records:
            anchored = home and any(self._keys.get(p.document) == home for p in record.passages)
            sections = own if anchored and record.kind in ("quote", "event") else self._shared
            self._record(record, sections, home if anchored else "")
        for connection in part.connections:
            if not (connection.source in self._keys and connection.target in self._keys):
                self._waiting.append(connection)  # what it names may still come
                continue
            anchored = home and any(self._keys.get(p.document) == home for p in connection.passages)
            self._connection(connection, links if anchored else self._links, home if anchored else "")
        if home and (len(head) > 1 or own or links):
            body = {name: own[name] for name in ("quotes", "events") if name in own}
            again = f".{self._pieces[home]}" if self._pieces[home] > 1 else ""
            self._folder.put_text(f"imports/{self._name}/{home}{again}.yaml", dump(head | body | {"links": links}))

    def _document(self, document: ExchangeDocument) -> str:
        digest = text_digest(document.text)
        if document.key in self._keys:
            if self._digests.get(document.key) != digest:
                raise DossierError(f"Two documents of the import with different texts are both called {document.key}.")
            return self._keys[document.key]
        self._digests[document.key] = digest
        home = self._known.get(digest, "")
        if home:
            if home in self._paths:
                self._report.losses.lose("documents with the text of another, which are one article")
            else:
                self._report.articles_known.append(home)
            self._paths.setdefault(home, "")
            there = self._folder.text(home).text
            if there != document.text:
                self._line_ends[document.key] = (LineEnds(document.text), LineEnds(there))
        else:
            home = self._ids.give(document.name or document.key, "article")
            self._folder.put_article(home, document)
            self._known[digest] = home
            self._report.entries["articles"] += 1
        self._keys[document.key] = home
        self._kinds[document.key] = "article"
        return home

    def _placed(self, passage: DocumentPassage) -> DocumentPassage:
        """A passage with the offsets that it has in the file of its article."""
        if passage.document not in self._line_ends or passage.start < 0:
            return passage
        given, there = self._line_ends[passage.document]
        start, end = (there.own(given.plain(offset)) for offset in (passage.start, passage.end))
        return replace(passage, start=start, end=end)

    def _name_record(self, record: Record) -> None:
        if record.key in self._keys:
            return
        name = record.name or next((p.words for p in record.passages if p.words), "") or self._words_of(record)
        self._kinds[record.key] = record.kind
        there = self._names.get((record.kind, fold(name).casefold()), "")
        if there:
            self._keys[record.key] = there
            self._there.add(record.key)
            self._report.losses.lose(f"entries that the dossier has already by their names, as {record.kind}")
            return
        own = self._keys[record.key] = self._ids.give(" ".join(name.split()[:7]), record.kind, record.id)
        changed = bool(record.id) and own != record.id
        self._report.losses.lose("ids that are taken or can be none, in place of which others were given", changed)

    def _words_of(self, record: Record) -> str:
        for passage in map(self._placed, record.passages):
            home = self._keys.get(passage.document)
            if home and passage.start >= 0:
                return self._folder.text(home).text[passage.start : min(passage.end, passage.start + 200)]
        return ""

    def _record(self, record: Record, sections: dict[str, dict[str, object]], home: str) -> None:
        own = self._keys[record.key]
        if record.key in self._there:
            return
        body = self._body(record, own, home)
        if body is None:
            return
        self._report.entries[SECTION_OF[record.kind].name] += record.key not in self._written
        self._written.add(record.key)
        if record.kind == "person" and self._keys.get(record.owner):
            owner = sections.setdefault("delegations", {}).setdefault(self._keys[record.owner], {})
            assert isinstance(owner, dict)
            owner.setdefault("members", {})[own] = body
            return
        section = sections.setdefault(SECTION_OF[record.kind].name, {})
        before = section.get(own, {})  # members that came before their delegation, or what another document says
        assert isinstance(before, dict)
        section[own] = body | {field: _join(value, body.get(field)) for field, value in before.items()}

    def _body(self, record: Record, own: str, home: str) -> dict[str, object] | None:
        """The fields of an entry; None, and a line in the report, for a quote without words."""
        anchors = self._anchors(own, record.passages, home)
        body: dict[str, object] = {}
        if record.kind == "quote":
            words = one_line(record.name) or (anchors[0][1].words if anchors else "")
            if not words:
                self._report.losses.tell(f"{record.key} has no words and was left out.")
                return None
            body["text"] = BlockText(words)
        else:
            body["name"] = one_line(record.name) or own
        body |= self._references(record)
        body |= fields_of(record.kind, record.fields, self._report.losses)
        body |= self._memberships(record)
        if record.unattributed:
            marked = all(
                one.start >= 0 and self._folder.text(where).is_quoted(one.start, one.end) for where, one in anchors
            )
            body["attribution"] = "direct" if marked and anchors else "paraphrase"
        if record.kind == "quote":
            own_words = str(body.get("original", body["text"]))
            anchors = [(article, self._folder.text(article).as_told(own_words, one)) for article, one in anchors]
            body |= quote_at(anchors, own_words, home, str(body.get("attribution", "direct")))
        elif anchors and record.kind == "event":
            body["at"] = at_of(anchors, home)
        elif anchors:
            self._report.losses.lose(f"words at which a {record.kind} is named")
        remarks = [one.why for _, one in anchors if one.outcome == "inside a word"]
        if remarks:
            body["note"] = " ".join(filter(None, [str(body.get("note", "")), *(f"Import: {why}." for why in remarks)]))
        return body

    def _references(self, record: Record) -> dict[str, object]:
        found: dict[str, object] = {}
        for field in SECTION_OF[record.kind].fields:
            keys = record.references.get(field.name, ())
            if not field.targets or not keys:
                continue
            fitting = [self._keys[key] for key in keys if self._kinds.get(key) in field.targets]
            if len(fitting) < len(keys):
                self._report.losses.lose(f"references of {record.kind}s by “{field.name}” to what it cannot name")
            if fitting:
                found[field.name] = fitting if field.form == "references" or len(fitting) > 1 else fitting[0]
        return found

    def _memberships(self, record: Record) -> dict[str, object]:
        found: list[object] = []
        for one in record.memberships:
            delegation = self._keys.get(one.delegation)
            if delegation is None or any(day and moment_problem(day) for day in (one.since, one.until)):
                self._report.losses.lose("memberships in what is not there, or of no time")
                continue
            told = {"delegation": delegation, "role": one.role, "from": one.since, "until": one.until}
            found.append({name: value for name, value in told.items() if value})
        return {"memberships": found} if found else {}

    def _connection(self, connection: Connection, links: list[object], home: str) -> None:
        source, target = self._keys.get(connection.source), self._keys.get(connection.target)
        if not source or not target:
            self._report.losses.lose("links from or to what was left out")
            return
        relation = one_line(connection.relation)
        if relation not in BUILT_IN and relation not in self._declared:
            stance = connection.stance if connection.stance in STANCES else ""
            self._report.losses.lose("stances of relations that there are not", stance != connection.stance)
            body = {"inverse": connection.inverse or f"{relation} (inverse)", "stance": stance}
            declared = {field: value for field, value in body.items() if value}
            self._shared.setdefault("relations", {}).setdefault(relation, declared)
        link: dict[str, object] = {"from": source, "rel": relation, "to": target}
        anchors = self._anchors(f"{source} {relation} {target}", connection.passages, home)
        if anchors:
            link["at"] = at_of(anchors, home)
        if connection.date and not moment_problem(connection.date):
            link["date"] = connection.date
        elif connection.date:
            self._report.losses.lose("values of “date” that it cannot have")
        if connection.credibility:
            link["credibility"] = connection.credibility
        remarks = [f"Import: {one.why}." for _, one in anchors if one.outcome == "inside a word"]
        if connection.note or remarks:
            link["note"] = " ".join(filter(None, [connection.note, *remarks]))
        self._report.entries["links"] += 1
        links.append(link)

    def _anchors(self, owner: str, passages: Iterable[DocumentPassage], home: str) -> list[tuple[str, NewAnchor]]:
        found = []
        for passage in map(self._placed, passages):
            article = self._keys.get(passage.document, home)
            if not article or article not in self._paths:
                self._report.losses.lose("passages of texts that are not there")
                continue
            anchor = self._anchoring.anchor(self._folder.text(article), passage)
            if anchor is None:
                continue
            self._report.count(owner, article, anchor)
            found.append((article, anchor))
        return found


def _join(first: object, second: object) -> object:
    """The value of a field of which two documents tell: the first of two values, all items of two lists."""
    if isinstance(first, list) and isinstance(second, list):
        return first + [one for one in second if one not in first]
    return first
