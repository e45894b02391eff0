"""Render one entry of a brief: a quote once, with its speaker and a footnote; any other entry in one line."""

from collections.abc import Callable, Iterator

from dossier.export.escaping import address, block, inline, one_line
from dossier.export.footnotes import cite
from dossier.export.markdown import CREDIBILITY
from dossier.export.styles.phrases import (
    circumstances_of,
    is_direct,
    is_verbatim,
    quote_doubt,
    speaker_of,
    words_of,
)
from dossier.export.styles.source_notes import SourceNotes
from dossier.model.brief import BriefItem, BriefReference, Citation, join_names
from dossier.model.folding import fold
from dossier.model.relations import ABOUT, SAID_BY
from dossier.model.spoken_dates import spoken_date

Name = Callable[[str, str], str]
"""How an entry is called in Markdown, by its id and title."""


def plain_name(entry_id: str, title: str) -> str:
    """The title of an entry, without a link."""
    return inline(title) or inline(entry_id) or "unnamed"


class EntryRenderer:
    """Writes entries as Markdown; evidence goes into the footnotes of one document."""

    def __init__(self, notes: SourceNotes, name: Name = plain_name, *, editor_notes: bool = False) -> None:
        self._notes = notes
        self._name = name
        self._editor_notes = editor_notes

    def quote(self, item: BriefItem, under: str = "") -> Iterator[str]:
        """A quote; the issue under whose heading it stands is not repeated.

        Direct speech is a block quotation. Whatever else a source reports stands behind who it is about, in plain text.
        """
        lead = self._lead(item)
        shown = is_verbatim(item)
        marks = self._notes.marks(item.citations) if shown else self._notes.frank_marks(item.citations)
        if is_direct(item):
            yield lead
            yield cite("\n>\n".join(block(_printed_words(item), "> ")), marks)
        else:
            yield f"{lead} {cite(' '.join(' '.join(block(words_of(item))).split()), marks)}"
        if item.entry.text("original"):
            yield f"*In translation:* {inline(item.entry.text('text'))}"
        yield from self.relations(item, under)
        yield from self.remarks(item)

    def _lead(self, item: BriefItem) -> str:
        """The attribution of a quote: speakers by their entries, office, date, and whether the words are evidence."""
        names = [self._name(entry_id, name) for entry_id, name in item.speakers if one_line(name)]
        told = ", ".join((join_names(names) or inline(speaker_of(item)), *map(inline, circumstances_of(item))))
        status = quote_doubt(item)
        return f"**{told} ({status}):**" if status else f"**{told}:**"

    def relations(self, item: BriefItem, under: str = "") -> Iterator[str]:
        """The issues and other links of an entry in one line, which begins with emphasis."""
        grouped: dict[str, list[BriefReference]] = {}
        for reference in item.references:
            if reference.relation != SAID_BY:
                grouped.setdefault(_label(reference), []).append(reference)
        issues = grouped.get("Issues", [])
        rest = [one for one in issues if one.other != under]
        if len(rest) < len(issues):
            grouped = {("Also on" if name == "Issues" else name): found for name, found in grouped.items()}
            grouped["Also on"] = rest
        told = []
        for label, references in grouped.items():
            if references:
                told.append(f"*{inline(label)}:* {', '.join(self.reference(item, one) for one in references)}")
        if stance := one_line(item.entry.text("stance")):
            told.append(f"*Stance:* {inline(stance)}")
        if told:
            yield " · ".join(told)

    def reference(self, item: BriefItem, reference: BriefReference) -> str:
        """The other entry, with what the link says and rests on."""
        text = self._name(reference.other, reference.title)
        rests = [one for one in reference.citations if not any(_overlap(one, known) for known in item.citations)]
        grade = ""
        if reference.credibility:
            grade = CREDIBILITY[reference.credibility] if reference.credibility < len(CREDIBILITY) else ""
        told = ", ".join(filter(None, (inline(spoken_date(reference.date)), grade)))
        note = f" — {inline(reference.note)}" if self._editor_notes and one_line(reference.note) else ""
        return cite(f"{text}{f' ({told})' if told else ''}{note}", self._notes.frank_marks(rests))

    def event(self, item: BriefItem) -> str:
        """An event in one line."""
        told = [inline(spoken_date(item.entry.text("when"))), inline(item.entry.text("place"))]
        grouped: dict[str, list[str]] = {}
        for one in item.references:
            if one.kind != "quote":
                grouped.setdefault(inline(one.relation), []).append(self.reference(item, one))
        others = [f"{relation} {', '.join(names)}" for relation, names in grouped.items()]
        line = f"**{inline(item.entry.title)}**{''.join(f', {one}' for one in told if one)}"
        return cite(line, self._notes.frank_marks(item.citations)) + (f" · {'; '.join(others)}" if others else "")

    def article(self, item: BriefItem) -> str:
        """An article as a source is cited, without its text."""
        entry = item.entry
        date = inline(spoken_date(entry.text("published")))
        told = (f"*{inline(entry.title)}*", inline(entry.text("author")), inline(entry.text("publisher")), date)
        url = entry.text("url")
        link = f" {address(url)}" if one_line(url) else ""
        return f"{', '.join(filter(None, told))}.{link}"

    def party(self, item: BriefItem) -> str:
        """A delegation, person or issue in one line."""
        role = inline(item.entry.text("role"))
        name = inline(item.entry.title)
        return cite(f"{name}, {role}" if role else name, self._notes.frank_marks(item.citations))

    def remarks(self, item: BriefItem) -> Iterator[str]:
        """The editor's notes, when they are asked for, and what the author of the brief has to say."""
        if self._editor_notes:
            yield from (f"*Note:* {paragraph}" for paragraph in block(item.entry.text("note")))
        yield from (f"*Comment:* {paragraph}" for paragraph in block(item.remark))


def _label(reference: BriefReference) -> str:
    """The groups of a link: the issues of a quote apart from the people and others that it is about."""
    relation = one_line(reference.relation) or "see"
    if relation == ABOUT:
        return "Issues" if reference.kind == "issue" else "About"
    return relation[:1].upper() + relation[1:]


def _overlap(one: Citation, other: Citation) -> bool:
    """Return whether two citations show some of the same words."""
    left, right = one.evidence, other.evidence
    same = one.source.id == other.source.id and left.sound and right.sound
    return same and left.start < right.end and right.start < left.end


def _printed_words(item: BriefItem) -> str:
    """The words of a quote, as the source has them where it has them."""
    words = words_of(item)
    for citation in item.citations:
        if citation.evidence.sound and fold(citation.evidence.text) == fold(words):
            return citation.evidence.text
    return words
