"""The notes of a folder as they would be exported now, for verifying notes exported earlier."""

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from dossier.desk.brief.builder import EXPORTED, Maker
from dossier.desk.evidence.expected_blocks import Dossier, brief_of_chapters, parsed, parts_of, place_of, shown
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
    """Readings of a folder of notes, one for each way in which the same content may be rendered."""

    own: list[list[list[Unit]]]
    """Of the note of one entry: of all that is said of it, and of the links that start from it."""
    tables: list[list[TableRead]]
    """Of each table."""
    listed: list[BriefBlock]
    """Of the list of all notes."""
    listing: str
    """The list of all notes as it is written."""


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
        dossier, names = self.dossier, self.dossier.note_names
        ids = frozenset({entry_id, *map(names.id_of, folder.names), *names.ids_in(text)}) - {""}
        tables = tuple(dossier.chapters_of_tables(parsed(text)))
        rendered = self._render(ids, tables)
        file = note_file(entry_id)
        own, linked = ([_units_of(one[file]) for one in some if file in one] for some in (rendered[:2], rendered[2:]))
        chosen, whole = self._read_listing(entry_id, folder.listing)
        if whole:
            linked = []
        marked = (
            [_units_of(one[file]) for one in self._render_chosen(ids, entry_id, text) if file in one] if chosen else []
        )
        found = [
            [read_tables(parsed(one[name]))[0] for one in rendered[:2]]
            for name in rendered[0]
            if name.startswith("_table") and "\n| " in rendered[0][name]
        ]
        listed = read_lines(parsed(rendered[0][INDEX]))
        return NoteReadings([one for one in (own, linked, marked) if one], found, listed, rendered[0][INDEX])

    def _read_listing(self, entry_id: str, listing: str) -> tuple[bool, bool]:
        """Return whether the list of all notes has chosen entries, and whether it has the pane of an entry.

        The note of a chosen entry may have some of its links; where its pane is there, a note has more than its links.
        """
        paragraphs = parsed(without_properties(listing))
        if read_narrowings(self._desk, paragraphs).chosen:
            return True, False
        entry = self._desk.entry(entry_id)
        names = self.dossier.panes()
        panes = {names.get(shown(one.text())) for one in paragraphs if one.level == 2}
        return False, any(pane in panes for pane in EXPORTED if entry and entry.kind in PANES.get(pane, ()))

    def _render_chosen(self, ids: frozenset[str], entry_id: str, text: str) -> list[dict[str, str]]:
        """The notes of chosen entries, under no others; that of one entry has the links that its text names."""
        parts = parts_of(parsed(without_properties(text)))
        items = []
        for item in filter(None, map(self.dossier.item, sorted(ids))):
            if item.entry.id != entry_id or item.entry.kind == "quote":
                items.append(item)
                continue
            places = [(place_of(one, parts), one) for one in item.references]
            links = [one for at, one in sorted(places, key=lambda two: two[0]) if at >= 0]
            items.append(replace(item, references=tuple(links)))
        brief = brief_of_chapters(Chapter("Marked", tuple(items)))
        return [render_notes(brief, BriefOptions(notes=notes)) for notes in (True, False)]

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
