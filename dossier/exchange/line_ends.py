"""Texts that are the same but for the way their lines end, and the way from the offsets of one to those of the other.

An article that was copied by another program often comes back with a byte order mark, or with CR LF for LF. It is the
article all the same; a text that differs in anything else is another text.
"""

import hashlib
from array import array
from bisect import bisect_left

_MARK = "\ufeff"


def text_digest(text: str) -> str:
    """The SHA-256 of a text without byte order mark, its line ends written as LF."""
    plain = text.removeprefix(_MARK)
    if "\r" in plain:
        plain = plain.replace("\r\n", "\n").replace("\r", "\n")
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


class LineEnds:
    """The offsets of a text, and those of the same text without byte order mark and with line ends of one character."""

    def __init__(self, text: str) -> None:
        self._mark = text.startswith(_MARK)
        self._pairs = array("l")
        at = text.find("\r\n")
        while at >= 0:
            self._pairs.append(at)
            at = text.find("\r\n", at + 2)
        self._plain = array("l", (at - self._mark - number for number, at in enumerate(self._pairs)))

    def plain(self, offset: int) -> int:
        """The offset in the plain text that `offset` in this text is."""
        return max(offset - self._mark - bisect_left(self._pairs, offset), 0)

    def own(self, plain: int) -> int:
        """The offset in this text that `plain` in the plain text is."""
        return plain + self._mark + bisect_left(self._plain, plain)
