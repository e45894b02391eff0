"""The engine on an OpenSearch server, behind the same protocol.

All searches look at one moment of the index (a point in time) until something else is published, so that counts, scores
and pages belong together. How rare a word is comes from counts of that moment, asked for once. A search is one request,
which counts a new word and searches with the rarity that it likely has; where it has another, a second one follows.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import RLock
from time import monotonic
from typing import Any, TypeVar

import msgspec

from dossier.model.passages import Passage
from dossier.model.query import Query
from dossier.search.engines.engine import Cancelled, EngineResult, IndexUnavailable, Progress, Ranked, Sort
from dossier.search.engines.opensearch.client import Client, RequestStopped, ServerRefusal
from dossier.search.engines.opensearch.common_words import CommonWords
from dossier.search.engines.opensearch.mapping import FORMAT, PASSAGE, index_body, passage_of
from dossier.search.engines.opensearch.moment import Moment, buckets_of, hits_of, is_partial, seconds_left
from dossier.search.engines.opensearch.paging import WINDOW, page
from dossier.search.engines.opensearch.publisher import read_meta
from dossier.search.engines.opensearch.query import Clause, any_of, leaves, matching, scored
from dossier.search.engines.opensearch.writer import ServerWriter
from dossier.search.engines.plan import meaning
from dossier.search.engines.plan_nodes import Plan
from dossier.search.engines.postings import rarity
from dossier.search.engines.server import Server

LATELY = 400
"""Passages of the last answers that are kept at hand."""
PATIENCE = 2.0
"""Seconds in which the server must answer what has no limit of its own."""
_Answer = TypeVar("_Answer")
OTHER_VERSION = (
    "The index {} on {} was made by another version of the analyzer ({}; this program has {}): "
    "update the older program, and publish again."
)
GONE = "search_context_missing_exception"
_KINDS = {"kinds": {"terms": {"field": "kind", "size": 1000}}}


class OpenSearchEngine:
    """An index on a server. What it is asked by several threads goes over connections of their own."""

    name = "opensearch"

    def __init__(self, server: Server) -> None:
        self._client = Client(server)
        self._index = server.index
        self._lock = RLock()
        self._moment: Moment | None = None

    @contextmanager
    def _now(self, until: float, cancelled: Cancelled | None = None) -> Iterator[Moment]:
        """The moment that is looked at, a new one where the last is old."""
        with self._lock:
            moment = self._moment
            if moment is None or monotonic() > moment.until:
                meta = self._meta(until, cancelled) if moment else {}
                if moment is not None and meta == moment.meta and not meta.get("publishing"):
                    moment.renew()
                else:
                    self._moment = None
                    if moment is not None:
                        moment.let_go()
                    moment = self._moment = self._open_moment(until, cancelled)
        try:
            yield moment
        except ServerRefusal as error:
            if error.kind == GONE:
                with self._lock:
                    self._moment = None
            raise

    def _meta(self, until: float, cancelled: Cancelled | None, *, words: bool = False) -> dict[str, Any]:
        meta = read_meta(self._client, self._index, seconds_left(until), cancelled, words=words)
        if meta.get("analyzer") != FORMAT:
            raise IndexUnavailable(
                OTHER_VERSION.format(self._index, self._client.server.host, meta.get("analyzer"), FORMAT)
            )
        return meta

    def _open_moment(self, until: float, cancelled: Cancelled | None) -> Moment:
        meta = self._meta(until, cancelled, words=True)
        common = meta.pop("common", [])
        path = f"/{self._index}/_search/point_in_time?keep_alive=1m"
        pit = self._client.ask("POST", path, seconds=seconds_left(until), cancelled=cancelled)["pit_id"]
        moment = Moment(self._client, pit, meta)
        body = {
            "size": 0,
            "track_total_hits": True,
            "aggs": {"languages": {"terms": {"field": "language", "size": 200}}},
        }
        answer = moment.ask(body, until, cancelled)
        moment.everything = answer["hits"]["total"]["value"]
        moment.common = CommonWords(common, moment.everything)
        moment.languages = frozenset(one["key"] for one in buckets_of(answer, "languages"))
        return moment

    def search(
        self,
        query: Query,
        *,
        limit: int = 50,
        offset: int = 0,
        sort: Sort = "relevance",
        seconds: float = 2.0,
        cancelled: Cancelled | None = None,
    ) -> EngineResult:
        """See the protocol; `IndexUnavailable` when the server does not answer."""
        until = monotonic() + seconds
        try:
            return self._with_retry(lambda: self._search(query, limit, offset, sort, until, cancelled))
        except RequestStopped:
            return EngineResult((), 0, {}, partial=True)

    def _with_retry(self, ask: Callable[[], _Answer]) -> _Answer:
        """An answer; asked for a second time where the server has let go of the moment that was looked at."""
        try:
            try:
                return ask()
            except ServerRefusal as error:
                if error.kind != GONE:
                    raise
                return ask()
        except (LookupError, TypeError, ValueError, AttributeError, msgspec.MsgspecError) as error:
            raise self._client.nonsense() from error

    def _search(
        self, query: Query, limit: int, offset: int, sort: Sort, until: float, cancelled: Cancelled | None
    ) -> EngineResult:
        if cancelled and cancelled():
            raise RequestStopped
        with self._now(until, cancelled) as moment:
            plan = meaning(query, moment.languages)
            order: list[Clause] = [{"_score": "desc"}] if sort == "relevance" else []
            body = {
                "track_total_hits": True,
                "track_scores": True,
                **PASSAGE,
                "sort": [*order, {"rank": "asc"}, {"key": "asc"}],
                "aggs": _KINDS,
            }
            first, whole = None, True
            if any(leaf not in moment.having for leaf in leaves(plan)):
                first, whole = self._count(moment, plan, body | {"from": offset, "size": limit}, until, cancelled)
            body["query"] = scored(plan, moment.weight)
            hits, first, partial = page(moment, body, limit, offset, until, cancelled, first)
            ranked = []
            for hit in hits:
                passage = passage_of(hit)
                moment.lately[passage.key] = passage
                ranked.append(Ranked(passage.key, round(hit["_score"])))
            while len(moment.lately) > max(LATELY, len(ranked)):
                moment.lately.popitem(last=False)
            facets = {one["key"]: one["doc_count"] for one in buckets_of(first, "kinds")}
            return EngineResult(tuple(ranked), first["hits"]["total"]["value"], facets, partial or not whole)

    def _count(
        self, moment: Moment, plan: Plan, body: dict[str, Any], until: float, cancelled: Cancelled | None
    ) -> tuple[Any, bool]:
        """Count the passages that have the new words of a plan; the answer to `body`, where they turn out to be as rare
        as was likely; whether the server looked at everything.
        """
        new = [leaf for leaf in leaves(plan) if leaf not in moment.having]
        having: list[Clause] = [matching(leaf) for leaf in new]
        counting = {
            "size": 0,
            "track_total_hits": False,
            "query": any_of(having),
            "aggs": {"words": {"filters": {"filters": having}}},
        }
        asked = [counting]
        if body["from"] + body["size"] <= WINDOW:
            asked.append(body | {"query": scored(plan, moment.weight)})
        counted, *first = moment.ask_together(asked, until, cancelled)
        found = dict(zip(new, (bucket["doc_count"] for bucket in buckets_of(counted, "words")), strict=True))
        right = all(rarity(count, moment.everything) == moment.weight(leaf) for leaf, count in found.items() if count)
        moment.having |= found
        if is_partial(counted):  # these counts are good for this answer alone
            moment.until = 0.0
        return first[0] if first and right else None, not is_partial(counted)

    def passages(self, keys: Iterable[str]) -> list[Passage]:
        """See the protocol."""
        wanted = list(keys)

        def ask() -> list[Passage]:
            with self._now(monotonic() + PATIENCE) as moment:
                lacking = [key for key in wanted if key not in moment.lately]
                known = {key: moment.lately[key] for key in wanted if key in moment.lately}
                for at in range(0, len(lacking), 1000):
                    some = lacking[at : at + 1000]
                    body = {"size": len(some), "query": {"terms": {"key": some}}, **PASSAGE}
                    answer = moment.ask(body, monotonic() + PATIENCE)
                    found = [passage_of(hit) for hit in hits_of(answer)]
                    known |= {passage.key: passage for passage in found}
                return [known[key] for key in wanted if key in known]

        return self._with_retry(ask)

    def forms(self, word: str, most: int) -> Iterator[str]:
        """See the protocol."""
        term = {
            "field": "forms", "size": 1000, "shard_size": 1000, "suggest_mode": "always", "min_word_length": 1,
            "prefix_length": 1, "max_edits": max(1, min(most, 2)), "max_term_freq": 1e9, "accuracy": 0.0,
            "string_distance": "damerau_levenshtein", "analyzer": "ask",
        }  # fmt: skip
        body = {"size": 0, "suggest": {"near": {"text": word, "term": term}}}

        def ask() -> list[str]:
            with self._now(monotonic() + PATIENCE) as moment:
                near = moment.ask(body, monotonic() + PATIENCE).get("suggest", {}).get("near", ())
                found = sorted({option["text"] for entry in near for option in entry.get("options", ())})
                return self._live(moment, found)

        return iter(self._with_retry(ask))

    def _live(self, moment: Moment, forms: list[str]) -> list[str]:
        """Return those of some words that a passage still has; suggestions know what was taken out."""
        if not forms:
            return []
        having = [{"term": {"forms": form}} for form in forms]
        body = {"size": 0, "track_total_hits": False, "aggs": {"forms": {"filters": {"filters": having}}}}
        buckets = buckets_of(moment.ask(body, monotonic() + PATIENCE), "forms")
        return [form for form, bucket in zip(forms, buckets, strict=True) if bucket["doc_count"]]

    @property
    def meta(self) -> dict[str, Any]:
        """The publisher's description of the index as it was last looked at; empty before that."""
        with self._lock:
            return self._moment.meta if self._moment else {}

    def languages(self) -> frozenset[str]:
        """See the protocol."""
        with self._now(monotonic() + PATIENCE) as moment:
            return moment.languages

    def digests(self) -> dict[str, str]:
        """See the protocol; for a small index, as a publisher compares the stamps of units."""
        body = {
            "size": WINDOW, "_source": False, "docvalue_fields": ["digest"], "sort": [{"key": "asc"}],
            "track_total_hits": False,
        }  # fmt: skip
        found: dict[str, str] = {}
        with self._now(monotonic() + 5 * PATIENCE) as moment:
            while True:
                hits = hits_of(moment.ask(body, monotonic() + 5 * PATIENCE))
                found |= {hit["sort"][0]: hit["fields"]["digest"][0] for hit in hits}
                if len(hits) < WINDOW:
                    return found
                body = body | {"search_after": hits[-1]["sort"]}

    def update(
        self,
        add: Iterable[Passage],
        remove: Iterable[str],
        *,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> bool:
        """See the protocol."""
        try:
            self._client.ask("PUT", f"/{self._index}", index_body({"analyzer": FORMAT}))
        except ServerRefusal as error:
            if error.kind != "resource_already_exists_exception":
                raise
        try:
            return ServerWriter(self._client, self._index).update(add, remove, progress=progress, cancelled=cancelled)
        finally:
            self.close()

    def close(self) -> None:
        """See the protocol."""
        with self._lock:
            moment, self._moment = self._moment, None
        if moment is not None:
            moment.let_go()
        self._client.close()
