"""The words of a quote in pieces: each as it stands in the article, with `…` for what is left out between them."""

from collections.abc import Sequence

from dossier.model.anchor_search import places
from dossier.model.problems import DossierError
from dossier.model.quotations import QuotationMatch
from dossier.model.resolving import Text

BREAK = " … "
"""What stands between two pieces."""
_TRAILING = " ,\t\r\n"


def in_pieces(text: Text, words: str, start: int) -> tuple[str, int]:
    """The words of the quotation at offset `start` of an article, and the offset behind the first piece.

    The words are empty when they stand there uninterrupted. What an editor put in (`[Lam]`) stays as it was given.
    """
    folded = text.folded
    quotation = next((one for one in places(folded, words) if folded.start(one.start) == start), None)
    if quotation is None or not quotation.left_out:
        return "", -1
    spans = [(folded.start(first), folded.end(last)) for first, last in _stretches(quotation)]
    if "[" in words and words.replace("[…]", "").replace("[...]", "").count("["):
        return words.strip(), spans[0][1]
    return BREAK.join(text.original[first:last].strip(_TRAILING) for first, last in spans), spans[0][1]


def _stretches(quotation: QuotationMatch) -> list[tuple[int, int]]:
    begins = [quotation.start, *(end for _, end in quotation.left_out)]
    ends = [*(start for start, _ in quotation.left_out), quotation.end]
    return list(zip(begins, ends, strict=True))


def from_offsets(text: Text, pieces: object) -> str:
    """The words of pieces given by their offsets in an article: `[[start, end], …]`.

    Raises:
        DossierError: they are no such list, or not in the article in this order.

    """
    spans = pieces if isinstance(pieces, Sequence) and not isinstance(pieces, str) else ()
    at = text.body
    for span in spans:
        pair = isinstance(span, Sequence) and len(span) == 2 and all(type(one) is int for one in span)
        if not pair or not at <= span[0] < span[1] <= len(text.original):
            raise DossierError("“pieces” must be offsets in the article, [[start, end], …], one behind the other.")
        at = span[1]
    if len(spans) < 2:
        raise DossierError("A quote in pieces has two at least; give start and end for one that is whole.")
    return BREAK.join(text.original[start:end].strip(_TRAILING) for start, end in spans)
