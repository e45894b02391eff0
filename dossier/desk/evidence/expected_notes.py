"""The notes of a folder as the dossier would write them now, for verifying those that were exported."""

from typing import TYPE_CHECKING, NamedTuple

from dossier.desk.brief.builder import EXPORTED, Maker
from dossier.desk.evidence.expected_blocks import Dossier, brief_of_chapters, parsed, shown
from dossier.desk.evidence.narrowings import read_narrowings
from dossier.desk.evidence.verify_folder import NoteFolder
from dossier.desk.listing.lists import PANES
from dossier.export.brief_blocks import BriefBlock, TableRead, Unit, read_lines, read_note, read_tables
from dossier.export.note_properties import read_properties, without_properties
from dossier.export.styles.notes_style import INDEX, note_file, render_notes
from dossier.model.brief import Brief, Chapter
from dossier.model.brief_options import BriefOptions

if TYPE_CHECKING:
    from dossier.desk.desk import Desk


class NoteReadings(NamedTuple):
    """Readings of a folder of notes, one for each way in which the same may be put."""

    own: list[list[list[Unit]]]
    """Of the note of one entry: of all that is said of it, and of the links that start from it."""
    tables: list[list[TableRead]]
    """Of each table."""
    listed: list[list[BriefBlock]]
    """Of the list of all notes."""


class ExpectedNotes:
    """Renders the notes of entries and tables; those of one folder once for all its files."""

    def __init__(self, desk: "Desk", dossier: Dossier) -> None:
        self._desk = desk
        self.dossier = dossier
        self._maker = Maker(desk)
        self._contents: tuple[frozenset[str], tuple[Chapter, ...]] | None = None
        self._brief: Brief | None = None
        self._rendered: list[dict[str, str]] = [{}]

    def notes(self, entry_id: str, text: str, folder: NoteFolder) -> NoteReadings:
        """Readings of the note of an entry, of tables and of the list of all notes, beside the others of its folder."""
        dossier = self.dossier
        ids = frozenset({entry_id, *filter(dossier.is_id, folder.names)} | dossier.noted(text)) - {""}
        tables = tuple(dossier.chapters_of_tables(parsed(text)))
        rendered = self._render(ids, tables)
        file = note_file(entry_id)
        own, linked = ([_units_of(one[file]) for one in some if file in one] for some in (rendered[:2], rendered[2:]))
        if self._tells_whole(entry_id, folder.listing):
            linked = []
        found = [
            [read_tables(parsed(one[name]))[0] for one in rendered[:2]]
            for name in rendered[0]
            if name.startswith("_table") and "\n| " in rendered[0][name]
        ]
        return NoteReadings([one for one in (own, linked) if one], found, [read_lines(parsed(rendered[0][INDEX]))])

    def _tells_whole(self, entry_id: str, listing: str) -> bool:
        """Whether the list of all notes has the pane of an entry, whose note then tells more than its links."""
        paragraphs = parsed(without_properties(listing))
        entry = self._desk.entry(entry_id)
        if entry is None or read_narrowings(self._desk, paragraphs).chosen:
            return False
        names = self.dossier.panes()
        panes = {names.get(shown(one.text())) for one in paragraphs if one.level == 2}
        return any(pane in panes for pane in EXPORTED if entry.kind in PANES.get(pane, ()))

    def _render(self, ids: frozenset[str], tables: tuple[Chapter, ...]) -> list[dict[str, str]]:
        """The notes of some entries and tables by their files, with and without what an editor noted; then of links."""
        if (ids, tables) != self._contents:
            chapters = [one for pane in EXPORTED[:-1] if (one := self._maker.chapter(pane, ids)).items]
            self._brief = brief_of_chapters(*chapters, *tables)
            links = brief_of_chapters(self._maker.chapter("links", ids))
            options = [BriefOptions(notes=notes) for notes in (True, False)]
            self._rendered = [render_notes(brief, one) for brief in (self._brief, links) for one in options]
            self._contents = (ids, tables)
        assert self._brief is not None
        self.dossier.cite(self._brief)
        return self._rendered


def _units_of(note: str) -> list[Unit]:
    return read_properties(note) + read_note(parsed(without_properties(note)))
