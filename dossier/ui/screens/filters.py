"""The filters: check boxes for the attribution of quotes and the status of evidence, with counts; a range of dates."""

from collections.abc import Mapping

from textual.widget import Widget

from dossier.desk.brief.scope import day_problem, order_problem
from dossier.model.anchors import GLYPHS, STATUSES
from dossier.model.dates import day_of
from dossier.model.fields import ATTRIBUTIONS
from dossier.model.views import FilterCounts, Filters
from dossier.ui.keys.keymap import Keymap
from dossier.ui.widgets.choices import Choice, ChoiceBox, ChoiceMade, Choices
from dossier.ui.widgets.dialog import Dialog
from dossier.ui.widgets.line_input import LineEdit


class FilterScreen(Dialog):
    """The filters. It is left with `chosen` when `filters` are to hold, or with None."""

    def __init__(self, keymap: Keymap, filters: Filters, counts: FilterCounts) -> None:
        super().__init__(keymap)
        self.filters = filters
        """What was chosen."""
        self._counts = counts
        self._touched = False
        self._choices = Choices("Filter", _choices(filters, counts))
        self._first = LineEdit("From: ", "a day, a month or a year: 2025-06-09", scopes=(), id="first")
        self._last = LineEdit("To:   ", "a day, a month or a year, inclusive", scopes=(), id="last")
        self._first.fill(filters.first)
        self._last.fill(filters.last)

    def fields(self) -> list[Widget]:
        """Attribution and evidence, then the dates."""
        return [ChoiceBox(self._choices, id="answers"), self._first, self._last]

    def on_mount(self) -> None:
        """Say what Enter does, and from when to when there are dates."""
        super().on_mount()
        first, last = day_of(self._counts.first), day_of(self._counts.last)
        self.say("Enter: the ticked, else this one" + (f" · {first} to {last}" if first else ""))

    def on_choice_made(self, message: ChoiceMade) -> None:
        """Take note that Space ticked: then Enter takes what is ticked."""
        message.stop()
        self._touched = True

    def action_entry_open(self) -> None:
        """Accept on a choice as well; while nothing is ticked, that choice alone."""
        if not self._touched and not self._choices.chosen():
            self._choices.action_choice_toggle()
        self.action_dialog_accept()

    def action_dialog_accept(self) -> None:
        """Take what is ticked, unless a date cannot be read."""
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
        ticked = self._choices.chosen()
        self.filters = Filters(_some(ticked, ATTRIBUTIONS), _some(ticked, STATUSES), *days)
        self.dismiss("chosen")


def _some(ticked: list[str], choices: tuple[str, ...]) -> tuple[str, ...]:
    """The ticked ones of some choices; none where all are, since that narrows nothing."""
    found = tuple(one for one in choices if one in ticked)
    return () if len(found) == len(choices) else found


def _choices(filters: Filters, counts: FilterCounts) -> list[Choice]:
    found = [Choice("", "How a quote is tied to who said it")]
    found += [_box(one, one, one in filters.attributions, counts.attributions) for one in ATTRIBUTIONS]
    found += [Choice("", ""), Choice("", "Evidence")]
    found += [_box(one, f"{GLYPHS[one]} {one}", one in filters.statuses, counts.statuses) for one in STATUSES]
    return found


def _box(key: str, label: str, ticked: bool, counts: Mapping[str, int]) -> Choice:
    return Choice(key, label, "", ticked, str(counts.get(key, 0)))
