"""The front door of the search: text in, an answer that explains itself out."""

from collections.abc import Iterable
from time import monotonic
from typing import Any

from dossier.model.passages import KINDS_FOUND, Answer, Hit, Most, Passage
from dossier.model.query import And, Every, Favour, Field, Not, Or, Parsed, Query
from dossier.model.search_request import SearchRequest
from dossier.search.engines.engine import Cancelled, Engine, EngineResult, Progress
from dossier.search.query.names import KINDS_OF, Mode, Names, resolved
from dossier.search.query.parser import join, parse
from dossier.search.query.suggestions import RARE, suggestions
from dossier.search.snippets import snippet


class ResolvedQuery(Parsed, frozen=True):
    """A text as it is searched for: understood, its names resolved and expanded."""

    searched: Query | None = None
    """What the engine is asked, and what is to be highlighted; None when there is nothing to search for."""
    notes: tuple[str, ...] = ()
    """What to tell the user of it."""


class Finder:
    """An engine and the names of a dossier, ready to answer."""

    def __init__(self, engine: Engine, names: Names | None = None) -> None:
        self.engine = engine
        self.names = names or Names()

    def ask(self, text: str, *, typing: bool = False, mode: Mode = "aliases") -> ResolvedQuery:
        """Parse the query `text`; `typing` takes its last word for the beginning of one."""
        parsed = parse(text, typing=typing)
        if typing and parsed.query is None and text.endswith(":"):  # there is nothing else to show while it is empty
            parsed = parse(text)
        notes = [f"{mistake.position + 1}: {mistake.message}" for mistake in parsed.mistakes]
        query = parsed.query
        if query is not None:
            query, unknown = resolved(query, self.names, typing=typing)
            notes += [self._unknown(field) for field in unknown if not typing]
            query = self.names.favour(self.names.expand(query, mode), text)
        elif text.strip() and not notes and not typing:
            notes.append("There is nothing to search for in this.")
        return ResolvedQuery(text, parsed.query, parsed.understood, parsed.mistakes, query, tuple(notes))

    def find(
        self,
        text: str,
        *,
        within: frozenset[str] | None = None,
        seconds: float = 2.0,
        cancelled: Cancelled | None = None,
        **fields: Any,
    ) -> Answer:
        """The passages that `text` finds; `fields` are those of a `SearchRequest`."""
        return self.answer(SearchRequest(text, **fields), within=within, seconds=seconds, cancelled=cancelled)

    def answer(
        self,
        request: SearchRequest,
        *,
        within: frozenset[str] | None = None,
        also: Query | None = None,
        seconds: float = 2.0,
        cancelled: Cancelled | None = None,
    ) -> Answer:
        """The passages that a request finds, in about `seconds`.

        Lens and filters of the request are not looked at, as they are known by what they narrow the search to: `within`
        to passages whose id or key is in it, `also` to those it matches. With a kind, `facets` are those of its hits.
        With `most` those hits are left out that a list by kind does not show at first: snippets are most of the work.
        Mistakes in the text are told in the notes.
        """
        text, kind, typing = request.text, request.kind, request.typing
        until = monotonic() + seconds
        asked = self.ask(text, typing=typing, mode=request.mode)
        if asked.searched is None:
            return Answer(text, "", 0, (), notes=asked.notes)
        query = _narrowed(asked.searched, within, also, kind)
        found = self.engine.search(
            query, limit=request.limit, offset=request.offset, sort=request.sort, seconds=seconds, cancelled=cancelled
        )
        rest = None if kind else _of_any_kind(asked.searched)  # the other kinds are counted, to be chosen
        facets = found.facets if rest is None else self._facets(_narrowed(rest, within, also), until, cancelled)
        few = found.total < RARE and not (found.partial or typing or kind)
        better = suggestions(asked.query, self.engine, self.names, until, found.total) if few and asked.query else ()
        return Answer(
            query=text,
            understood=asked.understood,
            total=found.total,
            hits=self._hits(found, asked.searched, request.most),
            counts=_in_order(found.facets),
            facets=_in_order(facets),
            partial=found.partial,
            notes=(*asked.notes, "Time ran out: there may be more.") if found.partial else asked.notes,
            suggestions=better,
        )

    def _facets(self, query: Query, until: float, cancelled: Cancelled | None) -> dict[str, int]:
        """Numbers of matches by kind, counted until the time `until`."""
        left = max(until - monotonic(), 0.01)
        return self.engine.search(query, limit=1, seconds=left, cancelled=cancelled).facets

    def _hits(self, found: EngineResult, query: Query, most: Most | None) -> tuple[Hit, ...]:
        passages = {passage.key: passage for passage in self.engine.passages(item.key for item in found.ranked)}
        ranked = [(passages[item.key], item.score) for item in found.ranked if item.key in passages]
        if most is not None:
            room = dict.fromkeys(found.facets, most.alone if len(found.facets) == 1 else most.each)
            kept = []
            for passage, score in ranked:
                room[passage.kind] = left = room.get(passage.kind, most.each) - 1
                if left >= 0:
                    kept.append((passage, score))
            ranked = kept
        return tuple([_hit(passage, query, score) for passage, score in ranked])

    def refresh(
        self,
        passages: Iterable[Passage],
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> bool:
        """Bring the index to hold exactly `passages`; what is in it with the same digest is left alone.

        Returns whether all was done: False when it was cancelled, and then what was done is kept.
        """
        known = self.engine.digests()
        wanted: dict[str, Passage] = {}
        gone = set(known)
        for passage in passages:
            gone.discard(passage.key)
            if not passage.digest or known.get(passage.key) != passage.digest:
                wanted[passage.key] = passage
            else:
                wanted.pop(passage.key, None)
        if not wanted and not gone:
            return True
        return self.engine.update(wanted.values(), sorted(gone), progress=progress, cancelled=cancelled)

    def _unknown(self, field: Field) -> str:
        meant = self.names.guess(KINDS_OF[field.name], field.values[0])
        hint = f" Did you mean {field.name}:{meant}?" if meant else ""
        return f"{field.name}: nothing is called {field.values[0]}.{hint}"


def _narrowed(query: Query, within: frozenset[str] | None, also: Query | None, kind: str = "") -> Query:
    parts = [query]
    parts += [Field("within", tuple(sorted(within)))] if within is not None else []
    parts += [also] if also is not None else []
    parts += [Field("kind", (kind,))] if kind else []
    return And(tuple(parts)) if len(parts) > 1 else query


def _in_order(facets: dict[str, int]) -> dict[str, int]:
    """Numbers by kind, in the order of the kinds."""
    return {kind: facets[kind] for kind in (*KINDS_FOUND, *facets) if kind in facets}


def _of_any_kind(query: Query) -> Query | None:
    """The query without what it says of kinds, so that the others can be counted; None when it says nothing of them."""
    if isinstance(query, Favour):
        return _of_any_kind(query.part)
    parts = query.parts if isinstance(query, And) else (query,)
    others = [part for part in parts if not _is_kind(part.part if isinstance(part, Not) else part)]
    if len(others) == len(parts):
        return None
    return join([*others]) or Every()


def _is_kind(part: Query) -> bool:
    if isinstance(part, Or):
        return all(map(_is_kind, part.parts))
    return isinstance(part, Field) and part.name == "kind"


def _hit(passage: Passage, query: Query, score: int) -> Hit:
    text, spans, why = snippet(passage, query)
    return Hit(
        key=passage.key,
        id=passage.id,
        kind=passage.kind,
        title=passage.title,
        article=passage.article,
        paragraph=passage.paragraph,
        snippet=text,
        spans=spans,
        score=float(score),
        why=why,
        date=passage.date,
        status=passage.status,
    )
