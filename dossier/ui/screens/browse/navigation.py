"""Going from entry to evidence, along links, from article to article, and back."""

from dossier.desk.state import back, forward, is_heading, previous, widen
from dossier.model.anchors import GLYPHS, Evidence
from dossier.model.problems import DossierError
from dossier.ui.messages import EntryOpened, EntrySelected, EvidenceSelected
from dossier.ui.screens.browse.base import BrowseBase, Controller
from dossier.ui.screens.browse.panes import PaneController
from dossier.ui.widgets.layouts import LISTS
from dossier.ui.widgets.screen import Conditions


class NavigationController(Controller):
    """Follows what cursors select and Enter opens, and moves between articles and views."""

    def __init__(self, screen: BrowseBase, panes: PaneController) -> None:
        super().__init__(screen)
        self._panes = panes

    def conditions(self) -> Conditions:
        """Conditions on the trail, the selection and the articles."""
        return {
            "past": lambda: bool(self.screen.state.past),
            "future": lambda: bool(self.screen.state.future),
            "row": self._has_rows,
            "entry": lambda: bool(self.screen.selected()),
            "place": lambda: bool(self.screen.selected()),
            "evidence": self._article_has_evidence,
            "articles": self._has_other_article,
        }

    def _has_rows(self) -> bool:
        pane = self.screen.the_pane(self.view.pane)
        return pane is not None and pane.content.line_count() > 0

    def _article_has_evidence(self) -> bool:
        try:
            return bool(self.view.article and self.reading.article(self.view.article).evidence)
        except DossierError:
            return False

    def facts(self) -> list[str]:
        """The number of marked entries, and whether a pane is zoomed."""
        state = self.screen.state
        marked = sum(not is_heading(mark) for mark in state.marks)
        return [*([f"{marked} marked"] if marked else []), *(["zoomed"] if state.zoomed else [])]

    def on_entry_selected(self, message: EntrySelected) -> None:
        """Let links and reader follow the cursor of a list."""
        message.stop()
        if message.entry and message.entry != self.view.entry:
            self.screen.alter(entry=message.entry, **self.shown_for(message.entry))

    def shown_for(self, entry: str) -> dict[str, object]:
        """The parts of a view that show an entry: its own words, or those that its first link rests on."""
        row = self.reading.row(entry)
        if row is not None and row.kind == "article":
            return {"article": entry, "owner": "", "ordinal": 0, "paragraph": 0, "hit": -1}
        evidence = self.reading.first_evidence(entry)
        return framing(evidence) if evidence else {"owner": "", "ordinal": 0, "paragraph": 0, "hit": -1}

    def on_entry_opened(self, message: EntryOpened) -> None:
        """Go to an entry's evidence; to its links where it has none of its own."""
        message.stop()
        if self.reading.view(message.entry) is None:
            self.screen.refuse("There is no such entry any more: press R to read the dossier again.")
            return
        own = self.reading.own_evidence(message.entry)
        article = self.reading.row(message.entry)
        readable = own is not None or (article is not None and article.kind == "article")
        pane = self.view.pane if message.stay else "article" if readable else "links"
        self.screen.go(entry=message.entry, pane=pane, searching=False, **self.shown_for(message.entry))
        if own is not None:
            self.warn_of(own)

    def on_evidence_selected(self, message: EvidenceSelected) -> None:
        """Frame words in the reader; go there, or to the entry that rests on them, when they were opened."""
        message.stop()
        if message.evidence is None:
            return
        changes = framing(message.evidence)
        entry = message.entry or self.view.entry
        if message.opened:
            pane = "links" if message.entry else "article"
            self.screen.go(entry=entry, pane=pane, searching=False, **changes)
        else:
            self.screen.alter(entry=entry, **changes)
        self.warn_of(message.evidence)

    def warn_of(self, evidence: Evidence) -> None:
        """Say so when words are not as they were annotated, or are not found."""
        if not evidence.sound:
            why = f": {evidence.why}" if evidence.why else ""
            key = self.keymap.shown("review.open")
            self.screen.tell(f"{GLYPHS[evidence.status]} {evidence.status}{why} · {key} reviews it", "row--bad")

    def action_article_next(self) -> None:
        """Open the next article."""
        self._turn_article(1)

    def action_article_previous(self) -> None:
        """Open the article before."""
        self._turn_article(-1)

    def _turn_article(self, by: int) -> None:
        """Open the article `by` places on in the list as it is sorted and narrowed now."""
        view = self.view
        articles = self.reading.listing("articles", view.lens, view.sort("articles"), view.filters)
        position = articles.position(view.article)
        target = position + by if position is not None else 0 if by > 0 else len(articles) - 1
        if not 0 <= target < len(articles):
            self.screen.refuse(f"This is the {'last' if by > 0 else 'first'} article of {len(articles)}.")
            return
        entry = articles.id_at(target)
        self.screen.go(entry=entry, searching=False, **self.shown_for(entry))
        row = self.reading.row(entry)
        self.screen.tell(f"Article {target + 1} of {len(articles)}: {row.title if row else entry}")

    def _has_other_article(self) -> bool:
        view = self.view
        articles = self.reading.listing("articles", view.lens, view.sort("articles"), view.filters)
        return len(articles) > (articles.position(view.article) is not None)

    def action_view_back(self) -> None:
        """Go to the view before."""
        self.screen.state = back(self.screen.remembered())

    def action_view_forward(self) -> None:
        """Go to the view one came back from."""
        self.screen.state = forward(self.screen.remembered())

    def action_view_previous(self) -> None:
        """Go to the previous view, and the next time return."""
        self.screen.state = previous(self.screen.remembered())

    def leave_level(self) -> bool:
        """Leave the zoom, the lens, or the pane for the lists; at the outermost level say so."""
        if self.screen.state.zoomed:
            self._panes.action_pane_zoom()
        elif self.view.lens:
            self.screen.state = widen(self.screen.remembered())
        elif self.view.pane not in LISTS:
            self._panes.show_pane(self._panes.open_list)
        else:
            self.screen.refuse(f"This is the outermost level: {self.keymap.shown('browser.close')} quits.")
        return True


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
