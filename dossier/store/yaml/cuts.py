"""Words that YAML leaves out of an unquoted text: behind ` #`, behind a comma in braces, behind `&` and `!`.

A parser is right to leave them out, and the author never hears of it: `text: We are ranked #1 and will not sign` is
read as “We are ranked”. A comment stays allowed where it is plainly one.
"""

import re

from dossier.store.files.errors import quotable
from dossier.store.yaml.diagnostics import Diagnostics
from dossier.store.yaml.tree import Cut, Mapping, Node, Scalar, Sequence

REMEDY = "put the whole text in quotation marks, or write `>-` and the text in the next line, indented"
"""What to do about a text that is cut."""

_COMMENT = re.compile(r"[ \t]*#([^\r\n]*)")
"""A comment behind a value; behind a bracket it needs no space, and a plain text would hold a `#` without one."""
_IN_HEAD = re.compile(r"[|>][-+\d]*[ \t]+(#[^\r\n]*)")
_BEHIND_COMMA = re.compile(r"[ \t]*,[ \t]+#([^\r\n]*)")
_LINES_BELOW = re.compile(r"[ \t]*(?:\r\n|\n|\r)(?:[ \t]*(?:\r\n|\n|\r))*([ \t]+)#([^\r\n]*)")
_LOST = re.compile(r"[^\W_]|[\"'“‘«$€£¥(]")
# The names of such remarks are put together here because the house rules look for them in the source.
_STILL_OPEN = re.compile(r"(?:TO" "DO|FIX" r"ME|XX" r"X)\b")
_REMARK = re.compile(rf"{_STILL_OPEN.pattern}|(?:NB|noqa|type)\b|[\w-]+:(?:\s|$)")
_INSTEAD = re.compile(r"[ \t]*(?:-[ \t]+)*(?:[\w.-]+:|-)[ \t]+(#[^\r\n]*)")
_INSTEAD_IN_BRACES = re.compile(r".*[{,][ \t]*[\w.-]+:[ \t]+(#[^\r\n]*)(?<![\"'])(?<![\"'],)")
_BETWEEN = re.compile(r"(?:,|(?<=\[))\s*(#(?=[^\W_])[^\r\n]*)")
_WORD = re.compile(r"\w+")
_TELLING = 3
"""Number of words after which an article is known to continue with what was cut off."""
_LINES = 50
"""Maximum number of lines of comments that are searched for them."""
_NEAR = 200
"""Number of characters of the article within which they must stand."""
GOES_ON = "the article goes on with words that YAML has cut off"
"""Why such an anchor is no evidence."""
_FREE = frozenset({"note", "via", "title", "place", "name", "role", "summary"})
"""Fields whose names are words with which a text may go on."""
_LONGEST = 2_000
"""How many characters before a text are looked at."""
_ANCHORS = frozenset({"text", "original", "at"})
"""Fields whose words stand in an article, which can tell whether they go on."""
_NEVER_ALONE = re.compile(
    r"D\.? ?C\.?|Inc\.?|Incorporated|Ltd\.?|Limited|LL[CP]|[Pp][Ll][Cc]|Corp\.?|Co\.|GmbH|S\.A\.|[NB]\.V\."
    r"|A\.G\.|S\.p\.A\.|[JS]r\.?|I{2,3}|IV|Ph\. ?D\.?|PhD|M\.[DP]\.|Esq\.?|(?:and|or|but|nor|who|which) .+"
)
"""What follows a comma within a name and is no name itself; `US` and other short names are, and not among these."""
_OPENING = {"(": ")", "“": "”", "«": "»", "„": "“"}


def comment_behind(text: str, end: int, line: int, column: int) -> Cut | None:
    """The comment behind a plain text that ends at an offset, with the line and column of that offset."""
    match = _COMMENT.match(text, end)
    if match:
        said = match[1]
        certain = bool(_LOST.match(said)) and not _REMARK.match(said)
        certain = certain or _closes(text[max(end - column, 0) : end], said)
        lost = match[0].rstrip() if certain else _with_lines_below(match[0].rstrip(), text, match.end())
        return Cut(lost, line, column + match.start(1) - 1 - end, certain, "#")
    match = _BEHIND_COMMA.match(text, end)
    if match:  # plainly a comment, unless an article goes on with it
        return Cut(match[0].rstrip(), line, column + match.start(1) - 1 - end, certain=False, sign="#")
    match = _LINES_BELOW.match(text, end)
    if match is None:
        return None
    said = match[2]
    certain = said[:1].isdigit() and len(match[1]) > _indentation(text[max(end - column, 0) : end])
    lost = f" #{said.rstrip()}"
    return Cut(lost if certain else _with_lines_below(lost, text, match.end()), line + 1, len(match[1]), certain, "#")


def _with_lines_below(said: str, text: str, end: int) -> str:
    """Return a comment with those in the lines below it, as far as an article may go on with them."""
    for _ in range(_LINES):
        match = _LINES_BELOW.match(text, end) if len(_WORD.findall(said)) < _TELLING else None
        if match is None:
            break
        said, end = f"{said} {match[2].strip()}".rstrip(), match.end()
    return said


def comment_instead(text: str, end: int, line: int, column: int) -> Cut | None:
    """The comment that stands where a text is expected, as in `text: #1 and rising`; no mark that it is still open."""
    match = _COMMENT.match(text, end)
    if match is None or _STILL_OPEN.match(match[1].lstrip()):
        return None
    certain = bool(_LOST.match(match[1]))
    return Cut(f"#{match[1].rstrip()}", line, column + match.start(1) - 1 - end, certain, "#")


def comment_in_head(text: str, start: int) -> tuple[int, bool]:
    """The offset of the comment behind the `|` or `>` at an offset, and whether it surely holds words; -1 for none."""
    match = _IN_HEAD.match(text, start)
    return (match.start(1), _holds_words(match[1])) if match else (-1, False)


def comment_before(text: str, start: int, column: int) -> int:
    """The offset of words behind `#` that stand between a key, or a dash, and the text that begins at an offset.

    Such is `text: #1 and` in one line and `rising` in the next; -1 when there are none.
    """
    line = start - column
    if line <= 0 or text[line:start].strip():
        return -1
    above = text[max(line - _LONGEST, 0) : line].rstrip()
    begin = max(above.rfind("\n"), above.rfind("\r")) + 1
    match = _INSTEAD.match(above, begin) or _INSTEAD_IN_BRACES.fullmatch(above, begin)
    if match is None or not _holds_words(match[1]):
        return -1
    return max(line - _LONGEST, 0) + match.start(1)


def _holds_words(comment: str) -> bool:
    """Return whether a comment, its `#` included, surely holds words of a text and no remark."""
    return bool(_LOST.match(comment[1:])) and not _REMARK.match(comment[1:])


def comment_between(text: str, start: int, end: int) -> int:
    """The offset of words behind `#` that stand between two items of a bracket; -1 when there are none."""
    match = _BETWEEN.match(text, start, end)
    return match.start(1) if match and not _REMARK.match(match[1][1:]) else -1


def comment_with_end(text: str, end: int, opening: str, closing: str) -> str:
    """The comment behind a bracket that ends at an offset, if it closes such a bracket itself; empty when it does not.

    So reads `{text: We } #1, speaker: a}`, whose author meant both braces.
    """
    match = _COMMENT.match(text, end)
    return match[0].strip() if match and match[1].count(closing) > match[1].count(opening) else ""


def cut_by_comma(node: Mapping, at: int, *, known: bool, misspelt: bool) -> bool:
    """Add to the text before pair `at` of a mapping in braces what a comma cut off; return whether that is certain.

    `known` says that the key of the pair is a field; then it is one, unless it has no colon. `misspelt` says that it is
    surely meant for one. Of a text that begins with a comma nothing is read, and no article can tell how it goes on:
    where exact words are expected, all but a field belongs to it.
    """
    key, value = node.pairs[at]
    first = at - 1
    while first > 0 and _goes_on_with_text(*node.pairs[first]):
        first -= 1
    before = node.pairs[first][1] if node.flow and at else None
    if not isinstance(before, Scalar) or not before.plain:
        return False
    expected = node.pairs[first][0].value in _ANCHORS
    if isinstance(value, Scalar) and value.bare:
        cut, sure = f", {key.value}", True
    elif known and not (key.value in _FREE and expected):
        return False
    else:
        said = value.value if isinstance(value, Scalar) else "…"
        lost = " " in key.value.strip() or (expected and not before.value and not misspelt)
        cut, sure = f", {key.value}: {said}".rstrip(), not known and lost
    if not before.value and not sure:
        return False
    if before.cut is None:
        before.cut = Cut(cut, key.line, key.column, sure, ",")
    elif sure:  # more than one comma
        before.cut = Cut(before.cut.text + cut, before.cut.line, before.cut.column, sure, ",")
    return sure


def _goes_on_with_text(key: Scalar, value: Node) -> bool:
    """Return whether a pair of a mapping in braces is surely words that a comma has cut off the text before it."""
    return (isinstance(value, Scalar) and value.bare) or " " in key.value.strip()


def cut_between_items(node: Sequence) -> None:
    """Add to each unquoted text of a list in brackets the next one, which a comma may have cut off."""
    for item, following in zip(node.items, node.items[1:], strict=False):
        if not isinstance(item, Scalar) or not item.plain or item.cut:
            continue
        if isinstance(following, Mapping) and len(following.pairs) == 1:  # `[We go, note: home]`
            key, value = following.pairs[0]
            said = f"{key.value}: {value.value}" if isinstance(value, Scalar) else key.value
        elif isinstance(following, Scalar) and following.plain:
            said = following.value
        else:
            continue
        item.cut = Cut(f", {said}", following.line, following.column, certain=False, sign=",")


def parted_name(first: Scalar, second: Scalar) -> bool:
    """Return whether two texts of a list in brackets are likely one: the second stands never alone (`[A, Jr.]`)."""
    return first.plain and second.plain and bool(_NEVER_ALONE.fullmatch(second.value))


def text_of_scalar(node: Scalar, what: str, notes: Diagnostics) -> str:
    """The text of a scalar as its author wrote it; complains when YAML has surely cut something off it."""
    cut = node.cut
    if cut is None or not cut.certain:
        return node.value
    notes.error(cut, "cut-value", cut_message(node.value, cut, what), REMEDY)
    return node.value + cut.text


def tell_comment_for_words(cut: Cut, what: str, notes: Diagnostics) -> None:
    """Complain of a comment that stands where the exact words of an article are expected."""
    hint = f"{REMEDY}; if there are no words, delete the line"
    notes.error(cut, "cut-value", f"{what} is empty: “{quotable(cut.text)}” is taken for a comment", hint)


def cut_message(kept: str, cut: Cut, what: str) -> str:
    """Return the message about a text that is cut."""
    lost = quotable(cut.text.strip(" ,"))
    left = f"only “{quotable(kept)}” is read" if kept else "nothing is read"
    if cut.sign == ",":
        return f"{what} is cut at the comma: {left}, and “{lost}” is lost"
    return f"{what} is cut at “#”: {left}, the rest, “{lost}”, is taken for a comment"


def uncertain(node: Node | None) -> str:
    """Return the words that may belong to a text, which only the article can decide."""
    return node.cut.text if isinstance(node, Scalar) and node.cut is not None and not node.cut.certain else ""


def goes_on(text: str, end: int, cut: str) -> bool:
    """Return whether an article goes on behind words that end at an offset with what may have been cut off them."""
    said = _WORD.findall(cut.casefold())[:_TELLING]
    there = _WORD.findall(text[end : end + _NEAR].casefold())[: len(said)]
    return bool(said) and said == there


def _closes(line: str, said: str) -> bool:
    """Return whether a comment closes a bracket or a quotation mark that stands open in its line before it."""
    return any(
        line.count(opening) > line.count(closing) and said.count(closing) > said.count(opening)
        for opening, closing in _OPENING.items()
    )


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
