"""A brief of the brief or notes style read back: words stand in the text, footnotes only name their source."""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from dossier.export.brief_blocks import is_facts, is_label, lead_of
from dossier.export.briefs import BriefRead, Claim, _Section, read_footnote, referred_to
from dossier.export.parsed import BriefParagraph

_BEARS_WORDS = re.compile(
    r"\s*(?:[^“\"„«]*not evidence:\s*)?[“\"„«].*[”\"“»]\s*[—–―-]{1,3}\s", re.DOTALL | re.IGNORECASE
)
_JOINT = re.compile(r"[”\"“»]\s*[—–―-]{1,3}\s")
_NUMBER = re.compile(r"¶\s*(\d{1,9})")
_DOUBT = re.compile(r"\((?:(?:missing|ambiguous|reworded), not|no) evidence\)", re.IGNORECASE)


def read_styled(paragraphs: Sequence[BriefParagraph]) -> BriefRead | None:
    """The quotations of a brief whose footnotes leave the words to the text; None when it is not of that kind."""
    notes: dict[str, Claim] = {}
    bearing: set[str] = set()
    referred = {mark.text for one in paragraphs for mark in one.marks}
    for note in paragraphs:
        if note.holder == "footnote" and note.label not in notes:
            bears = bool(_BEARS_WORDS.match(note.text()))
            notes[note.label] = _bearing(note) if bears else _source(note)
            bearing |= {note.label} if bears else set()
    leads = any(lead_of(one) for one in paragraphs)
    if any(is_facts(one) for one in paragraphs) or not (leads or (notes and len(bearing) < len(notes))):
        return None
    body = [one for one in paragraphs if one.holder != "footnote"]
    lost = [mark for one in paragraphs for mark in one.marks if mark.text not in notes]
    found = [referred_to(note, referred) for label, note in notes.items() if label in bearing or label not in referred]
    found += [
        Claim("reference", one.line, "", footnote=one.text, trouble=f"there is no footnote {one.text}") for one in lost
    ]
    found += _Reader(body, notes, bearing).read()
    return BriefRead(tuple(sorted(found, key=lambda one: one.line)))


def _bearing(note: BriefParagraph) -> Claim:
    """A footnote that holds words and, behind a dash, their source."""
    told = " ".join(note.text().split())
    parts = list(_JOINT.finditer(told))
    if any(piece.kind == "emphasis" for piece in note.pieces) or not parts:
        return read_footnote(note)
    words = re.sub(r"^[^“\"„«]*[“\"„«]", "", told[: parts[-1].start()]).strip()
    source = _source(note)
    return replace(source, words=words, article=source.article if source.article != told else told[parts[-1].end() :])


def _source(note: BriefParagraph) -> Claim:
    """A footnote that names an article and no words."""
    told = " ".join(note.text().split())
    code = next((piece.text for piece in reversed(note.pieces) if piece.kind == "code"), "")
    number = _NUMBER.search(told)
    article = code or told
    trouble = "" if article else "the footnote names no article"
    paragraph = int(number[1]) if number else 0
    return Claim("footnote", note.line, "", article, paragraph, "", note.label, trouble, source=told)


class _Reader(_Section):
    """Goes through the text of a brief; what stands before its first quotation introduces it."""

    def __init__(self, body: list[BriefParagraph], notes: dict[str, Claim], bearing: set[str]) -> None:
        super().__init__(body, notes, headed=False)
        self.introduces = True
        self._bearing = bearing

    def read(self) -> list[Claim]:
        """All that the text claims."""
        found: list[Claim] = []
        said = ""
        for at, paragraph in enumerate(self.paragraphs):
            lead = lead_of(paragraph)
            if lead or paragraph.marks or paragraph.holder == "quotation" or paragraph.level > 1:
                self.introduces = False
            if lead:
                said = lead
                claims = self._reported(paragraph)
            elif paragraph.holder == "quotation":
                claims = self._quoted(at, paragraph)
            elif paragraph.holder == "raw":
                claims = [Claim("raw", paragraph.line, paragraph.text(), trouble="HTML and code are not read")]
            else:
                said = ""
                claims = [] if is_label(paragraph) else self._prose(paragraph)
            if said:
                doubted = bool(_DOUBT.search(said))
                claims = [replace(one, doubted=doubted or one.doubted) for one in claims]
            found += claims
        return found

    def _reported(self, paragraph: BriefParagraph) -> list[Claim]:
        """The words behind a bold name; none where they are the editor's account of words in the footnote."""
        source = self._source(paragraph.marks)
        return [] if source is not None and source.footnote in self._bearing else self._labelled(paragraph)
