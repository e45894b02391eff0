"""The text around the values of a YAML file that its parser does not report: comments, and how texts are escaped."""

import re
from typing import Any

from msgspec.structs import replace

from dossier.model.clean import HOSTILE
from dossier.model.problems import Place
from dossier.store.files.encoding import control_character, line_column
from dossier.store.files.errors import quotable
from dossier.store.yaml.cuts import (
    REMEDY,
    comment_before,
    comment_behind,
    comment_between,
    comment_in_head,
    comment_instead,
    comment_with_end,
)
from dossier.store.yaml.diagnostics import Diagnostics
from dossier.store.yaml.tree import Cut, Node, Scalar, Unusable

_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_NAMED_ESCAPES = {"0": "\0", "a": "\a", "b": "\b", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b", "N": "\x85"}


_BEFORE, _BEHIND = 2, 4
"""How many lines below a comment, and above one, a text may stand that it belongs to."""


def _quote_start(text: str) -> set[int]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    commented = [number for number, line in enumerate(lines) if "#" in line]
    return {near for number in commented for near in range(number - _BEHIND, number + _BEFORE + 1)}


class YamlContext:
    """The text of one file, looked at around the events of its parser."""

    def __init__(self, text: str, notes: Diagnostics) -> None:
        self._text = text
        self._notes = notes
        self.commented = "#" in text
        """Whether there may be comments."""
        self.near = frozenset(_quote_start(text)) if self.commented else frozenset()
        """The numbers of the lines near which a comment may stand."""
        self.marks: dict[str, Scalar] = {}
        """The plain texts behind a mark `&name` that nothing has repeated so far."""

    def mark(self, name: str, made: Scalar) -> None:
        """Note that a plain text stands behind `&name`, which belongs to it when nothing repeats it."""
        self.marks[name] = made
        if f"*{name}" not in self._text:
            made.value = f"&{name} {made.value}"

    def tell_unused_marks(self) -> None:
        """Complain of words that begin with & and were taken for a mark."""
        for name, at in self.marks.items():
            message = f"“&{quotable(name)}” is not read as a part of the text but as a mark for “*{quotable(name)}”"
            self._notes.error(at, "cut-value", f"{message}, which stands nowhere", REMEDY)

    def look(self, made: Scalar, event: Any) -> None:
        """Note at a plain text what stands behind it and may belong to it."""
        end = event.end_mark
        if event.tag == "!":
            self._notes.error(made, "cut-value", "“!” is not read as a part of the text but as a tag", REMEDY)
            made.value = f"! {made.value}"
        if made.value:
            made.cut = comment_behind(self._text, end.index, end.line, end.column)
            start = event.start_mark
            if (found := comment_before(self._text, start.index, start.column)) >= 0:
                self._warn_of_lost_words(found)
            return
        at = end.index
        while at and self._text[at - 1].isspace():
            at -= 1
        made.bare = self._text[at - 1 : at] not in (":", "-", "?")
        if not made.bare:
            made.cut = comment_instead(self._text, end.index, end.line, end.column)

    def look_at_head(self, made: Scalar, event: Any) -> None:
        """Note at an empty block the comment in its head, which may be its words; complain of words before others."""
        mark = event.start_mark
        at, certain = comment_in_head(self._text, mark.index)
        if at >= 0 and not made.value.strip():
            words = self._text[at:].splitlines()[0].rstrip()
            made.cut = Cut(words, mark.line, mark.column + at - mark.index, certain, "#")
        elif certain:
            self._warn_of_lost_words(at)

    def between(self, start: int, event: Any) -> None:
        """Complain of words behind `#` between two items of a bracket."""
        if start >= 0 and (found := comment_between(self._text, start, event.start_mark.index)) >= 0:
            self._warn_of_lost_words(found)

    def behind(self, event: Any, opening: str, closing: str) -> None:
        """Complain of a comment behind the end of a bracket that closes one again: a text within has ended it."""
        end = event.end_mark
        if end.line in self.near and (found := comment_with_end(self._text, end.index, opening, closing)):
            message = f"“{closing}” ends the value, and “{quotable(found)}” behind it is taken for a comment"
            hint = f"{REMEDY}; if it is a remark, leave its “{closing}” out"
            self._notes.error(Unusable(end.line, end.column), "cut-value", message, hint)

    def behind_list(self, last: Node, event: Any) -> None:
        """Note at the last item of a list in brackets the comment behind the list: `[Lam] # We` may be one text."""
        end = event.end_mark
        if end.line in self.near and isinstance(last, Scalar) and last.plain and last.cut is None:
            cut = comment_behind(self._text, end.index, end.line, end.column)
            last.cut = replace(cut, certain=False) if cut else None

    def _warn_of_lost_words(self, comment: int) -> None:
        """Complain of words that are taken for a comment, where no text stands before them."""
        line, column = line_column(self._text, comment)
        message = "the words behind “#” are taken for a comment, up to the end of the line"
        self._notes.error(Unusable(line - 1, column - 1), "cut-value", message, REMEDY)

    def escapes(self, start: int, end: int) -> None:
        """Complain of each escape that makes a control character out of harmless ones, such as that for ESC."""
        for match in _ESCAPE.finditer(self._text, start, end):
            number = match[1] or match[2] or match[3]
            character = chr(int(number, 16)) if number else _NAMED_ESCAPES.get(match[4], "")
            if HOSTILE.match(character):
                line, column = line_column(self._text, match.start())
                self._notes.add(control_character(Place(self._notes.file, line, column), character))
