"""The words of a Markdown article as they are read, at the offsets they have in the file.

Markup is written over with word joiners, which folding (`dossier.model.folding`) takes for nothing, so that every
offset stays that of the file. It goes by CommonMark 0.31 and the footnotes of GitHub, as far as words are concerned.
"""

import html
import re
from collections.abc import Sequence

from dossier.model.powers import as_power

NOTHING = "\u2060"
"""The character that replaces markup."""

_FENCE = re.compile(r"(?m)^(?P<lead>(?:[ ]{0,3}>[ ]?)*[ ]{0,3})(?P<mark>`{3,}|~{3,})[^\n`]*$")
_LINE_START = re.compile(
    r"(?m)^(?:(?:[ ]{0,3}>[ \t]?)+|)"
    r"(?:[ ]{0,3}(?:#{1,6}(?=[ \t\n])[ \t]*|[-+*](?=[ \t])[ \t]+|\d{1,9}[.)](?=[ \t])[ \t]+))?"
)
_RULE = re.compile(r"(?m)^(?:[ ]{0,3}>[ ]?)*[ ]{0,3}(?:=+|-{2,}|(?:[*_-][ \t]*){3,})[ \t]*$")
_CLOSING_HASHES = re.compile(r"(?m)(?<=[ \t])#+[ \t]*$")
_DEFINITION = re.compile(
    r"(?m)^[ ]{0,3}\[(?!\^)(?P<label>[^\[\]]+)\]:[ \t]*\n?[ \t]*\S+"
    r"(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*$"
)
_NOTE_DEFINITION = re.compile(r"(?m)^[ ]{0,3}\[\^[^\]\s]+\]:[ \t]*")
_NOTE_MARK = re.compile(r"\[\^[^\]\s]+\]")
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])|\\(?=\r?\n)")
_LITERAL = re.compile(f"(?P<escape>{_ESCAPE.pattern})|(?P<entity>{_ENTITY.pattern})")
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[\w.+-]+@[\w.-]+)>")
_TAG = re.compile(
    r"<(?:(script|style)\b[^<>]*>.*?</\1\s*|/?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?|!--.*?--|[?!][^<>]*)>",
    re.DOTALL | re.IGNORECASE,
)
_LITERALS = {_LITERAL: "\\&", _CODE: "`", _AUTOLINK: "<", _TAG: "<"}
"""What is no other markup, with the characters it begins with; of two at one place, the first counts."""
_BREAKING = re.compile(
    r"</?(?:address|article|aside|blockquote|br|caption|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|"
    r"form|h[1-6]|header|hr|li|main|nav|ol|option|p|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)\b",
    re.IGNORECASE,
)
"""Tags that part the words before and behind them."""
_RAISING, _POWER = re.compile(r"<sup\b", re.IGNORECASE), re.compile(r"([^\s<>]{1,5})</sup\s*>", re.IGNORECASE)
_UNSEEN = re.compile(
    r"(?m)^[ ]{0,3}(?:<!--.*?(?:-->|\Z)|<(script|style)(?=[\s>]).*?(?:</\1\s*>|\Z))", re.DOTALL | re.IGNORECASE
)
"""Blocks of HTML that are not displayed; they may span several paragraphs."""
_LINK = re.compile(
    r"(?P<open>!?\[)(?P<label>(?:[^\[\]]|\[[^\[\]]*\])*)"
    r"(?P<close>\]\((?:[ \t\n]*(?:<[^<>\n]*>|(?:[^\s()]|\([^\s()]*\))*)"
    r"(?:[ \t\n]+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?[ \t\n]*)\)(?:\{[.#:\w][^{}\n]*\})?)"
)
"""A link, with its address, title and the attributes that Pandoc and kramdown put behind it."""
_REFERENCE = re.compile(r"(?P<open>!?\[)(?P<label>(?:[^\[\]]|\[[^\[\]]*\])+)(?P<close>\]\[[^\[\]]*\])")
_SHORTCUT = re.compile(r"(?P<open>!?\[)(?P<label>[^\[\]]+)(?P<close>\](?:\[\])?)(?![\[(])")
_WIKI = re.compile(r"(?P<open>!?\[\[(?:[^\[\]|\n]*\|)?)(?P<label>[^\[\]|\n]+)(?P<close>\]\])")
"""A link of Obsidian and of wikis."""
_DELIMITERS = re.compile(r"\*+|_+|~~|==")
_BLOCK = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|$))+")
_STRUCK = re.compile(
    r"(?<![~\\])~~(?=[^\s~])(?:[^\n~]|~(?!~)|\n(?![ \t]*\n))+?(?<=[^\s~])~~"
    r"|<(?P<tag>del|strike|s)(?:\s[^<>]*)?>(?:[^<]|<(?!/?(?:del|strike|s)\b)){1,2000}</(?P=tag)\s*>",
    re.DOTALL | re.IGNORECASE,
)
"""Words that are displayed with a line through them: a correction, for the most part."""
_LONGEST = 20_000
"""Characters of a paragraph; in a longer one no markup is looked for, which takes time with the square of it."""
_SAFE = "\x02"
"""Stands for a character that was escaped while markup is looked for."""
_SIGN = re.compile(r"[\\`*_\[<&#~=]")
_LINE_SIGN = re.compile(r"\n[ ]{0,3}([>+\d-])")
"""Together the characters without which a stretch holds no markup; the latter count at the start of a line alone."""
_OF_LINES = {
    _RULE: frozenset(">=-*_"),
    _DEFINITION: frozenset("["),
    _NOTE_DEFINITION: frozenset("["),
    _LINE_START: frozenset(">#-+*0123456789"),
    _CLOSING_HASHES: frozenset("#"),
}
"""Markup of lines, in the order in which it is looked for, with those signs without which there is none."""
_SIGNS_OF_LINES = frozenset().union(*_OF_LINES.values())


def is_markdown(path: str) -> bool:
    """Return whether the file of an article is Markdown, by its name."""
    return path.lower().endswith((".md", ".markdown", ".mdown", ".mkd"))


def as_read(text: str, start: int = 0) -> str:
    """Return `text` with the markup behind `start` written over; as long as before, in characters."""
    return text[:start] + _Page(text[start:]).words()


def struck_stretches(text: str) -> list[tuple[int, int]]:
    """Return the stretches of a Markdown text that are displayed as struck through."""
    if "~~" not in text and "</" not in text:
        return []
    return [match.span() for match in _STRUCK.finditer(text)]


def _signs(text: str) -> set[str]:
    """Return the characters of a stretch of lines that may be markup; without any, it is read as it is written."""
    return {*_SIGN.findall(text), *_LINE_SIGN.findall(f"\n{text}")}


class _Page:
    """A text, whose markup is written over step by step."""

    def __init__(self, text: str, shown: str = "", defined: frozenset[str] | None = None) -> None:
        """Take the text; what is `shown` of it by now, and the labels `defined` in it or around it, where known."""
        self.marks = text
        """The text in which markup is looked for: what is literal stands there as `_SAFE`."""
        self.shown = list(shown or text)
        if defined is None:
            found = _DEFINITION.finditer(text) if "]:" in text else ()
            defined = frozenset(_label(match["label"]) for match in found)
        self.defined = defined
        """The labels for which the text gives an address."""

    def words(self) -> str:
        """Return the text as it is read; markup is looked for paragraph by paragraph, because none spans two."""
        written = self.marks
        if "```" in written or "~~~" in written:
            self._fences()
        if "<" in self.marks:
            for match in list(_UNSEEN.finditer(self.marks)):
                self._hide(*match.span(), " ")
        shown = written if self.marks == written else "".join(self.shown)
        pieces: list[str] = []
        at = 0
        for block in _BLOCK.finditer(self.marks):
            first, last = block.span()
            if last - first <= _LONGEST and (signs := _signs(block[0])):
                part = _Page(block[0], shown[first:last], self.defined)
                part.read_lines(signs)
                pieces += (shown[at:first], "".join(part.shown))
                at = last
        return "".join((*pieces, shown[at:]))

    def read_lines(self, signs: set[str]) -> None:
        """Write over the markup of one paragraph, which may be made of `signs` alone."""
        if not signs.isdisjoint(_SIGNS_OF_LINES):
            self._line_marks(signs)
        if literal := [pattern for pattern, first in _LITERALS.items() if not signs.isdisjoint(first)]:
            self._literal(literal)
        if "[" in signs:
            self._links()
        if not signs.isdisjoint("*_~="):
            self._pair(0, len(self.marks))

    def _hide(self, start: int, end: int, instead: str = "") -> None:
        """Write over a stretch; `instead` is read in its place. Line ends are kept."""
        for at in range(start, end):
            self.shown[at] = self.shown[at] if self.shown[at] in "\r\n" else NOTHING
        self.shown[start : start + len(instead)] = list(instead)
        self._settle(start, end)

    def _settle(self, start: int, end: int) -> None:
        """Exclude a stretch from the search for markup."""
        kept = re.sub(r"[^\r\n]", _SAFE, self.marks[start:end])
        self.marks = self.marks[:start] + kept + self.marks[end:]

    def _fences(self) -> None:
        fence: tuple[str, int] | None = None
        for match in list(_FENCE.finditer(self.marks)):
            mark = match["mark"]
            if fence is None:
                fence = mark, match.end()
                self._hide(*match.span())
            elif mark[0] == fence[0][0] and len(mark) >= len(fence[0]):
                self._settle(fence[1], match.start())
                self._hide(*match.span())
                fence = None

    def _line_marks(self, signs: set[str]) -> None:
        for pattern, first in _OF_LINES.items():
            for match in [] if signs.isdisjoint(first) else list(pattern.finditer(self.marks)):
                if match.end() > match.start():
                    self._hide(*match.span())

    def _literal(self, patterns: Sequence[re.Pattern[str]]) -> None:
        """Write over escapes, code, entities, tags: what is in them is no other markup."""
        at = 0
        following: dict[re.Pattern[str], re.Match[str] | None] = {}
        while first := self._next_literal(patterns, at, following):
            at = first.end()
            if first.re is _CODE:
                self._hide(first.start(), first.start(2))
                self._settle(*first.span(2))
                self._hide(first.end(2), first.end())
            elif first.re is _AUTOLINK:
                self._hide(first.start(), first.start() + 1)
                self._settle(*first.span(1))
                self._hide(first.end() - 1, first.end())
            elif first.re is _TAG:
                self._hide(*first.span(), " " if _BREAKING.match(first[0]) else "")
                if power := _POWER.match(self.marks, first.end()) if _RAISING.match(first[0]) else None:
                    self.shown[slice(*power.span(1))] = as_power(power[1]) or power[1]
            elif first["escape"] is not None:
                self._hide(first.start(), first.start() + 1)
                self._settle(*first.span())
            else:
                read = html.unescape(first[0])
                if read != first[0] and len(read) < len(first[0]):
                    self._hide(*first.span(), read)

    def _next_literal(
        self, patterns: Sequence[re.Pattern[str]], at: int, following: dict[re.Pattern[str], re.Match[str] | None]
    ) -> re.Match[str] | None:
        """Return the first match behind an offset; `following` holds the next of each pattern from one to another."""
        for pattern in patterns:
            known = following.get(pattern)
            # Code alone depends on what stands before it, which may have been settled since.
            if pattern is _CODE or pattern not in following or (known and known.start() < at):
                following[pattern] = pattern.search(self.marks, at)
        return min(filter(None, following.values()), key=lambda match: match.start(), default=None)

    def _links(self) -> None:
        for match in list(_NOTE_MARK.finditer(self.marks)):
            self._hide(*match.span())
        for pattern in (_WIKI, _LINK, _REFERENCE):
            for _ in range(3):  # an image in a link
                found = list(pattern.finditer(self.marks))
                for match in found:
                    self._hide(*match.span("open"))
                    self._hide(*match.span("close"))
                if not found:
                    break
        for match in list(_SHORTCUT.finditer(self.marks)):
            if _label(match["label"]) in self.defined:
                self._hide(*match.span("open"))
                self._hide(*match.span("close"))

    def _pair(self, start: int, end: int) -> None:
        """Pair the delimiters of emphasis, by the rules of CommonMark for what may open and close."""
        waiting: list[list[int]] = []
        for match in _DELIMITERS.finditer(self.marks, start, end):
            first, count = match.start(), len(match[0])
            opens, closes = self._flanks(first, match.end())
            while closes and count and (at := self._opener(waiting, first, count, opens)) >= 0:
                opener = waiting[at]
                used = 2 if min(count, opener[1]) >= 2 else 1
                del waiting[at + 1 :]
                self._hide(opener[0] + opener[1] - used, opener[0] + opener[1])
                self._hide(first, first + used)
                first, count, opener[1] = first + used, count - used, opener[1] - used
                if not opener[1]:
                    del waiting[at]
            if opens and count:
                waiting.append([first, count, int(closes), len(match[0])])

    def _opener(self, waiting: list[list[int]], first: int, count: int, opens: bool) -> int:
        mark = self.marks[first]
        for at in range(len(waiting) - 1, -1, -1):
            place, _, both, whole = waiting[at]
            if self.marks[place] == mark:
                if (opens or both) and (whole + count) % 3 == 0 and (whole % 3 or count % 3):
                    continue
                return at
        return -1

    def _flanks(self, start: int, end: int) -> tuple[bool, bool]:
        before = self.marks[start - 1] if start else " "
        after = self.marks[end] if end < len(self.marks) else " "
        space_before, space_after = before.isspace(), after.isspace()
        mark_before, mark_after = (not (c.isalnum() or c.isspace()) for c in (before, after))
        left = not space_after and (not mark_after or space_before or mark_before)
        right = not space_before and (not mark_before or space_after or mark_after)
        if self.marks[start] == "_":
            return left and (not right or mark_before), right and (not left or mark_after)
        return left, right


def _label(text: str) -> str:
    """Return the label of a link in the form in which labels are compared."""
    return " ".join(text.split()).casefold()
