"""Asking: the line in which a query is typed, how its words are taken, and the queries that were asked before."""

from textual import events

from dossier.desk.state import MODES, look
from dossier.ui.messages import LineTyped, QueryChosen
from dossier.ui.panes.results import Results
from dossier.ui.screens.browse.navigation import Following
from dossier.ui.widgets.line_input import LineEdit
from dossier.ui.widgets.query_line import Understood
from dossier.ui.work.searcher import Asked, Searcher


class Asking(Following):
    """The search line, and what is asked."""

    _searcher: Searcher | None = None
    _asking = Asked()
    _draft = ""
    _walked = -1
    _untouched = True

    queries: tuple[str, ...] = ()
    """What was searched for, the latest first, each once."""

    def searcher(self) -> Searcher:
        """What carries searches out."""
        if self._searcher is None:
            assert self.reading is not None
            self._searcher = Searcher(self.reading.desk, self.post_message)
        return self._searcher

    def results(self) -> Results | None:
        """The pane of the results, once there is one."""
        pane = self.the_pane("results")
        return pane if isinstance(pane, Results) else None

    def search_line(self) -> LineEdit:
        """Where one types."""
        return self.query_one("#search", LineEdit)

    def scopes(self) -> tuple[str, ...]:
        """A query has keys of its own."""
        found = super().scopes()
        return ("searching", *found) if self.focused is not None and self.focused.id == "search" else found

    def asked_now(self, text: str, *, typing: bool) -> Asked:
        """What is to be asked, as the state has it."""
        view = self.state.view
        return Asked(text, typing, view.mode, "date" if view.sort("results") == "date" else "relevance", view.lens,
                     view.filters)  # fmt: skip

    def ask(self, text: str, *, typing: bool) -> None:
        """Searches for something; an empty text clears the results."""
        self.alter(query=text, begun=typing, hit=-1)
        self._asking = self.asked_now(text, typing=typing) if text.strip() else Asked()
        if text.strip():
            self.search()
        else:
            self.forget()

    def ask_again(self) -> None:
        """Searches for the same, as the state has it now."""
        if self._asking.text:
            self.ask(self._asking.text, typing=self._asking.typing)
        self.show_understood()

    def search(self) -> None:
        """Carries out what is asked."""
        self.searcher().ask(self._asking)

    def forget(self) -> None:
        """Takes the results away."""
        self._asking = Asked()
        self.searcher().drop()

    def on_paste(self, event: events.Paste) -> None:
        """Takes what was pasted while the line was being opened."""
        if self.focused is self.search_line():
            self.search_line().on_paste(event)

    def on_line_typed(self, message: LineTyped) -> None:
        """Searches as one types."""
        message.stop()
        self._untouched, self._walked = False, -1
        if message.text == "?":
            self.search_line().fill("")
            self.action_query_help()
            return
        self.draw_now(self.search_line())  # before the search takes its share of the processor
        self.ask(message.text, typing=True)

    def take(self, query: str) -> None:
        """Puts a query into the line and searches for it."""
        self.search_line().fill(query)
        self.ask(query, typing=False)

    def on_query_chosen(self, message: QueryChosen) -> None:
        """Asks what was chosen."""
        message.stop()
        self.take(message.query)
        self.keep_query()

    def keep_query(self) -> None:
        """Keeps what is asked among the queries to come back to."""
        from dossier.desk.user.saved_state import asked  # noqa: PLC0415 - not needed to start

        self.queries = asked(self.queries, self._asking.text.strip())

    def action_query_older(self) -> None:
        """The query asked before the one in the line."""
        if self._walked < 0:
            self._draft = self.search_line().text
        at = self._walked + 1
        if at < len(self.queries) and self.queries[at] == self.search_line().text:
            at += 1
        if at >= len(self.queries):
            self.refuse("Nothing was searched for before this." if self.queries else "Nothing was searched for yet.")
            return
        self._walked = at
        self.take(self.queries[at])

    def action_query_newer(self) -> None:
        """The query asked after the one in the line; at last what was being typed."""
        if self._walked < 0:
            self.refuse("Nothing was searched for after this.")
            return
        self._walked -= 1
        self.take(self.queries[self._walked] if self._walked >= 0 else self._draft)

    def action_search_mode(self) -> None:
        """Words exactly, names by all their aliases, or words one letter off as well."""
        mode = MODES[(MODES.index(self.state.view.mode) + 1) % len(MODES)]
        self.alter(mode=mode)
        self.ask_again()

    def action_search_order(self) -> None:
        """The best hits first, or the latest."""
        view = self.state.view
        other = "written" if view.sort("results") == "date" else "date"
        sorts = tuple(one for one in view.sorts if one[0] != "results")
        self.alter(sorts=sorts if other == "written" else (*sorts, ("results", other)))
        self.ask_again()

    def action_query_help(self) -> None:
        """Shows what can be written in a query."""
        from dossier.ui.screens.language import LanguageScreen  # noqa: PLC0415 - not needed to start

        self.open_dialog(LanguageScreen(self.keymap), self._example_chosen)

    def _example_chosen(self, example: str | None) -> None:
        if example:
            line = self.search_line()
            self.take(f"{line.text.rstrip()} {example}".strip())

    def show_understood(self) -> None:
        """Brings the lines under the query up to date."""
        self.query_one(Understood).show(
            self.state.view.mode, self.understood(),
            "by date" if self.state.view.sort("results") == "date" else "by relevance", self.remarks(),
        )  # fmt: skip

    def understood(self) -> str:
        """How the query was read."""
        return ""

    def remarks(self) -> str:
        """What there is to tell of the query."""
        return ""

    def in_results(self) -> None:
        """The focus goes from the line into the results."""
        self.keep_query()
        self.state = look(self.state, pane="results")
        self.set_focus(self.results())
