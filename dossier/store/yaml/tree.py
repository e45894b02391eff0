"""Values of a YAML file with their positions: texts, lists and mappings, nothing interpreted."""

from msgspec import Struct


class Scalar(Struct, gc=False):
    """A text as written."""

    value: str
    line: int
    """From 0, as is `column`."""
    column: int
    plain: bool = True
    """Whether it stands without quotation marks and is no block."""


class Sequence(Struct, gc=False):
    """A list."""

    items: list["Node"]
    line: int
    column: int


class Mapping(Struct, gc=False):
    """Keys with values, in the order written; no key twice."""

    pairs: list[tuple[Scalar, "Node"]]
    line: int
    column: int


class Unusable(Struct, gc=False):
    """A value that has been complained of already."""

    line: int
    column: int


Node = Scalar | Sequence | Mapping | Unusable
"""Any value."""
START = Unusable(0, 0)
"""The beginning of a file."""


def extent(node: Node, most: int) -> tuple[int, int]:
    """How many values `node` holds, itself counted (beyond `most` no further), and how deep they are nested."""
    size = height = 0
    level: list[Node] = [node]
    while level and size <= most:
        size += len(level)
        inner: list[Node] = []
        for item in level:
            if isinstance(item, Sequence):
                inner += item.items
            elif isinstance(item, Mapping):
                inner += [part for pair in item.pairs for part in pair]
        height += bool(inner)
        level = inner
    return size, height
