"""An exported brief read back, perhaps edited by hand: its quotations, where they stand, and the source each names.

Read are the words of every footnote, every paragraph of a block quotation, the words between double quotation marks in
the heading of a quote, and those in any other prose or table. The editor's own texts (title, summary, and what stands
behind a bold label: notes, names, relations) are not quotations, nor is what stands between escaped quotation marks.
What could be one but names no source is kept, so that it can be told as unchecked.
"""

import re
from collections.abc import Container, Iterable
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from dossier.export.brief_blocks import HEADED, KIND, is_facts, label_of
from dossier.export.markdown import AS_REPORTED, IN_OTHER_WORDS
from dossier.export.parsed import BriefParagraph, MarkdownRun

Where = Literal["footnote", "quotation", "heading", "prose", "report", "reference", "raw", "details"]
"""In what a claim stands; `report` is what follows a label or a name, `reference` leads to no footnote that is there,
`raw` is HTML or code, `details` what is said beside the words."""


class Claim(Struct, frozen=True):
    """Words that a brief says are in a source."""

    where: Where
    line: int
    """From 1, in the file as it is."""
    words: str
    """As they read, free of Markdown; lines may part them."""
    article: str = ""
    """Id of the article, or its title when the id was taken out; empty when none is named."""
    paragraph: int = 0
    """Which paragraph is named; 0 when none is."""
    entry: str = ""
    """Id of the entry under whose heading it stands, as far as it can be told."""
    footnote: str = ""
    """Label of the footnote that it is, or that it refers to."""
    trouble: str = ""
    """Why it cannot be checked; empty when it can be."""
    doubted: bool = False
    """Whether the brief itself says that these words are no evidence."""
    further: int = 0
    """By how many paragraphs it may stand further down: a quotation over several begins in the one that is named."""
    source: str = ""
    """Of a footnote: all that it says of its source."""
    by_id: bool = False
    """Of a footnote: whether it names its article by an id."""


class BriefRead(Struct, frozen=True):
    """The contents read from a brief."""

    claims: tuple[Claim, ...]
    """In the order of their lines."""


_OPENING, _CLOSING = '“"„«”', '”"“»'
_QUOTED = re.compile(r"“([^“”]*(?:“[^“”]*”[^“”]*)*)”|„([^„“”]+)[“”]|«([^«»]+)»|\"([^\"]+)\"")
_BEFORE_SOURCE = re.compile(f"[{_CLOSING}]\\s*[—–―-]{{1,3}}\\s*$")
_NUMBER = re.compile(r"(?:¶|\bpara(?:graph|\.)?)\s*(\d{1,9})")
_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
_DOUBT = re.compile(r"\b(?:missing, not|ambiguous, not|reworded, not|no) evidence\b", re.IGNORECASE)
_LEFT_OUT = re.compile(r"^(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*|\s*(?:…|\.\.\.|\[…\]|\[\.\.\.\])$")


def read_brief(paragraphs: Iterable[BriefParagraph]) -> BriefRead:
    """Every quotation and footnote of a brief; nothing in it, however edited, is an error."""
    paragraphs = list(paragraphs)
    referred = {mark.text for paragraph in paragraphs for mark in paragraph.marks}
    sections: list[list[BriefParagraph]] = [[]]
    claims: list[Claim] = []
    notes: dict[str, Claim] = {}
    for paragraph in paragraphs:
        if paragraph.holder == "footnote":
            claims.append(referred_to(read_footnote(paragraph), referred))
            notes.setdefault(paragraph.label, claims[-1])
        elif paragraph.holder == "heading":
            sections.append([paragraph])
        else:
            sections[-1].append(paragraph)
    for paragraph in paragraphs:
        claims += [_missing_footnote(mark) for mark in paragraph.marks if mark.text not in notes]
    headed = sum(bool(section) for section in sections) > 1
    for section in sections:
        claims += _Section(section, notes, headed).claims()
    return BriefRead(tuple(sorted(claims, key=lambda claim: claim.line)))


def trimmed(words: str) -> str:
    """`words` without an ellipsis at either end, which says that words were left out."""
    return _LEFT_OUT.sub("", _LEFT_OUT.sub("", words.strip())).strip()


def _missing_footnote(mark: MarkdownRun) -> Claim:
    return Claim("reference", mark.line, "", footnote=mark.text, trouble=f"there is no footnote {mark.text}")


def referred_to(note: Claim, referred: Container[str]) -> Claim:
    """The claim of a footnote, with trouble when nothing in the text refers to it: what did was taken out."""
    if note.footnote in referred or note.trouble:
        return note
    return replace(note, trouble="nothing in the text refers to this footnote")


def read_footnote(note: BriefParagraph) -> Claim:
    """The words, article and paragraph that a footnote names; what was taken out of it is empty."""
    pieces = [piece for piece in note.pieces if piece.kind != "mark"]
    cut = len(pieces)
    seen = ""
    for at, piece in enumerate(pieces):
        within = at > 0 and pieces[at - 1].kind == "emphasis"
        if piece.kind == "emphasis" and not within and _BEFORE_SOURCE.search(seen):
            cut = at
        seen += piece.text
    body = "".join(piece.text for piece in pieces[:cut])
    first = min((at for at in map(body.find, _OPENING) if at >= 0), default=-1)
    last = max(map(body.rfind, _CLOSING))
    words = body[first + 1 : last].strip() if 0 <= first < last else ""
    tail = pieces[cut:] or pieces
    code = next((piece.text for piece in reversed(tail) if piece.kind == "code"), "")
    article = code or _title(tail)
    number = _NUMBER.search("".join(piece.text for piece in tail if piece.kind == "text"))
    trouble = "" if article else "the footnote names no article"
    if not words:
        trouble = "the footnote holds no words between quotation marks"
    paragraph = int(number[1]) if number else 0
    doubted = any(piece.kind == "strong" and _DOUBT.search(piece.text) for piece in pieces)
    told = words or body.strip()
    source = "".join(piece.text for piece in tail)
    return Claim(
        "footnote", note.line, told, article, paragraph, "", note.label, trouble, doubted, 0, source, bool(code)
    )


def _title(pieces: list[MarkdownRun]) -> str:
    """The first emphasised run of text."""
    title = ""
    for piece in pieces:
        if piece.kind == "emphasis":
            title += piece.text
        elif title:
            break
    return " ".join(title.split())


class _Section:
    """The blocks from one heading to the next, footnotes apart."""

    def __init__(self, paragraphs: list[BriefParagraph], notes: dict[str, Claim], headed: bool) -> None:
        self.paragraphs = paragraphs
        self.notes = notes
        first = paragraphs[0] if paragraphs else None
        self.introduces = headed and first is not None and first.level == 1
        self.facts = next((one for one in paragraphs if one.holder == "prose" and is_facts(one)), None)
        self.kind = self.entry = ""
        self.doubted = first is not None and first.holder == "heading" and bool(_DOUBT.search(first.text()))
        if self.facts:
            match = KIND.match(self.facts.text())
            self.kind = match[1].lower() if match else ""
            self.entry = [piece.text for piece in self.facts.pieces if piece.kind == "code"][-1]

    def claims(self) -> list[Claim]:
        """All that its paragraphs claim."""
        found: list[Claim] = []
        for at, paragraph in enumerate(self.paragraphs):
            if paragraph.holder == "quotation":
                found += self._quoted(at, paragraph)
            elif paragraph.holder == "raw":
                words = _TAG.sub("", paragraph.text()).strip()
                if words:
                    found.append(Claim("raw", paragraph.line, words, trouble="HTML and code are not read"))
            elif paragraph.holder == "heading":
                found += self._heading_claim(paragraph)
            elif label_of(paragraph, "strong") == AS_REPORTED:
                found += self._labelled(paragraph)
            elif paragraph is not self.facts and not paragraph.labelled and not _is_note(paragraph):
                found += self._prose(paragraph)
        return found

    def _source(self, marks: list[MarkdownRun]) -> Claim | None:
        """The footnote to which the first of some references leads."""
        return next((self.notes[mark.text] for mark in marks if mark.text in self.notes), None)

    def _quoted(self, at: int, paragraph: BriefParagraph) -> list[Claim]:
        """A paragraph of a block quotation, with the reference behind it or behind the last one."""
        pieces = paragraph.pieces
        number = _NUMBER.fullmatch(pieces[0].text.strip()) if pieces and pieces[0].kind == "strong" else None
        if number:
            pieces = pieces[1:]
        words = "".join(piece.text for piece in pieces if piece.kind != "mark").strip()
        line = next((piece.line for piece in pieces if piece.text.strip()), paragraph.line)
        if not words:
            return []
        if self.kind == "article" and number:
            return [Claim("quotation", line, words, self.entry, int(number[1]), self.entry)]
        marks = paragraph.marks
        for following in self.paragraphs[at + 1 :]:
            if marks or following.holder != "quotation":
                break
            marks = following.marks
        first = at
        while first and self.paragraphs[first - 1].holder == "quotation":
            first -= 1
        return [replace(self._claim("quotation", line, words, self._source(marks)), further=at - first)]

    def _labelled(self, paragraph: BriefParagraph) -> list[Claim]:
        """The words behind a bold label or name."""
        pieces = list(paragraph.pieces)
        while pieces and (pieces[0].kind == "strong" or not pieces[0].text.strip()):
            pieces.pop(0)
        words = "".join(piece.text for piece in pieces if piece.kind != "mark").strip()
        line = next((piece.line for piece in pieces if piece.text.strip()), paragraph.line)
        return [self._claim("report", line, words, self._source(paragraph.marks))] if words else []

    def _heading_claim(self, heading: BriefParagraph) -> list[Claim]:
        """The words in the heading of a quote."""
        reworded = any(one.text().startswith((IN_OTHER_WORDS, AS_REPORTED)) for one in self.paragraphs)
        if reworded or self.kind not in ("", "quote"):
            return []
        quoted = [one for one in self.paragraphs if one.holder == "quotation"]
        block = " ".join(" ".join(one.text().split()) for one in quoted)
        ends = [match[1] for match in HEADED.finditer(heading.text())]
        words = next((end for end in ends if block.startswith(trimmed(end))), ends[0] if ends else "")
        if not trimmed(words):
            return []
        marks = [mark for one in (heading, *quoted) for mark in one.marks]
        return [self._claim("heading", heading.line, words, self._source(marks))]

    def _prose(self, paragraph: BriefParagraph) -> list[Claim]:
        """The words between quotation marks in a paragraph, with the reference that follows them."""
        text = masked = ""
        places: list[tuple[int, MarkdownRun]] = []
        for piece in paragraph.pieces:
            places.append((len(text), piece))
            if piece.kind != "mark":
                text += piece.text
                masked += "\0" * len(piece.text) if piece.kind in ("link", "literal") else piece.text
        found = []
        for match in _QUOTED.finditer(masked):
            source = self._source([piece for at, piece in places if at >= match.end() and piece.kind == "mark"])
            line = max((piece.line for at, piece in places if at <= match.start()), default=paragraph.line)
            group = next(number for number, words in enumerate(match.groups(), 1) if words is not None)
            words = text[match.start(group) : match.end(group)].strip()
            if words and (source or not self.introduces):
                found.append(self._claim("prose", line, words, source))
        return found

    def _claim(self, where: Where, line: int, words: str, note: Claim | None) -> Claim:
        if note is None:
            trouble = "no footnote says where these words stand"
            return Claim(where, line, words, "", 0, self.entry, "", trouble, self.doubted)
        trouble = "" if note.article else "its footnote names no article"
        doubted = note.doubted or self.doubted
        return Claim(where, line, words, note.article, note.paragraph, self.entry, note.footnote, trouble, doubted)


def _is_note(paragraph: BriefParagraph) -> bool:
    """Return whether a paragraph is what an editor or author has to say, as the brief and notes styles label it."""
    return label_of(paragraph, "emphasis") in ("Note:", "Comment:")
