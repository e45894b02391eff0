"""A Markdown document as its paragraphs: what each stands in, on which line, and its runs of text free of markup."""

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from dossier.model.clean import clean

if TYPE_CHECKING:
    from markdown_it.token import Token

Holder = Literal["footnote", "quotation", "heading", "prose", "raw"]
"""What a paragraph stands in; `raw` is HTML or code, whose words are not read."""

PieceKind = Literal["text", "code", "emphasis", "strong", "link", "literal", "mark"]
"""What a run of text is; `link` leads to a heading, `mark` to a footnote whose label is the text, `literal` is a
character that was escaped."""


class MarkdownRun(Struct, frozen=True):
    """A run of text in a paragraph."""

    text: str
    line: int
    """From 1."""
    kind: PieceKind


class BriefParagraph(Struct, frozen=True):
    """A paragraph, a heading, or a whole footnote."""

    holder: Holder
    line: int
    """Its first line, from 1."""
    pieces: tuple[MarkdownRun, ...]
    level: int = 0
    """Of a heading."""
    label: str = ""
    """Of a footnote."""
    labelled: bool = False
    """Whether it stands behind a bold label, or under a list item that has one."""
    depth: int = 0
    """In how many lists it stands."""
    cell: tuple[int, int, int] | None = None
    """Of a table's cell: the number of the table in the document, its row (0 is the head) and its column."""

    def text(self) -> str:
        """Its text without the references to footnotes."""
        return "".join(piece.text for piece in self.pieces if piece.kind != "mark")

    @property
    def marks(self) -> list[MarkdownRun]:
        """The references to footnotes in it."""
        return [piece for piece in self.pieces if piece.kind == "mark"]


def read_paragraphs(text: str) -> list[BriefParagraph]:
    """The paragraphs of a document from anywhere: without what acts on a terminal, and without a byte order mark."""
    return parse(clean(text.removeprefix("\ufeff")))


def parse(text: str) -> list[BriefParagraph]:
    """The paragraphs of a document in order, headings and footnotes among them."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - only whoever reads a brief back pays for the parser
    from mdit_py_plugins.footnote import footnote_plugin  # noqa: PLC0415

    parser = MarkdownIt("commonmark").enable("table").disable("text_join")  # a joined text hides what was escaped
    footnote_plugin(parser, inline=False, move_to_end=False, always_match_refs=True)
    walk = _Walk()
    for token in parser.parse(text):
        walk.step(token)
    return walk.found


_TABLE_PARTS = {"table_open": 0, "tr_open": 1, "th_open": 2, "td_open": 2}


class _Walk:
    """Goes through the tokens of a document and keeps what surrounds each."""

    def __init__(self) -> None:
        self.found: list[BriefParagraph] = []
        self.quotes = 0
        self.level = 0
        self.items: list[bool] = []
        self.line = 1
        self.note: tuple[str, int, list[MarkdownRun]] | None = None
        self.table = self.row = self.column = -1

    def step(self, token: "Token") -> None:
        """Take in the next token."""
        line = self.line = token.map[0] + 1 if token.map else self.line  # the cells of a table have their row's
        if token.type in ("blockquote_open", "blockquote_close"):
            self.quotes += token.nesting
        elif token.type in ("heading_open", "heading_close"):
            self.level = int(token.tag[1:]) if token.nesting > 0 else 0
        elif token.type == "list_item_open":
            self.items.append(False)
        elif token.type == "list_item_close":
            self.items.pop()
        elif token.type == "footnote_reference_open":
            self.note = (token.meta["label"], line, [])
        elif token.type == "footnote_reference_close" and self.note is not None:
            label, line, pieces = self.note
            self.note = None
            self.found.append(BriefParagraph("footnote", line, tuple(pieces), label=label))
        elif token.type in _TABLE_PARTS:
            self._enter(_TABLE_PARTS[token.type])
        elif token.type == "table_close":
            self.column = -1
        elif token.type == "inline":
            self._paragraph(line, _pieces(token.children or [], line))
        elif token.type in ("html_block", "fence", "code_block") and token.content.strip():
            self.found.append(BriefParagraph("raw", line, (MarkdownRun(token.content.strip(), line, "text"),)))

    def _enter(self, part: int) -> None:
        """Go on to the next table (0), row (1) or cell (2)."""
        table, row, column = self.table, self.row, self.column
        self.table, self.row, self.column = ((table + 1, -1, -1), (table, row + 1, -1), (table, row, column + 1))[part]

    def _paragraph(self, line: int, pieces: list[MarkdownRun]) -> None:
        if self.note is not None:
            self.note[2].extend([MarkdownRun("\n", line, "text"), *pieces] if self.note[2] else pieces)
            return
        bold = bool(pieces) and pieces[0].kind == "strong"
        if bold and self.items:
            self.items[-1] = True
        label = "".join(piece.text for piece in pieces if piece.kind == "strong") if bold else ""
        labelled = any(self.items) or label.endswith(":")
        holder: Holder = "quotation" if self.quotes else "heading" if self.level else "prose"
        cell = (self.table, self.row, self.column) if self.column >= 0 else None
        self.found.append(BriefParagraph(holder, line, tuple(pieces), self.level, "", labelled, len(self.items), cell))


def _pieces(children: "list[Token]", line: int) -> list[MarkdownRun]:
    """The runs of text of a paragraph that begins on `line`."""
    found: list[MarkdownRun] = []
    around: list[PieceKind] = []
    for token in children:
        if token.type in ("strong_open", "em_open"):
            around.append("strong" if token.type == "strong_open" else "emphasis")
        elif token.type == "link_open":
            around.append("link" if str(token.attrs.get("href", "")).startswith("#") else "text")
        elif token.type in ("strong_close", "em_close", "link_close"):
            around.pop()
        elif token.type == "footnote_ref":
            found.append(MarkdownRun(token.meta["label"], line, "mark"))
        else:
            own: PieceKind = "text"
            if token.type in ("code_inline", "text_special"):
                own = "code" if token.type == "code_inline" else "literal"
            kind = next((outer for outer in around if outer != "text"), own)
            breaks = token.type in ("softbreak", "hardbreak")
            found.append(
                MarkdownRun("\n" if breaks else " " if token.type == "html_inline" else token.content, line, kind)
            )
            line += breaks
    return [piece for piece in found if piece.text]
