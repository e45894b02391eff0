"""LaTeX in the values of a bibliography as plain text.

Accents and escapes, which are nearly all there is, are read here; whatever other macros a value holds are read by
pylatexenc, which takes about a millisecond for twenty characters and is therefore given a bounded number of them.
"""

import re
import unicodedata

_MARKS = {
    '"': "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328", "r": "\u030a", "d": "\u0323",
    "b": "\u0331",
}  # fmt: skip
"""The combining marks of the accents that a macro of one character sets."""
_ACCENT = re.compile(
    r"""\\(?:(["'`^~=.])\s*|([uvHckrdb])(?:\s+|(?=[{\\])))(?:\{\s*\\?([A-Za-z])\s*\}|\\?([A-Za-z])(?![A-Za-z]*\{))"""
)
_ESCAPE = re.compile(r"\\([&%$#_{}])")
_CIRCUMFLEX = re.compile(r"\\textasciicircum(?![A-Za-z])(?:\{\})?")
_TEXT = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), ("~", " "))
_LONGEST = 2_000
"""Characters of a value that pylatexenc may read."""
_MOST = 40_000
"""Characters of a file that it may read."""


def _combine_accent(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", (match[3] or match[4]) + _MARKS[match[1] or match[2]])


class Latex:
    """Reads the values of one file."""

    def __init__(self) -> None:
        self._left = _MOST
        self.unread = 0
        """How many values kept macros, because they were too long or too many."""

    def text(self, value: str) -> str:
        """`value` as text; mathematics stay as they are written."""
        if not any(map(value.__contains__, "\\$~`'-%")):
            return value
        value = _CIRCUMFLEX.sub("^", value)
        if "$" not in value and "%" not in _ESCAPE.sub("", value):
            plain = _ESCAPE.sub(r"\1", _ACCENT.sub(_combine_accent, value))
            if "\\" not in plain:
                for written, meant in _TEXT:
                    plain = plain.replace(written, meant)
                return plain
        if len(value) > min(_LONGEST, self._left):
            self.unread += 1
            return value
        self._left -= len(value)
        return _decode_by_library(value)


def _decode_by_library(value: str) -> str:
    from bibtexparser.library import Library  # noqa: PLC0415  an extra, and slow to import
    from bibtexparser.middlewares import LatexDecodingMiddleware  # noqa: PLC0415
    from bibtexparser.model import Entry, Field  # noqa: PLC0415

    read = LatexDecodingMiddleware().transform_entry(Entry("misc", "key", [Field("value", value)]), Library())
    return str(read.fields[0].value) if isinstance(read, Entry) else value


def address(value: str) -> str:
    """An address, in which only escapes are LaTeX: `%` and `~` mean themselves."""
    return _ESCAPE.sub(r"\1", value).replace("\\~{}", "~").replace("\\~", "~")
