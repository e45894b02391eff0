"""The line in which a query is typed, the lines that say how it was read, and the queries typed before."""

from textual import events

from dossier.desk.state import MODES, BrowseState
from dossier.ui.messages import FacetChosen, LineTyped, QueryChosen
from dossier.ui.screens.browse.base import BrowseBase, Controller
from dossier.ui.screens.browse.navigation import NavigationController
from dossier.ui.screens.browse.panes import PaneController
from dossier.ui.screens.browse.results import ResultsController
from dossier.ui.widgets.fold_state import hits_wanted_at
from dossier.ui.widgets.line_input import LineEdit
from dossier.ui.widgets.query_line import Understood
from dossier.ui.widgets.screen import Conditions


class QueryLineController(Controller):
    """Takes what is typed, and the keys that hold while one types."""

    def __init__(
        self, screen: BrowseBase, panes: PaneController, navigation: NavigationController, results: ResultsController
    ) -> None:
        super().__init__(screen)
        self._panes, self._navigation, self._results = panes, navigation, results
        self._draft = ""
        self._position = -1  # in the earlier queries; -1 for the draft
        self._untouched = True

    @property
    def line(self) -> LineEdit:
        """The input line."""
        return self.screen.query_one("#search", LineEdit)

    def scopes(self, scopes: tuple[str, ...]) -> tuple[str, ...]:
        """Put the keys of the query before those of every input line."""
        focused = self.screen.focused
        return ("searching", *scopes) if focused is not None and focused.id == "search" else scopes

    def conditions(self) -> Conditions:
        """The condition of going up from the line."""
        return {"above": lambda: self._goes_to_queries() or self._results.has_rows()}

    async def action_search_open(self) -> None:
        """Open the search line, with what was typed last, which the next letter replaces."""
        if (mounting := self._panes.mount_pane("results")) is not None:
            await mounting
        line, results = self.line, self._results
        line.choose()
        self._untouched, self._position = True, -1
        if not self.view.searching:
            self.screen.go(searching=True, pane="results", query=line.text, begun=results.asked.typing, hit=-1)
        else:
            self._panes.show_pane("results")
        self.screen.set_focus(line)
        typing = results.asked.typing or line.text != results.asked.text
        if line.text and results.request(line.text, typing=typing) != results.asked:
            results.ask(line.text, typing=typing)
        elif not line.text:
            results.offer()
        self.status_shown()

    def on_paste(self, event: events.Paste) -> None:
        """Take what was pasted while the line was being opened."""
        if self.screen.focused is self.line:
            self.line.on_paste(event)

    def on_line_typed(self, message: LineTyped) -> None:
        """Search as one types."""
        message.stop()
        self._untouched, self._position = False, -1
        if message.text == "?":
            self.line.fill("")
            self.action_query_help()
            return
        self.screen.draw_now(self.line)  # before the search takes its share of the processor
        self._results.ask(message.text, typing=True)

    def take(self, query: str) -> None:
        """Put a query into the line and search for it."""
        self.line.fill(query)
        self._results.ask(query, typing=False)

    def on_query_chosen(self, message: QueryChosen) -> None:
        """Search for what was chosen."""
        message.stop()
        self.take(message.query)
        self._results.keep_query()

    def on_facet_chosen(self, message: FacetChosen) -> None:
        """Narrow the query to a kind, or leave one out."""
        from dossier.desk.search.query_edit import narrow_to_kind  # noqa: PLC0415 - not needed to start

        message.stop()
        asked = self._results.asked
        self.take(narrow_to_kind(asked.text, message.kind, exclude=message.exclude, typing=asked.typing))
        self._results.keep_query()

    def action_query_older(self) -> None:
        """Take the query searched for before the one in the line."""
        queries = self._results.queries
        if self._position < 0:
            self._draft = self.line.text
        position = self._position + 1
        if position < len(queries) and queries[position] == self.line.text:
            position += 1
        if position >= len(queries):
            nothing = "Nothing was searched for before this." if queries else "Nothing was searched for yet."
            self.screen.refuse(nothing)
            return
        self._position = position
        self.take(queries[position])

    def action_query_newer(self) -> None:
        """Take the query searched for after the one in the line; at last what was being typed."""
        if self._position < 0:
            self.screen.refuse("Nothing was searched for after this.")
            return
        self._position -= 1
        self.take(self._results.queries[self._position] if self._position >= 0 else self._draft)

    def action_query_correct(self) -> None:
        """Search for what may have been meant."""
        answer = self._results.answer
        if answer is not None and answer.suggestions:
            self.take(answer.suggestions[0])

    def action_query_help(self) -> None:
        """Show what can be written in a query."""
        from dossier.ui.screens.language import LanguageScreen  # noqa: PLC0415 - not needed to start

        def add(example: str | None) -> None:
            if example:
                self.take(f"{self.line.text.rstrip()} {example}".strip())

        self.screen.open_dialog(LanguageScreen(self.keymap), add)

    def action_search_mode(self) -> None:
        """Match words exactly, names by all their aliases, or words one letter off as well."""
        self.screen.alter(mode=MODES[(MODES.index(self.view.mode) + 1) % len(MODES)])
        self._search_again()

    def action_search_order(self) -> None:
        """Sort the hits by relevance, or by date."""
        sorts = dict(self.view.sorts)
        if sorts.pop("results", "") != "date":
            sorts["results"] = "date"
        self.screen.alter(sorts=tuple(sorts.items()))
        self._search_again()

    def _search_again(self) -> None:
        """Search for the same text, as the state has it now."""
        asked = self._results.asked
        if asked.text:
            self._results.ask(asked.text, typing=asked.typing)
        self.status_shown()

    def action_hit_open(self) -> None:
        """Open what is under the cursor of the results."""
        if self._results.pane is not None:
            self._results.pane.rows.action_entry_open()

    def action_hit_below(self) -> None:
        """Move down in the results."""
        self._untouched = False
        if self._results.pane is not None:
            self._results.pane.list.action_cursor_down()

    def action_hit_above(self) -> None:
        """Move up in the results; from a line that was not touched yet, to the query before."""
        if self._goes_to_queries():
            self.action_query_older()
        elif self._results.pane is not None:
            self._results.pane.list.action_cursor_up()

    def _goes_to_queries(self) -> bool:
        """Return whether up means the query before: the line is untouched or empty, or shows an earlier query."""
        return self._untouched or self._position >= 0 or not self.line.text

    def action_search_browse(self) -> None:
        """Go from the line into the results."""
        self._results.keep_query()
        self.screen.alter(pane="results")
        self.screen.set_focus(self._results.pane)

    def action_search_leave(self) -> None:
        """Close the search, back to where it was opened; what was typed stays in the line."""
        self._results.keep_query()
        self.screen.set_focus(None)
        self._navigation.action_view_back()
        self._panes.place()

    def leave_level(self) -> bool:
        """Close the search; take away the highlights of a search that was left."""
        if self.screen.state.zoomed or not (self.view.searching or self.view.query):
            return False
        if self.view.searching:
            self.action_search_leave()
        else:
            self.screen.alter(query="", hit=-1)
        return True

    def state_changed(self, before: BrowseState, after: BrowseState) -> None:
        """Search again when one comes back to another query."""
        query, results = after.view.query, self._results
        if after.moves != before.moves and query:
            asked = results.request(query, typing=after.view.begun)
            if asked != results.asked:
                self.line.fill(query)
                results.search(asked, hits_wanted_at(after.view.spot("results")))
            self.status_shown()

    def status_shown(self) -> None:
        """Show how the query was read and what there is to say about it, while the results are shown."""
        if self.view.searching:
            answer = self._results.answer if self._results.asked.text else None
            order = "by date" if self.view.sort("results") == "date" else "by relevance"
            understood = answer.understood if answer is not None else ""
            self.screen.query_one(Understood).show(self.view.mode, understood, order, self._remarks())

    def _remarks(self) -> str:
        """Mistakes in the query with their places, what was bounded, and what may have been meant."""
        answer = self._results.answer
        if answer is None or not self._results.asked.text:
            return ""
        key = self.keymap.shown("query.correct")
        meant = [f"Did you mean {' or '.join(answer.suggestions)}? {key} takes it."] if answer.suggestions else []
        return " · ".join([*answer.notes, *meant])
