"""Passages of a dossier for a search engine: its paragraphs and its entries."""

import hashlib
from collections.abc import Iterator

import msgspec

from dossier.desk.articles import Texts
from dossier.model.entries import Entry, Link
from dossier.model.fields import queried_fields, searched_fields
from dossier.model.passages import Passage, link_key
from dossier.model.relations import ABOUT, ATTENDED_BY, SAID_BY
from dossier.store.catalogue import entry_queries
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.catalogue.header import relations
from dossier.store.catalogue.memberships import delegations_of, memberships

_encode = msgspec.msgpack.Encoder().encode


def paragraphs_of(texts: Texts, article: Entry, language: str) -> Iterator[Passage]:
    """The passages of one article: itself, by its title, and its paragraphs; `language` is that of the dossier."""
    language = article.text("language") or language
    publisher, date = article.text("publisher"), article.text("published")
    title = article.title or article.id
    facts = _facts(article)

    def passage(kind: str, key: str, text: str, paragraph: int = 0) -> Passage:
        return _seal(
            Passage(
                key,
                article.id,
                kind,
                title,
                text,
                article=article.id,
                paragraph=paragraph,
                publisher=publisher,
                date=date,
                language=language,
                facts=facts,
            )
        )

    words = [text for field in searched_fields("article") for text in article.texts(field) if text]
    yield passage("article", f"article:{article.id}", " · ".join([title, *words]))
    for number, text in texts.paragraphs(article.id):
        yield passage("paragraph", f"paragraph:{article.id}:{number}", text, number)


class Describer:
    """Describes entries to an engine, with what has to be known of other entries for it."""

    def __init__(self, db: Catalogue, language: str) -> None:
        self.db = db
        self.language = language
        self.members = memberships(db)
        self.parents = dict(db.rows("SELECT source, target FROM links WHERE field = 'parent'"))
        titled = "SELECT id, title FROM entries WHERE kind NOT IN ('quote', 'article') AND shadow = 0"
        self.titles = dict(db.rows(titled))
        self.stances = {name: relation.stance for name, relation in relations(db).items() if relation.stance}
        self._articles: dict[str, Entry | None] = {}

    def context(self) -> bytes:
        """The inputs that would change the passages of every entry if they changed."""
        shadowed = self.db.rows("SELECT id, file, ord FROM entries WHERE shadow = 1 ORDER BY 1, 2, 3")
        told = (self.members, self.parents, self.titles, self.stances)
        return _encode([self.language, [sorted(one.items()) for one in told], shadowed])

    def entries_of(self, file: str) -> Iterator[Passage]:
        """The passages of the entries that are written in a file; articles are told by `paragraphs_of`."""
        for entry in self.db.entries("file = ? AND kind <> 'article' AND shadow = 0 ORDER BY ord", file):
            yield _seal(self.passage(entry))
        for key, link in self.db.links("file = ? AND field = ''", file):
            yield _seal(self.passage_of(link, key))

    def passage_of(self, link: Link, key: str) -> Passage:
        """A link as an engine is given it: the words it rests on, and its note."""
        file = link.place.file
        evidence = self.db.evidence("owner = ? AND file = ? ORDER BY ordinal", key, file)
        first = evidence[0] if evidence else None
        article = self._article(first.article) if first else None
        source, target = (self.titles.get(end, end) for end in (link.source, link.target))
        is_side = self._is(link.source, "person") or self._is(link.source, "delegation")
        date = link.date or (article.text("published") if article else "")
        return Passage(
            link_key(file, key),
            link.source,
            "link",
            f"{source} {link.relation} {target}",
            " … ".join(filter(None, [*(one.text or one.wanted.text for one in evidence), link.note])),
            article=first.article if first else "",
            paragraph=first.paragraph if first else 0,
            delegation=self._delegations(None, [link.source], date) if is_side else (),
            issue=self._upward([link.target]) if self._is(link.target, "issue") else (),
            publisher=article.text("publisher") if article else "",
            stance=tuple(filter(None, [self.stances.get(link.relation)])),
            status=entry_queries.worst(evidence) or "",
            date=date,
            language=(article.text("language") if article else "") or self.language,
            facts=_facts(article),
        )

    def _is(self, entry: str, kind: str) -> bool:
        return self.db.value("SELECT 1 FROM entries WHERE id = ? AND kind = ? AND shadow = 0", entry, kind) is not None

    def _article(self, article: str) -> Entry | None:
        if article not in self._articles:
            self._articles[article] = self.db.entry(article)
        return self._articles[article]

    def passage(self, entry: Entry) -> Passage:
        """An entry as an engine is given it."""
        evidence = entry_queries.evidence_of(self.db, entry.id)
        first = evidence[0] if evidence else None
        article = self._article(first.article) if first else None
        speakers, issues, people = self._linked_ids(entry)
        date = entry.text("date") or entry.text("when") or (article.text("published") if article else "")
        named = entry.kind != "quote"
        body = [text for field in searched_fields(entry.kind) for text in entry.texts(field) if text]
        return Passage(
            f"{entry.kind}:{entry.id}",
            entry.id,
            entry.kind,
            entry.title,
            ". ".join(body) if named else " · ".join([entry.title, *body]),
            names=(*entry.names, *entry.texts("search_aliases")) if named else (),
            article=first.article if first else "",
            paragraph=first.paragraph if first else 0,
            speaker=tuple(speakers),
            delegation=self._delegations(entry, [*speakers, *people], date),
            issue=self._upward([*issues, *([entry.id] if entry.kind == "issue" else [])]),
            publisher=article.text("publisher") if article else "",
            attribution=(entry.text("attribution") or "direct") if entry.kind == "quote" else "",
            stance=tuple(filter(None, [entry.text("stance")])),
            status=entry_queries.worst(evidence) or "",
            date=date,
            language=(article.text("language") if article else "") or self.language,
            facts=_facts(entry, article),
        )

    def _linked_ids(self, entry: Entry) -> tuple[list[str], list[str], list[str]]:
        """The speakers, issues and participants that an entry names."""
        rows = self.db.rows("SELECT relation, target FROM links WHERE source = ? ORDER BY rank, ord", entry.id)
        kinds = (SAID_BY, ABOUT, ATTENDED_BY)
        speakers, issues, people = ([target for relation, target in rows if relation == one] for one in kinds)
        return speakers, issues, people

    def _delegations(self, entry: Entry | None, people: list[str], date: str) -> tuple[str, ...]:
        own: list[str] = []
        if entry is not None:
            theirs_own = self.members.get(entry.id, ())
            own = [entry.id] if entry.kind == "delegation" else [one.delegation for one in theirs_own]
        theirs = [side for one in people for side in delegations_of(self.members, one, date)]
        return tuple(dict.fromkeys(one for one in (*own, *theirs) if one))

    def _upward(self, issues: list[str]) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for issue in issues:
            above: str | None = issue
            while above and above not in found:
                found[above] = None
                above = self.parents.get(above)
        return tuple(found)


def _facts(*entries: Entry | None) -> tuple[tuple[str, str], ...]:
    """The fields of some entries that a query asks for and that a passage has no place for."""
    return tuple(
        (field.name, value)
        for entry in entries
        if entry is not None
        for field in queried_fields(entry.kind)
        if field.name not in Passage.__struct_fields__
        for value in entry.texts(field.name)
    )


def _seal(passage: Passage) -> Passage:
    digest = hashlib.blake2b(_encode(passage), digest_size=12).hexdigest()
    return msgspec.structs.replace(passage, digest=digest)
