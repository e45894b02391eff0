"""The kinds of what a search found, with their counts, as a row of choices."""

from collections.abc import Callable

from msgspec import Struct
from rich.style import Style

from dossier.model.passages import Answer
from dossier.model.search_request import SearchRequest
from dossier.ui.drawing.text import Piece, cells

_MANY = {"person": "people"}


class Facet(Struct, frozen=True):
    """A kind that may be chosen."""

    kind: str
    """As in the query language; empty for all kinds."""
    count: int
    """The number of hits of it."""
    sign: str = ""
    """`+` when only it is asked for, `-` when it is left out."""

    @property
    def text(self) -> str:
        """The text of the facet: sign, count, kind."""
        return f"{self.sign}{count_of_kind(self.kind, self.count)}" if self.kind else f"{self.count:,} in all"


def count_of_kind(kind: str, count: int) -> str:
    """Count things of a kind in words: `1 person`, `2 people`."""
    return f"{count:,} {kind if count == 1 else _MANY.get(kind, f'{kind}s')}"


def facets_of(answer: Answer, asked: SearchRequest) -> list[Facet]:
    """All kinds together, then each with its count and whether the query has it in or out."""
    from dossier.desk.search.query_edit import kinds_asked  # noqa: PLC0415 - not needed to start

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


class Kinds:
    """The row of the kinds: one of them is the chosen one, and it may take several lines."""

    def __init__(self) -> None:
        self.all: list[Facet] = []
        """All of them, in their order."""
        self._at = 0
        self.lines: list[list[int]] = []
        """The numbers of the facets on each line."""

    def __bool__(self) -> bool:
        return bool(self.all)

    @property
    def here(self) -> Facet:
        """The chosen one."""
        return self.all[self._at] if self.all else Facet("", 0)

    def show(self, facets: list[Facet], chosen: str) -> None:
        """Show other ones; nothing where there is but one kind, none being left out. `chosen` is a kind."""
        self.all = facets if len(facets) > 2 or any(one.sign for one in facets) else []
        self._at = next((at for at, one in enumerate(self.all) if one.kind == chosen), 0)

    def lay_out(self, width: int) -> None:
        """Break the row into lines."""
        self.lines = laid_out(self.all, width)

    def move(self, by: int) -> None:
        """Move to the next one, or to the one before."""
        self._at = max(0, min(self._at + by, len(self.all) - 1))

    def only(self, kind: str) -> bool:
        """Return whether a kind is one that the query asks for."""
        return any(one.sign == "+" and one.kind == kind for one in self.all)

    def pieces(self, part: int, look: Callable[[str], Style], *, led: bool) -> list[Piece]:
        """A line of the row; `led` says that the cursor is on it."""
        found: list[Piece] = []
        for at in self.lines[part] if part < len(self.lines) else ():
            facet = self.all[at]
            here = at == self._at and led
            style = "row--tab" if here else "row--strong" if facet.sign == "+" else "row--faint"
            found += [(f"[{facet.text}]" if here else f" {facet.text} ", look(style))]
        return found
