"""Values of a YAML file with their positions: texts, lists and mappings, nothing interpreted."""

from msgspec import Struct


class Cut(Struct, frozen=True, gc=False):
    """Words that stand directly behind a plain text, but that YAML does not take for a part of it."""

    text: str
    """As written, with what parts it from the text: ` #1 and will not sign`, `, but only if`."""
    line: int
    """Of its first sign, from 0, as is `column`."""
    column: int
    certain: bool
    """Whether it surely is a part of the text; if not, the article decides."""
    sign: str
    """What cut it off: `#`, `,`."""


class Scalar(Struct, gc=False):
    """A text as written."""

    value: str
    line: int
    """From 0, as is `column`."""
    column: int
    plain: bool = True
    """Whether it stands without quotation marks and is no block."""
    bare: bool = False
    """Whether it is the empty value of a key without a colon, as `b` is one in `{a: x, b}`."""
    cut: Cut | None = None
    """What stands behind it and may belong to it."""

    @property
    def is_empty(self) -> bool:
        """Return whether there is no text, nor any that was surely cut off."""
        return not self.value.strip() and not (self.cut and self.cut.certain)


class Sequence(Struct, gc=False):
    """A list."""

    items: list["Node"]
    line: int
    column: int
    flow: bool = False
    """Whether it stands in brackets."""


class Mapping(Struct, gc=False):
    """Keys with values, in the order written; no key twice."""

    pairs: list[tuple[Scalar, "Node"]]
    line: int
    column: int
    flow: bool = False
    """Whether it stands in braces."""


class Unusable(Struct, gc=False):
    """A value that has been complained of already."""

    line: int
    column: int


Node = Scalar | Sequence | Mapping | Unusable
"""Any value."""
START = Unusable(0, 0)
"""The beginning of a file."""


def extent(node: Node, most: int) -> tuple[int, int]:
    """Count the values that `node` holds, itself included (beyond `most` no further), and how deep they are nested."""
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


def keys_of(node: Node) -> list[str]:
    """The keys of a mapping and of the mappings in it: ids that others may name."""
    found: list[str] = []
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Mapping):
            found += [key.value for key, _ in one.pairs]
            waiting += [value for _, value in one.pairs]
    return found
