"""The kinds of what a search found, with their counts, as a row of choices."""

from msgspec import Struct

from dossier.model.passages import Answer
from dossier.ui.searching import Asked
from dossier.ui.text import cells

_MANY = {"person": "people"}


class Facet(Struct, frozen=True):
    """One kind that may be chosen."""

    kind: str
    """As in the query language; empty for all kinds."""
    count: int
    """How many hits there are of it."""
    sign: str = ""
    """`+` when only it is asked for, `-` when it is left out."""

    @property
    def text(self) -> str:
        """What it says: sign, count, kind."""
        if not self.kind:
            return f"{self.count:,} in all"
        many = self.kind if self.count == 1 else _MANY.get(self.kind, f"{self.kind}s")
        return f"{self.sign}{self.count:,} {many}"


def facets_of(answer: Answer, asked: Asked) -> list[Facet]:
    """All kinds together, then each with its count and whether the query has it in or out."""
    from dossier.desk.asking import kinds_asked  # noqa: PLC0415 - not needed to start

    wanted, unwanted = kinds_asked(asked.text, typing=asked.typing)
    kinds = [
        Facet(kind, count, "+" if kind in wanted else "-" if kind in unwanted else "")
        for kind, count in answer.facets.items()
    ]
    return [Facet("", sum(answer.facets.values())), *kinds]


def laid_out(facets: list[Facet], width: int) -> list[list[int]]:
    """The numbers of the facets that stand on each line."""
    lines: list[list[int]] = []
    room = 0
    for at, facet in enumerate(facets):
        size = cells(facet.text) + 2
        if not lines or size > room:
            lines.append([])
            room = width
        lines[-1].append(at)
        room -= size
    return lines
