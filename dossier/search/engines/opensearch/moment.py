"""A moment of an index on the server (a point in time), what is known of it, and the questions to it."""

from collections import OrderedDict
from collections.abc import Iterable
from contextlib import suppress
from time import monotonic
from typing import Any

from dossier.model.passages import Passage
from dossier.search.engines.engine import Cancelled, IndexUnavailable
from dossier.search.engines.opensearch.client import Client, RequestStopped, encode_json
from dossier.search.engines.opensearch.common_words import CommonWords
from dossier.search.engines.plan_nodes import Leaf
from dossier.search.engines.postings import rarity

FRESH = 10.0
"""Seconds after which it is looked at whether something was published; the server keeps a moment for a minute."""
GRACE = 0.5
"""Seconds after its time limit in which the server may still give what it has."""
_PARTS = (
    "pit_id", "timed_out", "_shards.failed", "hits.total.value", "hits.hits._score",
    "hits.hits.sort", "hits.hits.fields", "aggregations.*.buckets", "suggest.*.options.text",
)  # fmt: skip
"""The parts of an answer that are sent: the rest is as long as a short passage, for each hit."""
_ONE = f"/_search?filter_path={','.join(_PARTS)}"
_SEVERAL = f"/_msearch?filter_path={','.join(f'responses.{part}' for part in (*_PARTS, 'error', 'status'))}"


class Moment:
    """A moment of an index, which the server keeps for a minute after the last question."""

    def __init__(self, client: Client, pit: str, meta: dict[str, Any]) -> None:
        self._client = client
        self._pit = pit
        self.meta = meta
        """What the publisher says of it."""
        self.until = 0.0
        """When it is to be looked at whether something was published."""
        self.everything = 0
        """Passages in it."""
        self.languages: frozenset[str] = frozenset()
        self.common = CommonWords((), 0)
        self.having: dict[Leaf, int] = {}
        """How many passages have a word."""
        self.lately: OrderedDict[str, Passage] = OrderedDict()
        """Passages of the last answers."""
        self.renew()

    def renew(self) -> None:
        """Look at it for some more seconds."""
        self.until = monotonic() + FRESH

    def weight(self, word: Leaf) -> int:
        """Return the rarity of a word, which is the likely one where it was not counted."""
        having = self.having.get(word)
        return self.common.rarity(word) if having is None else rarity(having, self.everything)

    def ask(self, body: dict[str, Any], until: float, cancelled: Cancelled | None = None) -> Any:
        """Return the answer to one question; raises as `Client.ask`."""
        seconds = seconds_left(until)
        asked = self._asked(body, seconds)
        answer = self._client.ask("POST", _ONE, asked, seconds=seconds + GRACE, cancelled=cancelled)
        self._pit = answer.get("pit_id", self._pit)
        return answer

    def ask_together(self, bodies: Iterable[dict[str, Any]], until: float, cancelled: Cancelled | None) -> list[Any]:
        """Return the answers to several questions in one request; raises as `Client.ask`."""
        seconds = seconds_left(until)
        lines = [line for body in bodies for line in (b"{}\n", encode_json(self._asked(body, seconds)), b"\n")]
        answer = self._client.ask("POST", _SEVERAL, lines=lines, seconds=seconds + GRACE, cancelled=cancelled)
        found: list[Any] = answer["responses"]
        for one in found:
            if "error" in one:
                raise self._client.refusal_of(one["status"], one)
            self._pit = one.get("pit_id", self._pit)
        return found

    def _asked(self, body: dict[str, Any], seconds: float) -> dict[str, Any]:
        pit = {"id": self._pit, "keep_alive": "1m"}
        return body | {"pit": pit, "timeout": f"{max(int(seconds * 1000), 1)}ms"}

    def let_go(self) -> None:
        """Let the server forget it."""
        with suppress(IndexUnavailable, RequestStopped):
            self._client.ask("DELETE", "/_search/point_in_time", {"pit_id": [self._pit]}, seconds=GRACE)


def seconds_left(until: float) -> float:
    """Return the seconds that are left, a hundredth at the least."""
    return max(until - monotonic(), 0.01)


def hits_of(answer: Any) -> list[Any]:
    """Return the hits of an answer; where there are none, the server sends nothing of them."""
    is_partial(answer)
    found: list[Any] = answer.get("hits", {}).get("hits", [])
    return found


def buckets_of(answer: Any, name: str) -> list[Any]:
    """Return the counts of an answer, likewise."""
    is_partial(answer)
    found: list[Any] = answer.get("aggregations", {}).get(name, {}).get("buckets", [])
    return found


def is_partial(answer: Any) -> bool:
    """Return whether the server gave up before it had looked at everything; raises `LookupError` for no answer."""
    return bool(answer["timed_out"] or answer["_shards"]["failed"])
