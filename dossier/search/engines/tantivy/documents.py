"""Documents of tantivy, from passages.

Our analyzer makes the tokens; tantivy gets them with spaces between. A word that counts 3 in a passage is the token
`word`, a separator and the digit 3 in the field `terms`, so that the engine's sums are our whole numbers. Stems in
their order are in `places`, the very words in `words`, second forms in `seconds`: these say what matches.
Beginnings and near misses are looked for in `forms`, the shortest beginnings, which so many forms have, in `letters`.
"""

import zlib
from sys import intern
from typing import Any

from msgspec.msgpack import Decoder, Encoder

from dossier.model.passages import Passage
from dossier.search.engines.index_terms import SHORTEST, impacts_by_term
from dossier.search.engines.postings import GAP, WHOLE, indexed
from dossier.search.text.normalize import BOUND, ENGLISH
from dossier.search.text.tokenizer import EXACT

LEVEL = "\x1d"
"""Stands between a term and how much it counts."""

DAYS = 100_000_000
"""Added to days: the fields take no numbers below 0."""

_APART = "\x1f"
"""Stands between tags, which may have spaces in them; one text is handed over sooner than ten. No tag has it,
whatever a file says: it is white space to `str.split`, and `dossier.search.engines.postings.tag` keeps only spaces.
"""
_FILLER = " \x1e" * GAP + " "
"""Places that hold no word, between a text and its names."""
_LEVELS = [f"{LEVEL}{impact}" for impact in range(WHOLE + 1)]
_encode = Encoder().encode
_decode = Decoder(Passage).decode
_SUM = 4
"""Bytes of the sum before a stored passage."""


def make_schema(tantivy: Any) -> Any:
    """The fields of an index."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("tags", tokenizer_name="apart", index_option="basic")
    builder.add_text_field("kind", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field("terms", tokenizer_name="spaced", index_option="basic")
    builder.add_text_field("seconds", tokenizer_name="spaced", index_option="basic")
    builder.add_text_field("forms", tokenizer_name="spaced", index_option="basic")
    builder.add_text_field("letters", tokenizer_name="spaced", index_option="basic")
    builder.add_text_field("places", tokenizer_name="spaced", index_option="position")
    builder.add_text_field("words", tokenizer_name="spaced", index_option="position")
    for name in ("rank", "since", "until"):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    builder.add_bytes_field("passage", stored=True)
    return builder.build()


def register_tokenizers(tantivy: Any, index: Any) -> None:
    """Tell an index how the texts of its fields are cut."""
    for name, cut in (
        ("spaced", tantivy.Tokenizer.whitespace()),
        ("apart", tantivy.Tokenizer.regex(f"[^{_APART}]+")),
    ):
        index.register_tokenizer(name, tantivy.TextAnalyzerBuilder(cut).build())


def document_of(tantivy: Any, passage: Passage) -> Any:
    """A passage as a document of such an index."""
    one = indexed(passage)
    forms = one.forms
    document = tantivy.Document()
    document.add_text("key", passage.key)
    document.add_text("tags", _APART.join(one.tags))
    document.add_text("kind", str(passage.kind))
    document.add_text(
        "terms", " ".join([term + _LEVELS[impact] for term, impact in impacts_by_term(one.impacts).items()])
    )
    document.add_text("seconds", " ".join(impacts_by_term(dict.fromkeys(one.seconds, 0))))
    document.add_text("forms", " ".join(forms))
    document.add_text("letters", " ".join(set(map(_begun.__getitem__, forms))))
    document.add_text(
        "places", _FILLER.join([" ".join([term.removesuffix(ENGLISH) for term in stream]) for stream in one.streams])
    )
    document.add_text(
        "words", _FILLER.join([" ".join([term.removeprefix(EXACT) for term in stream]) for stream in one.exact])
    )
    document.add_unsigned("rank", one.rank)
    if one.since:
        document.add_unsigned("since", one.since + DAYS)
        document.add_unsigned("until", one.until + DAYS)
    document.add_bytes("passage", with_sum(_encode(passage)))
    return document


def with_sum(data: bytes) -> bytes:
    """Return a stored passage with its sum before it."""
    return zlib.crc32(data).to_bytes(_SUM, "big") + data


def stored_passage(document: Any) -> Passage:
    """Return the passage that a document of the index holds.

    Raises:
        ValueError: it is not as it was written.

    """
    stored = document.get_first("passage")
    data = stored[_SUM:]
    if zlib.crc32(data).to_bytes(_SUM, "big") != stored[:_SUM]:
        raise ValueError("a stored passage is not as it was written")
    return _decode(data)


def nothing_removed(searcher: Any) -> bool:
    """Return whether no passage was taken out since tantivy merged last: it counts those with a term until then."""
    return bool(sum(count for _, count in searcher.terms_with_prefix("kind", "")) == searcher.num_docs)


class _BeginningCache(dict[str, str]):
    """Forms to their shortest beginnings, with spaces between: of so many forms the same few, again and again."""

    def __missing__(self, form: str) -> str:
        if len(self) >= BOUND:
            self.clear()
        begun = self[form] = intern(" ".join(dict.fromkeys((form[:SHORTEST], form[:1]))))
        return begun


_begun = _BeginningCache()
