"""What was said: each quote with its speaker, its first words and the state of its evidence."""

from dossier.model.clean import clean_line
from dossier.ui.drawing.text import NOTHING, cut
from dossier.ui.drawing.wrap import wrap
from dossier.ui.widgets.entry_list import EntryList, status_look
from dossier.ui.widgets.list_view import Drawn


class Quotes(EntryList):
    """The quotes, three lines each."""

    pane = "quotes"
    number = "3"
    empty = "No quotes."
    height = 3

    def draw(self, row: int, part: int, width: int) -> Drawn:
        """First who said it and where it stands, then the words."""
        entry = self.entry_at(row)
        if part == 0:
            right = self.status_pieces(entry.status, sound=True)
            if entry.paragraph:
                right.append((f"¶{entry.paragraph}", self.look("row--faint")))
            return [(entry.detail or "no speaker", self.look("row--strong"))], right
        words = f"“{clean_line(entry.title).strip('“”')}”"
        lines = wrap(words, 0, len(words), width)
        if part - 1 >= len(lines) or part >= self.height - self.gap:
            return [], []
        start, end = lines[part - 1]
        if part == self.height - self.gap - 1 and len(lines) > part:
            end = len(words)
        style = NOTHING if entry.status is None or status_look(entry.status) == "row--good" else self.look("row--faint")
        return [(cut(words[start:end], width), style)], []
