"""Entries and tables that the chapters of a brief leave out of the panes that they are named after."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dossier.desk.brief.builder import TABLES
from dossier.desk.evidence.expected_blocks import Dossier
from dossier.desk.evidence.narrowings import Narrowing
from dossier.export.block_differences import left_out
from dossier.export.brief_blocks import is_facts, one_spaced
from dossier.export.briefs import Claim
from dossier.export.parsed import BriefParagraph
from dossier.export.styles.notes_style import INDEX
from dossier.export.verdicts import Verdict
from dossier.model.folding import fold

if TYPE_CHECKING:
    from dossier.desk.desk import Desk


def verify_contents(
    desk: "Desk", dossier: Dossier, paragraphs: Sequence[BriefParagraph], narrowing: Narrowing, text: str, note: str
) -> Iterator[Verdict]:
    """A verdict on each entry and table that a chapter leaves out, of a brief that was narrowed to no chosen entries.

    Of a folder of notes it is the list of all notes that is held against the panes; `text` is the note as written.
    """
    if note and note != INDEX.removesuffix(".md"):
        return
    panes = dossier.panes()
    whole = dossier.told(paragraphs) if not note else dossier.note_names.ids_in(text)
    apart = bool(note) or any(map(is_facts, paragraphs))  # the brief style tells of each entry once
    chapters = list(_chapters(dossier, paragraphs, text, panes))
    if not chapters and not note:
        chapters = [(1, pane, whole) for pane in dossier.only_pane(whole, narrowing)]
    for line, pane, ids in chapters if whole else ():
        if pane == "links" and apart:
            continue  # the blocks of the entries tell which of their links are left out
        for title in dossier.missing(pane, ids if apart else whole, narrowing):
            yield left_out(line, title)
    yield from () if note else _tables(desk, paragraphs)


def _chapters(
    dossier: Dossier, paragraphs: Sequence[BriefParagraph], text: str, panes: dict[str, str]
) -> Iterator[tuple[int, str, set[str]]]:
    """The line, the pane and the entries of each chapter that is named after a pane."""
    lines = text.split("\n")
    heads = [one for one in paragraphs if one.level == 2]
    for at, head in enumerate(heads):
        last = heads[at + 1].line if at + 1 < len(heads) else max(len(lines), paragraphs[-1].line) + 1
        pane = panes.get(fold(one_spaced(head.text())))
        if pane:
            within = [one for one in paragraphs if head.line <= one.line < last]
            noted = dossier.note_names.ids_in("\n".join(lines[head.line - 1 : last - 1]))
            yield head.line, pane, noted if text else dossier.told(within)


def _tables(desk: "Desk", paragraphs: Sequence[BriefParagraph]) -> Iterator[Verdict]:
    """A verdict on each chapter that is named after a table and has none that can be read."""
    names = {fold(desk.label(pane)) for pane in TABLES}
    for at, head in enumerate(paragraphs):
        if head.level == 2 and fold(one_spaced(head.text())) in names:
            following = next(iter(paragraphs[at + 1 :]), None)
            if following is None or not (following.cell or following.text() == "Nothing to show."):
                why = "the table below this heading cannot be read"
                yield Verdict(Claim("details", head.line, one_spaced(head.text())), "unchecked", why)
