"""The mapping of an index on the server.

Our analyzer makes the words; the server gets them with spaces between and splits at U+0020 alone, as the marks in our
terms are white space to Java. How much a word counts is a feature of `impacts`, so that the server's sums are our whole
numbers. A passage is kept as a text of its own and not as the source of the document: the names of its features are as
many as its words, and the server would read and write them once more for each passage that it takes in.
"""

import hashlib
from typing import Any

import msgspec

from dossier.model.passages import Passage
from dossier.search.engines.index_terms import SHORTEST, impacts_by_term
from dossier.search.engines.opensearch.client import encode_json
from dossier.search.engines.postings import ANALYZER, indexed
from dossier.search.text.normalize import language_of, root
from dossier.search.text.tokenizer import EXACT

LAYOUT = 2
"""Version of the layout below, raised by hand with every change of it."""
FORMAT = f"{ANALYZER}.{LAYOUT}"
"""Version of what an index holds; a reader of another one does not search it."""
DOT = "\x1c"
"""Stands for the full stop, which the server takes for a path in the name of a feature. No term has it."""
HOLE = "#"
"""A place of a phrase that may hold anything."""
LONGEST = 300
"""Characters of a form from which the server leaves it out; ours have no more than 64."""
_KEYWORD = {"type": "keyword"}
_SOUGHT = {"type": "keyword", "doc_values": False}
_PLACES = {"type": "text", "analyzer": "in", "search_analyzer": "ask", "norms": False, "position_increment_gap": 64}

MAPPING: dict[str, Any] = {
    "dynamic": "strict",
    "_source": {"enabled": False},
    "properties": {
        "key": _KEYWORD,
        "unit": _KEYWORD,
        "stamp": _KEYWORD,
        "digest": {"type": "keyword", "index": False},
        "kind": _KEYWORD,
        "language": _KEYWORD,
        "tags": _SOUGHT,
        "letters": _SOUGHT,
        "forms": {"type": "keyword", "ignore_above": LONGEST, "doc_values": False},
        "impacts": {"type": "rank_features"},
        "places": _PLACES,
        "words": _PLACES,
        "rank": {"type": "long"},
        "since": {"type": "integer"},
        "until": {"type": "integer"},
        "passage": {"type": "keyword", "index": False, "doc_values": False, "store": True},
    },
}
PASSAGE = {"_source": False, "stored_fields": ["passage"]}
"""Asks for the passages of hits."""
_passage = msgspec.json.Decoder(Passage).decode
ANALYSIS: dict[str, Any] = {
    "tokenizer": {"sp": {"type": "char_group", "tokenize_on_chars": [" "], "max_token_length": 10_000}},
    "filter": {"hole": {"type": "stop", "stopwords": [HOLE]}},
    "analyzer": {"in": {"tokenizer": "sp"}, "ask": {"tokenizer": "sp", "filter": ["hole"]}},
}


def index_body(meta: dict[str, Any]) -> dict[str, Any]:
    """Return the settings and mappings of a new index; `meta` is kept with it.

    It has a copy where there is a second node, and what is written is seen, and safe, when the writer says so: a lost
    end is sent again by the next run.
    """
    settings = {
        "number_of_shards": 1, "auto_expand_replicas": "0-1", "refresh_interval": "-1",
        "translog.durability": "async", "analysis": ANALYSIS,
    }  # fmt: skip
    return {"settings": settings, "mappings": MAPPING | {"_meta": meta}}


def document_id(key: str) -> str:
    """Return the id of a passage on the server, which takes no more than 512 bytes."""
    return hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()


def feature(term: str) -> str:
    """Return a term as the name of a feature."""
    return term.replace(".", DOT)


def passage_of(hit: dict[str, Any]) -> Passage:
    """Return the passage of a hit that was asked for with `PASSAGE`."""
    return _passage(hit["fields"]["passage"][0])


def document_of(passage: Passage, unit: str = "", stamp: str = "") -> dict[str, Any]:
    """Return a passage as the server takes it; `unit` is the article or file whose change would change it."""
    one = indexed(passage)
    forms = one.forms
    document = {
        "key": passage.key,
        "digest": passage.digest,
        "kind": passage.kind,
        "language": language_of(passage.language),
        "tags": one.tags,
        "forms": list(forms),
        "letters": list({form[:length] for form in forms for length in range(1, SHORTEST + 1)}),
        "impacts": {feature(term): impact for term, impact in impacts_by_term(one.impacts).items()},
        "places": [" ".join(map(root, stream)) for stream in one.streams if stream],
        "words": [" ".join([term.removeprefix(EXACT) for term in stream]) for stream in one.exact if stream],
        "rank": one.rank,
        "passage": encode_json(passage).decode("utf-8"),
    }
    if unit:
        document |= {"unit": unit, "stamp": stamp}
    if one.since:
        document |= {"since": one.since, "until": one.until}
    return document
