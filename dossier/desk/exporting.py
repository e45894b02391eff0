"""Export of a whole dossier in the format of another program."""

import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO

from msgspec.structs import replace

from dossier.desk.desk import Desk
from dossier.exchange.formats import DossierMetadata
from dossier.exchange.records import (
    Connection,
    DocumentPassage,
    ExchangeDocument,
    ExchangePart,
    Losses,
    MembershipRecord,
    Record,
    Sides,
)
from dossier.exchange.tables import EXPORTERS, exporter
from dossier.model.anchors import Evidence
from dossier.model.dates import OPEN
from dossier.model.entries import Entry, Link
from dossier.model.fields import SECTION_OF
from dossier.model.problems import DossierError
from dossier.model.relations import BUILT_IN
from dossier.store.catalogue.memberships import date_of, memberships, sides
from dossier.store.catalogue.queries import ORDER
from dossier.store.files.encoding import decode
from dossier.store.files.errors import FileRefused

_EARLIEST = (1980, 1, 1, 0, 0, 0)
_Owner = tuple[str, str]
"""Id of an entry, or key of a link, and the file it stands in: keys of links are unique in their files alone."""


def form_of(name: str) -> str:
    """The exporter of files that end as `name` does; empty when none is the only one."""
    found = [form for form in EXPORTERS if name.lower().endswith(exporter(form).suffixes)]
    return found[0] if len(found) == 1 else ""


def export_dossier(desk: Desk, form: str, losses: Losses) -> bytes:
    """The dossier as one file: what the format writes, or a zip when it writes several."""
    writer = exporter(form)
    head = DossierMetadata(desk.title, desk.summary, desk.header("language"))
    files = writer.write(head, _Parts(desk, losses).parts(), losses)
    first = next(files, None)
    if first is None:
        raise DossierError(f"There is nothing in this dossier that {writer.title} has a place for.")
    second = next(files, None)
    if second is None and not writer.packed:
        return first[1]
    return _pack(one for one in (first, second, *files) if one is not None)


def _pack(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip that depends on the files alone."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            member = zipfile.ZipInfo(name, _EARLIEST)
            member.external_attr = 0o644 << 16
            archive.writestr(member, data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


class _Parts:
    """The pieces of an open dossier."""

    def __init__(self, desk: Desk, losses: Losses) -> None:
        self._desk = desk
        self._losses = losses
        self._catalogue = desk.texts.catalogue
        self._references: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._memberships: dict[str, list[MembershipRecord]] = defaultdict(list)
        for _, link in self._catalogue.links("field <> ''"):
            self._references[link.source][link.field].append(link.target)
            if link.field == "memberships":
                self._memberships[link.source].append(_membership(link))
        self._known = memberships(self._catalogue)

    def parts(self) -> Iterator[ExchangePart]:
        """Names and issues first, then each article with what rests on it alone, then what rests on several or none."""
        yield ExchangePart(title=self._desk.title)
        names = [self._record(e, ()) for kind in ("delegation", "person", "issue") for e in self._entries(kind)]
        yield ExchangePart(records=tuple(names))
        worded = [entry for kind in ("quote", "event") for entry in self._entries(kind)]
        links = self._catalogue.links("field = ''")
        homes = self._homes()
        entries_of: dict[str, list[Entry]] = defaultdict(list)
        links_of: dict[str, list[tuple[_Owner, Connection]]] = defaultdict(list)
        for entry in worded:
            entries_of[homes.get(_owner(entry), "")].append(entry)
        for key, link in links:
            relation = self._desk.relations().get(link.relation)
            own = relation is not None and link.relation not in BUILT_IN
            made = Connection(
                link.source, link.relation, link.target, (), link.date, link.credibility, link.note,
                relation.inverse if own and relation else "", (own and relation and relation.stance) or "",
            )  # fmt: skip
            owner = (key, link.place.file)
            links_of[homes.get(owner, "")].append((owner, made))
        for article in self._entries("article"):
            document = self._document(article)
            if document is not None:
                yield self._part(document, entries_of.pop(article.id, []), links_of.pop(article.id, []))
        yield self._part(
            None,
            [entry for some in entries_of.values() for entry in some],
            [link for some in links_of.values() for link in some],
        )

    def _part(
        self, document: ExchangeDocument | None, entries: list[Entry], links: list[tuple[_Owner, Connection]]
    ) -> ExchangePart:
        return ExchangePart(
            document,
            records=tuple(self._record(entry, self._passages(_owner(entry))) for entry in entries),
            connections=tuple(self._connection(owner, link) for owner, link in links),
        )

    def _connection(self, owner: _Owner, link: Connection) -> Connection:
        passages = self._passages(owner)

        def day() -> str:
            article = self._catalogue.entry(passages[0].document) if passages and not link.date else None
            return article.text("published") if article else link.date

        return replace(link, passages=passages, sides=self._sides((link.source,), day))

    def _entries(self, kind: str) -> list[Entry]:
        return self._catalogue.entries(f"shadow = 0 AND kind = ? ORDER BY {ORDER}", kind)

    def _homes(self) -> dict[_Owner, str]:
        """The only article on which an entry or link rests."""
        sql = "SELECT owner, file, min(article) FROM anchors GROUP BY owner, file HAVING min(article) = max(article)"
        return {(owner, file): article for owner, file, article in self._catalogue.rows(sql)}

    def _document(self, article: Entry) -> ExchangeDocument | None:
        try:
            text = decode(self._desk.texts.folder.read(article.text("file")))
        except FileRefused as refused:
            self._losses.tell(f"The article {article.id} was left out: {refused.message}.")
            return None
        fields = {name: article.text(name) for name in article.fields if name != "file"}
        return ExchangeDocument(article.id, text, article.id, fields)

    def _passages(self, owner: _Owner) -> tuple[DocumentPassage, ...]:
        return tuple(map(self._passage, self._catalogue.evidence("owner = ? AND file = ? ORDER BY ordinal", *owner)))

    def _passage(self, evidence: Evidence) -> DocumentPassage:
        if evidence.sound:
            return DocumentPassage(evidence.article, evidence.start, evidence.end, evidence.text)
        self._losses.lose(f"places of {evidence.status} anchors")
        wanted = evidence.wanted
        return DocumentPassage(evidence.article, words=wanted.text, before=wanted.before, after=wanted.after)

    def _record(self, entry: Entry, passages: tuple[DocumentPassage, ...]) -> Record:
        section = SECTION_OF[entry.kind]
        references = {
            field.name: tuple(self._references[entry.id][field.name])
            for field in section.fields
            if field.targets and self._references[entry.id][field.name]
        }
        fields = {name: value for name, value in entry.fields.items() if name != section.title}
        who = references.get("speaker", ())
        return Record(
            entry.id, entry.kind, entry.title, entry.id, fields, references, passages, entry.owner,
            tuple(self._memberships.get(entry.id, ())), self._sides(who, lambda: date_of(self._catalogue, entry.id)),
        )  # fmt: skip

    def _sides(self, speakers: Iterable[str], day: Callable[[], str]) -> Sides:
        """The delegations for which people spoke on a day, which is only asked for where it matters."""
        found: Sides = {}
        for one in speakers:
            theirs = self._known.get(one, ())
            timed = any(held.begins or held.ends != OPEN for held in theirs)
            if theirs:
                found[one] = sides(theirs, day() if timed else "")[0]
        return found


def _owner(entry: Entry) -> _Owner:
    return entry.id, entry.place.file


def _membership(link: Link) -> MembershipRecord:
    since, _, until = link.period.partition("/")
    return MembershipRecord(link.target, link.role, *("" if day == ".." else day for day in (since, until)))
