"""Resolved anchors as the catalogue stores them: only what their rows do not say already."""

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import Struct

from dossier.model.anchors import Evidence
from dossier.model.entries import Anchor

COLUMNS = "owner, ordinal, wanted, article, status, start, end, record"
"""The columns of the table `anchors` that make a piece of evidence."""


class _Finding(Struct, frozen=True, gc=False, omit_defaults=True, array_like=True):
    text: str | None = None
    """The words that stand there; None when they are the wanted ones to the letter, as nearly always."""
    paragraph: int = 0
    why: str = ""
    places: tuple[tuple[int, int], ...] = ()
    quoted: bool = False


_encode = msgspec.msgpack.Encoder().encode
_finding = msgspec.msgpack.Decoder(_Finding).decode
_wanted = msgspec.msgpack.Decoder(Anchor).decode


def evidence_of(row: Sequence[Any]) -> Evidence:
    """The piece of evidence in a row of `COLUMNS`."""
    owner, ordinal, blob, article, status, start, end, record = row
    wanted, found = _wanted(blob), _finding(record)
    if article and not wanted.article:  # the only one there is
        wanted = msgspec.structs.replace(wanted, article=article)
    text = "" if start < 0 else wanted.text if found.text is None else found.text
    return Evidence(
        owner, ordinal, wanted, status, start, end, text, found.paragraph, found.why, found.places, found.quoted
    )


def row_of(evidence: Evidence, digest: bytes, number: int) -> tuple[Any, ...]:
    """Digest of the article, status, start, end, whether there is more to say, record and number.

    As `Catalogue.resolve` takes them. There is more to say of evidence outside of quotation marks, or with a reason.
    """
    told = None if evidence.start < 0 or evidence.text == evidence.wanted.text else evidence.text
    record = _encode(_Finding(told, evidence.paragraph, evidence.why, evidence.places, evidence.quoted))
    noted = int(bool(evidence.why) or not evidence.quoted)
    return digest, evidence.status, evidence.start, evidence.end, noted, record, number
