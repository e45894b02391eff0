"""Following: from an entry to its evidence, from the words to what rests on them, along links, and out again."""

from dossier.desk.state import look, remember, toggle_mark, toggle_zoom, widen
from dossier.model.anchors import GLYPHS, Evidence
from dossier.ui.messages import EntryOpened, EntrySelected, EvidenceSelected, PaneLeft
from dossier.ui.screens.browse.base import Ground
from dossier.ui.widgets.layouts import LISTS


class Following(Ground):
    """What cursors select and Enter opens."""

    def on_entry_selected(self, message: EntrySelected) -> None:
        """Links and reader follow the cursor of a list."""
        message.stop()
        if message.entry and message.entry != self.state.view.entry:
            self.state = look(self.state, entry=message.entry, **self.shown_for(message.entry))

    def shown_for(self, entry: str) -> dict[str, object]:
        """What the reader shows for an entry: its own words, or those that one of its links rests on."""
        assert self.reading is not None
        row = self.reading.row(entry)
        if row is not None and row.kind == "article":
            return {"article": entry, "owner": "", "ordinal": 0, "paragraph": 0, "hit": -1}
        evidence = self.reading.first_evidence(entry)
        return framing(evidence) if evidence else {"owner": "", "ordinal": 0, "paragraph": 0, "hit": -1}

    def on_entry_opened(self, message: EntryOpened) -> None:
        """Goes to an entry's evidence; to its links where it has none of its own."""
        message.stop()
        if self.reading is None or self.reading.view(message.entry) is None:
            self.refuse("There is no such entry any more: press R to read the dossier again.")
            return
        own = self.reading.own_evidence(message.entry)
        article = self.reading.row(message.entry)
        readable = own is not None or (article is not None and article.kind == "article")
        pane = self.state.view.pane if message.stay else "article" if readable else "links"
        self.go(entry=message.entry, pane=pane, searching=False, **self.shown_for(message.entry))
        if own is not None:
            self.warn_of(own)

    def on_evidence_selected(self, message: EvidenceSelected) -> None:
        """Frames words in the reader; goes there, or to the entry that rests on them, when they were opened."""
        message.stop()
        if message.evidence is None:
            return
        changes = framing(message.evidence)
        entry = message.entry or self.state.view.entry
        if message.opened:
            self.go(entry=entry, pane="links" if message.entry else "article", searching=False, **changes)
        else:
            self.alter(entry=entry, **changes)
        self.warn_of(message.evidence)

    def warn_of(self, evidence: Evidence) -> None:
        """Says so when words are not what the author wrote, or are nowhere."""
        if not evidence.sound:
            why = f": {evidence.why}" if evidence.why else ""
            key = self.keymap.shown("review.open")
            self.tell(f"{GLYPHS[evidence.status]} {evidence.status}{why} · {key} reviews it", "row--bad")

    def on_pane_left(self, message: PaneLeft) -> None:
        """Goes to another pane."""
        message.stop()
        self.show_pane(message.onward or self._open_list)

    def show_pane(self, name: str) -> None:
        """Gives a pane the focus."""
        if name == "article" and self.state.view.searching:
            name = "results"
        self.state = look(self.state, pane=name)
        self.place()

    def action_delegations_show(self) -> None:
        """To the delegations."""
        self.show_pane("delegations")

    def action_issues_show(self) -> None:
        """To the issues."""
        self.show_pane("issues")

    def action_quotes_show(self) -> None:
        """To the quotes."""
        self.show_pane("quotes")

    def action_article_show(self) -> None:
        """To the article, or to the results that stand in its place."""
        self.show_pane("article")

    def action_links_show(self) -> None:
        """To the links."""
        self.show_pane("links")

    def action_articles_show(self) -> None:
        """Show the articles, or go back to the quotes from them."""
        self.show_pane("quotes" if self.state.view.pane == "articles" else "articles")

    def action_article_next(self) -> None:
        """Open the next article."""
        self._turn_article(1)

    def action_article_previous(self) -> None:
        """Open the article before."""
        self._turn_article(-1)

    def _turn_article(self, by: int) -> None:
        """Open the article `by` places on in the list as it is sorted and narrowed now."""
        assert self.reading is not None
        view = self.state.view
        articles = self.reading.listing("articles", view.lens, view.sort("articles"), view.filters)
        at = articles.position(view.article)
        onward = at + by if at is not None else 0 if by > 0 else len(articles) - 1
        if not 0 <= onward < len(articles):
            self.refuse(f"This is the {'last' if by > 0 else 'first'} article of {len(articles)}.")
            return
        entry = articles.id_at(onward)
        self.go(entry=entry, searching=False, **self.shown_for(entry))
        row = self.reading.row(entry)
        self.tell(f"Article {onward + 1} of {len(articles)}: {row.title if row else entry}")

    def condition_met(self, need: str) -> bool:
        """Tell whether there is another article to turn to."""
        if need != "articles" or self.reading is None:
            return super().condition_met(need)
        view = self.state.view
        articles = self.reading.listing("articles", view.lens, view.sort("articles"), view.filters)
        return len(articles) > (articles.position(view.article) is not None)

    def action_pane_next(self) -> None:
        """To the pane of the next number."""
        self._turn(1)

    def action_pane_previous(self) -> None:
        """To the pane of the number before."""
        self._turn(-1)

    def _turn(self, by: int) -> None:
        view = self.state.view
        names = [*LISTS[:2], view.side, "results" if view.searching else view.centre, "links"]
        at = names.index(self.state.view.pane) if self.state.view.pane in names else 0
        self.show_pane(names[(at + by) % len(names)])

    def action_pane_zoom(self) -> None:
        """The focused pane on the whole screen, or among the others again."""
        self.state = toggle_zoom(self.state)

    def action_entry_mark(self) -> None:
        """Marks what is selected, or takes its mark away."""
        entry = self.selected()
        self.state = toggle_mark(self.state, [entry])
        basket, export = self.keymap.shown("basket.show"), self.keymap.shown("brief.export")
        marked = f"Marked: {basket} shows the basket, {export} exports."
        self.tell(marked if entry in self.state.marks else "No longer marked.")

    def action_level_leave(self) -> None:
        """One level up."""
        state = self.state
        if state.zoomed:
            self.state = toggle_zoom(state)
        elif state.view.searching:
            self.leave_search()
        elif state.view.query:
            self.alter(query="", hit=-1)
        elif state.view.lens:
            self.state = widen(remember(state, self.spots()))
        elif state.view.pane not in LISTS:
            self.show_pane(self._open_list)
        else:
            self.refuse(f"This is the outermost level: {self.keymap.shown('browser.close')} quits.")

    def leave_search(self) -> None:
        """Closes the search, back to where it was opened."""
        self.action_view_back()

    def action_browser_close(self) -> None:
        """Closes what is open over the panes; when nothing is, quits."""
        if self.state.zoomed or self.state.view.searching:
            self.action_level_leave()
        else:
            self.app.exit(return_code=0)


def framing(evidence: Evidence) -> dict[str, object]:
    """The parts of a view that frame some words; only the article where they have no place."""
    article = {"article": evidence.article} if evidence.article else {}
    placed = evidence.start >= 0
    return {
        **article,
        "owner": evidence.owner if placed else "",
        "ordinal": evidence.ordinal if placed else 0,
        "paragraph": 0,
        "hit": -1,
    }
