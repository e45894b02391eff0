r"""Text from files as Markdown that says the same and does nothing.

A backslash stands before whatever CommonMark 0.31, GitHub's dialect or a common extension could read as markup: what
is always suspect everywhere, what acts at the start of a line there and wherever a later wrapping could put it there,
and the points, colons and slashes of bare addresses. A mail address becomes a code span, since GitHub finds these after
its parser has forgotten the backslashes. Characters that act on a terminal go through `dossier.model.clean` first.
"""

import html
import re
import unicodedata

from dossier.model.clean import clean, clean_line
from dossier.model.word_boundaries import is_unspaced

_SPACES = re.compile(r"[ \n]+")
_SEPARATORS = re.compile("[\u2028\u2029]")
_CODE = re.compile("`+")
_URL = re.compile(r"(?:https?://|mailto:)[\w\-.~:/?#\[\]@!$&'()*+,;=%]+", re.IGNORECASE)

_ACTIVE = re.compile(
    r"""
      (?P<mail>(?<![A-Za-z0-9.+_-])[A-Za-z0-9.+_-]+@[A-Za-z0-9@.+_-]*[A-Za-z0-9@+_-])
    | [\\`*_\[\]<~^$|\#@]                    # code, emphasis, links, HTML, strikes, mathematics, tables, mentions
    | [{}]|%(?=[%}>])|(?<=[{<%])%            # attributes, templates of sites (Liquid, Hugo, MDX), comments of Obsidian
    | &(?=(?P<name>[^\t\n\f\ <&\#;]+)(?:;|$))  # entities by name, even where readers take a part for the name
    | &(?=\#[0-9a-z]+(?:;|$))                # entities by number
    | !(?=\[)                                # images
    | =(?==)|(?<==)=                         # highlights
    | :(?=//)|:(?=[\w+-]+:)                  # addresses, :emoji:
    | (?<=[\w-])\.(?=[^\W\d_]{2})|(?<=www)\. # www.example.org
    | (?<![:/])/(?=/)                        # //example.org
    | (?<=\ )(?:[-+=](?=[-+=]*(?:\ |$))|>|:(?=\ ))  # what a later wrapping would make more than text
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MARKS = str.maketrans({'"': '\\"', "“": "&ldquo;", "”": "&rdquo;", "„": "&bdquo;", "«": "&laquo;", "»": "&raquo;"})
_AT_START = re.compile(r"[-+](?![^\W_])|[=>:!]")
_MODULE = re.compile("(?:import|export) ")  # which MDX runs where a paragraph begins with it, and not behind a space
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?= |$)")
_ONE = re.compile(r"(?<= )1(?=[.)](?: |$))")


def one_line(text: str) -> str:
    """`text` made inert, in one line, with single spaces."""
    return _SPACES.sub(" ", clean_line(text)).strip()


def lines_of(text: str) -> list[list[str]]:
    """`text` made inert, as paragraphs of lines without white space at their ends; none of either is empty."""
    found: list[list[str]] = [[]]
    for line in _SEPARATORS.sub("\n", clean(text)).split("\n"):
        stripped = _SPACES.sub(" ", line).strip()
        if stripped:
            found[-1].append(stripped)
        elif found[-1]:
            found.append([])
    return [paragraph for paragraph in found if paragraph]


def inline(text: str) -> str:
    """`text` for the middle of a line."""
    return _escape(one_line(text))


def line_start(text: str) -> str:
    """`text` for the start of a line."""
    return _start(one_line(text))


def escape_start(markdown: str) -> str:
    """Inert Markdown for the middle of a line, made fit for the start of one, as behind the mark of a list."""
    numbered = _NUMBERED.match(markdown)
    if numbered:
        return f"{numbered[1]}\\{markdown[numbered.end(1) :]}"
    return f"\\{markdown}" if _AT_START.match(markdown) else markdown


def block(text: str, prefix: str = "") -> list[str]:
    """`text` as paragraphs of Markdown, the lines as they are, each behind `prefix`."""
    return ["\n".join(prefix + _start(line) for line in paragraph) for paragraph in lines_of(text)]


def not_quoting(markdown: str) -> str:
    """The same, with its quotation marks written so that whoever reads the brief back takes no words for a source's."""
    return markdown.translate(_MARKS)


def code(text: str) -> str:
    """`text` as a code span; empty when there is none."""
    plain = one_line(text)
    if not plain:
        return ""
    longest = max(map(len, _CODE.findall(plain)), default=0)
    room = " " if plain[0] == "`" or plain[-1] == "`" else ""
    fence = "`" * (longest + 1)
    return f"{fence}{room}{plain}{room}{fence}"


def address(url: str) -> str:
    """A link for an http, https or mailto URL; any other is told as text."""
    plain = one_line(url)
    return f"<{plain}>" if _URL.fullmatch(plain) else inline(plain)


def shorten(text: str, limit: int = 48) -> str:
    """`text` in one line, cut behind a whole word, with an ellipsis when something was left out."""
    plain = one_line(text)
    if len(plain) <= limit:
        return plain
    cut = plain.rfind(" ", 0, limit + 1)
    if cut < limit // 4:
        cut = next((at for at in range(limit, 0, -1) if _separable(plain, at)), 0)
    return plain[:cut].rstrip() + "…"


def _separable(text: str, at: int) -> bool:
    """Return whether neither a word nor a letter with its marks is parted at `at`; scripts without spaces may be."""
    left, right = text[at - 1], text[at]
    if unicodedata.category(right)[0] in "MC" or unicodedata.category(left)[0] in "MC":
        return False
    return not (left.isalnum() and right.isalnum()) or (is_unspaced(left) and is_unspaced(right))


def _escape(line: str) -> str:
    return _ONE.sub(r"1\\", _ACTIVE.sub(_inert, line))


def _inert(match: re.Match[str]) -> str:
    found = match.group()
    if match.lastgroup == "mail":
        return f"`{found}`"
    if found != "&":
        return f"\\{found}"
    named = match["name"]
    if named and html.unescape(f"&{named};") == f"&{named};":
        return found
    return "&amp;"  # a backslash before & is forgotten too soon by some parsers


def _start(line: str) -> str:
    numbered = _NUMBERED.match(line)
    if numbered:
        return f"{numbered[1]}\\{numbered[2]}{_escape(line[numbered.end() :])}"
    escaped = _escape(line)
    if _MODULE.match(line):
        return f" {escaped}"
    return f"\\{escaped}" if _AT_START.match(escaped) else escaped
