"""A brief of the brief or notes style read back: words stand in the text, footnotes only name their source."""

import re
from typing import NamedTuple

from msgspec.structs import replace

from dossier.export.briefs import BriefRead, Claim, _footnote, _is_facts, _Section
from dossier.export.parsed import Paragraph, Piece, parse
from dossier.model.clean import clean

_BEARS_WORDS = re.compile(
    r"\s*(?:[^“\"„«]*not evidence:\s*)?[“\"„«].*[”\"“»]\s*[—–―-]{1,3}\s", re.DOTALL | re.IGNORECASE
)
_JOINT = re.compile(r"[”\"“»]\s*[—–―-]{1,3}\s")
_NUMBER = re.compile(r"¶\s*(\d{1,9})")
_DOUBT = re.compile(r"\((?:(?:missing|ambiguous|reworded), not|no) evidence\)", re.IGNORECASE)


class Lead(NamedTuple):
    """What a brief says of some words: who said them, and how that is known."""

    line: int
    """From 1."""
    text: str
    """`Donald Trump, President, paraphrased`."""
    words: str
    """What it is said of."""


class StyledRead(NamedTuple):
    """What was read of a brief of these styles."""

    brief: BriefRead
    """Its claims; an article is named by all that its footnote says, where that gives no id."""
    leads: tuple[Lead, ...]
    """In the order of lines."""


def read_styled(text: str) -> StyledRead | None:
    """The quotations of a brief whose footnotes leave the words to the text; None when it is not of that kind."""
    paragraphs = parse(clean(text.removeprefix("\ufeff")))
    notes: dict[str, Claim] = {}
    bearing: set[str] = set()
    for note in paragraphs:
        if note.holder == "footnote" and note.label not in notes:
            bears = bool(_BEARS_WORDS.match(note.text()))
            notes[note.label] = _bearing(note) if bears else _source(note)
            bearing |= {note.label} if bears else set()
    leads = any(_lead(one) for one in paragraphs)
    if any(_is_facts(one) for one in paragraphs) or not (leads or (notes and len(bearing) < len(notes))):
        return None
    body = [one for one in paragraphs if one.holder != "footnote"]
    lost = [mark for one in paragraphs for mark in one.marks if mark.text not in notes]
    found = [notes[label] for label in bearing]
    found += [
        Claim("reference", one.line, "", footnote=one.text, trouble=f"there is no footnote {one.text}") for one in lost
    ]
    reader = _Reader(body, notes, bearing)
    found += reader.read()
    return StyledRead(BriefRead(tuple(sorted(found, key=lambda one: one.line))), tuple(reader.leads))


def _bearing(note: Paragraph) -> Claim:
    """A footnote that holds words and, behind a dash, their source."""
    told = " ".join(note.text().split())
    parts = list(_JOINT.finditer(told))
    if any(piece.kind == "emphasis" for piece in note.pieces) or not parts:
        return _footnote(note)
    words = re.sub(r"^[^“\"„«]*[“\"„«]", "", told[: parts[-1].start()]).strip()
    source = _source(note)
    return replace(source, words=words, article=source.article if source.article != told else told[parts[-1].end() :])


def _source(note: Paragraph) -> Claim:
    """A footnote that names an article and no words."""
    told = " ".join(note.text().split())
    code = next((piece.text for piece in reversed(note.pieces) if piece.kind == "code"), "")
    number = _NUMBER.search(told)
    article = code or told
    trouble = "" if article else "the footnote names no article"
    return Claim("footnote", note.line, "", article, int(number[1]) if number else 0, "", note.label, trouble)


def _lead(paragraph: Paragraph) -> str:
    """The bold name with which a paragraph about someone's words begins; empty when it begins otherwise."""
    if paragraph.holder != "prose":
        return ""
    text = ""
    for piece in paragraph.pieces:
        if piece.kind != "strong" and piece.text.strip():
            break
        text += piece.text
    told = " ".join(text.split())
    return told[:-1].rstrip() if told.endswith(":") else ""


class _Reader(_Section):
    """Goes through the text of a brief; what stands before its first quotation introduces it."""

    def __init__(self, body: list[Paragraph], notes: dict[str, Claim], bearing: set[str]) -> None:
        super().__init__(body, notes, headed=False)
        self.introduces = True
        self.leads: list[Lead] = []
        self._bearing = bearing

    def read(self) -> list[Claim]:
        """All that the text claims."""
        found: list[Claim] = []
        said, line = "", 0
        for at, paragraph in enumerate(self.paragraphs):
            lead = _lead(paragraph)
            if lead or paragraph.marks or paragraph.holder == "quotation" or paragraph.level > 1:
                self.introduces = False
            if lead:
                said, line = lead, paragraph.line
                claims = self._reported(paragraph)
            elif paragraph.holder == "quotation":
                claims = self._quoted(at, paragraph)
            elif paragraph.holder == "raw":
                claims = [Claim("raw", paragraph.line, paragraph.text(), trouble="HTML and code are not read")]
            else:
                said = ""
                claims = [] if _is_label(paragraph) else self._prose(paragraph)
            if said:
                self.leads += [Lead(line, said, one.words) for one in claims if one.words]
                doubted = bool(_DOUBT.search(said))
                claims = [replace(one, doubted=doubted or one.doubted) for one in claims]
            found += claims
        return found

    def _reported(self, paragraph: Paragraph) -> list[Claim]:
        """The words behind a bold name."""
        pieces = list(paragraph.pieces)
        while pieces and (pieces[0].kind == "strong" or not pieces[0].text.strip()):
            pieces.pop(0)
        words = "".join(piece.text for piece in pieces if piece.kind != "mark").strip()
        if not words:
            return []
        source = self._source(paragraph.marks)
        if source is not None and source.footnote in self._bearing:
            return []  # the editor's own account; the words themselves stand in the footnote
        line = next((piece.line for piece in pieces if piece.text.strip()), paragraph.line)
        return [self._claim("prose", line, words, source)]


def _is_label(paragraph: Paragraph) -> bool:
    """Whether a paragraph begins with emphasis and a colon, as what is no quotation does."""
    text = ""
    for piece in paragraph.pieces:
        if piece.kind != "emphasis" and piece.text.strip():
            break
        text += piece.text
    return text.strip().endswith(":") and bool(paragraph.pieces) and _emphasised(paragraph.pieces)


def _emphasised(pieces: tuple[Piece, ...]) -> bool:
    first = next((piece for piece in pieces if piece.text.strip()), None)
    return first is not None and first.kind == "emphasis"
