"""Filters: how a quote is tied to who said it, how sound its evidence is, from when it is."""

from textual.widget import Widget

from dossier.desk.brief.scope import day_problem, order_problem
from dossier.model.anchors import GLYPHS, STATUSES
from dossier.model.views import ALL, RUNGS, Filters
from dossier.ui.keys.keymap import Keymap
from dossier.ui.widgets.choices import Choice, Choices
from dossier.ui.widgets.dialog import Dialog
from dossier.ui.widgets.line_input import LineEdit


class FilterScreen(Dialog):
    """The filters. It is left with `chosen` when `filters` are to hold, or with None."""

    def __init__(self, keymap: Keymap, filters: Filters) -> None:
        super().__init__(keymap)
        self.filters = filters
        """What was chosen."""
        self._choices = Choices("Filter", _choices(filters), id="answers")
        self._first = LineEdit("From: ", "a day, a month or a year: 2025-06-09", scopes=(), id="first")
        self._last = LineEdit("To:   ", "a day, a month or a year, inclusive", scopes=(), id="last")
        self._first.fill(filters.first)
        self._last.fill(filters.last)

    def fields(self) -> list[Widget]:
        """Attribution and evidence, then the dates."""
        return [self._choices, self._first, self._last]

    def action_entry_open(self) -> None:
        """Enter on a choice accepts as well: Space ticks."""
        self.action_dialog_accept()

    def action_dialog_accept(self) -> None:
        """Takes what is ticked, unless a date cannot be read."""
        days = (self._first.text.strip(), self._last.text.strip())
        for line, day in zip((self._first, self._last), days, strict=True):
            if problem := day_problem(day):
                self.refuse(problem)
                self.set_focus(line)
                return
        if problem := order_problem(*days):
            self.refuse(problem)
            self.set_focus(self._first)
            return
        rung = next(iter(self._choices.chosen("attribution")), "0")
        statuses = tuple(self._choices.chosen())
        all_of_them = len(statuses) in (0, len(STATUSES))
        self.filters = Filters(RUNGS[int(rung)], () if all_of_them else statuses, *days)
        self.dismiss("chosen")


def _choices(filters: Filters) -> list[Choice]:
    now = filters.attributions if filters.attributions in RUNGS else ALL.attributions
    found = [Choice("", "How a quote is tied to who said it")]
    for number, rung in enumerate(RUNGS):
        found.append(
            Choice(
                str(number), " or ".join(", ".join(rung).rsplit(", ", 1)) or "in any way", "attribution", rung == now
            )
        )
    found += [Choice("", ""), Choice("", "Evidence")]
    for status in STATUSES:
        ticked = not filters.statuses or status in filters.statuses
        found.append(Choice(status, f"{GLYPHS[status]} {status}", "", ticked))
    return found
