"""Export, copies, help, palette and themes."""

import os

from textual.theme import BUILTIN_THEMES

from dossier.desk.brief.clipboard import prepare_copy, source_text
from dossier.model.anchors import Evidence, weakest
from dossier.model.problems import DossierError
from dossier.model.views import LinkRow
from dossier.ui.keys.actions import ACTIONS
from dossier.ui.messages import EntryOpened
from dossier.ui.screens.browse.base import BrowseBase, Controller
from dossier.ui.screens.browse.basket import BasketController
from dossier.ui.screens.browse.marked_links import link_key
from dossier.ui.screens.browse.panes import OPENED_BY_MATRIX, PaneController
from dossier.ui.screens.browse.query_line import QueryLineController
from dossier.ui.web.read_only import read_only
from dossier.ui.widgets.board import Board
from dossier.ui.widgets.screen import Conditions
from dossier.ui.work.background import fitting_theme
from dossier.ui.work.copying import carry_out


class CommandController(Controller):
    """The actions that leave the browser, and the dialogs that lead to any action."""

    def __init__(
        self, screen: BrowseBase, panes: PaneController, query_line: QueryLineController, basket: BasketController
    ) -> None:
        super().__init__(screen)
        self._panes, self._query_line, self._basket = panes, query_line, basket

    def conditions(self) -> Conditions:
        """The condition of copying."""
        return {"words": lambda: bool(self.screen.selected())}

    def action_brief_export(self) -> None:
        """Open the export."""
        from dossier.desk.brief.scope import BriefScope  # noqa: PLC0415 - not needed to start
        from dossier.ui.screens.export import ExportScreen  # noqa: PLC0415 - not needed to start
        from dossier.ui.screens.export_form import Wish  # noqa: PLC0415 - likewise

        view = self.view
        names = {"article": "articles", "results": "articles"} | dict.fromkeys(OPENED_BY_MATRIX, "matrix")
        boxes = self._panes.boxes(self.screen.query_one(Board).size)
        panes = tuple(names.get(name, name) for name in boxes)
        shown = BriefScope(lens=view.lens, filters=view.filters)
        if view.searching and view.query:
            shown = BriefScope(None, view.query, view.mode, view.begun, view.lens, view.filters)
        wish = Wish(panes, shown, self.screen.state.marks, self._basket.notes, outline=view.pane == "basket")

        def exported(message: str | None) -> None:
            if message:
                self.screen.tell(message, "row--good")

        self.screen.open_dialog(ExportScreen(self.keymap, self.reading.desk, wish), exported)

    def reasons(self) -> dict[str, str]:
        """The reasons why actions do nothing now, by id."""
        return {action.id: why for action in ACTIONS if (why := self.screen.why_not(action))}

    def action_help_open(self) -> None:
        """Open the help."""
        from dossier.ui.screens.help import HelpScreen  # noqa: PLC0415 - not needed to start

        async def chosen(action: str | None) -> None:
            if action:
                await self.screen.perform(action)

        help_screen = HelpScreen(self.keymap, self.screen.scopes(), self.reasons())
        self.screen.open_dialog(help_screen, chosen)

    def action_palette_open(self) -> None:
        """Open the palette."""
        from dossier.ui.screens.palette import PaletteScreen  # noqa: PLC0415 - not needed to start

        async def chosen(choice: str | None) -> None:
            kind, _, value = (choice or "").partition(" ")
            if kind == "action":
                await self.screen.perform(value)
            elif kind == "entry":
                self.screen.post_message(EntryOpened(value))
            elif kind == "search":
                await self._query_line.action_search_open()
                self._query_line.take(value)

        self.screen.open_dialog(PaletteScreen(self.keymap, self.reading, self.reasons()), chosen)

    def action_theme_choose(self) -> None:
        """Open the choice of a theme."""
        from dossier.ui.screens.themes import ThemeScreen  # noqa: PLC0415 - not needed to start

        now = self.screen.app.theme
        own = now if now in ("dossier", "dossier-light") else fitting_theme(os.environ)[0]
        dark = {name: theme.dark for name, theme in BUILTIN_THEMES.items()}
        self.screen.open_dialog(ThemeScreen(self.keymap, dark, now, own), self._save_theme)

    def _save_theme(self, name: str | None) -> None:
        from dossier.desk.user.preferences import save_theme  # noqa: PLC0415 - not needed to start

        if name is None:
            return
        try:
            self.screen.tell(f"Theme {name}, kept in {save_theme(name)}.", "row--good")
        except DossierError as error:
            self.screen.refuse(str(error))

    def words(self, entry: str) -> tuple[str, str, Evidence | None]:
        """`(words, article, evidence)` to copy: selected with the mouse, else framed, else the entry's own."""
        now, view = self.view, self.reading.view(entry)
        selected = self.screen.get_selected_text()
        if selected:
            return selected, now.article, None
        link = self._link_here()
        if link is not None:
            evidence = weakest(link.evidence)
            return evidence.text if evidence else "", evidence.article if evidence else "", evidence
        framed = self.reading.desk.evidence_of(now.owner) if now.owner and now.pane == "article" else ()
        here = (now.article, now.ordinal)  # links of one key may stand in several files, on several articles
        evidence = next((item for item in framed if (item.article, item.ordinal) == here), None)
        if evidence is None:
            evidence = weakest(view.evidence) if view else None
        words = (evidence.text if evidence else "") or (view.entry.title if view else "")
        return words, evidence.article if evidence else now.article, evidence

    def action_words_copy(self) -> None:
        """Copy the words."""
        self._copy(self.words(self.screen.selected())[0])

    def action_words_cite(self) -> None:
        """Copy the words with their source, in the form of the configuration."""
        self._copy(self._citation_text(self.screen.setup.citation))

    def action_citation_choose(self) -> None:
        """Choose the form in which the words are copied with their source."""
        from dossier.ui.screens.cite import CiteScreen  # noqa: PLC0415 - not needed to start

        if not self._citation_text("plain"):
            self._copy("")
            return

        def chosen(text: str | None) -> None:
            if text is not None:
                self._copy(text)

        self.screen.open_dialog(CiteScreen(self.keymap, self._citation_text, self.screen.setup.citation), chosen)

    def _citation_text(self, form: str) -> str:
        """The words to copy with their source, in a form; empty where there are none."""
        from dossier.desk.brief.citations import cite  # noqa: PLC0415 - not needed to start

        entry = self.screen.selected()
        words, article, evidence = self.words(entry)
        source = self.reading.desk.entry(article) if article else None
        if evidence is None and not self.screen.get_selected_text():  # a name is no quotation of an article
            named = self.reading.desk.entry(entry)
            return source_text(named) if named and named.kind == "article" else ""
        speaker, attribution = self._speaker_of(evidence)
        link = None if self.screen.get_selected_text() else self._link_here()
        if link is not None:  # the words are those of the article, and bear out what the link says
            here = self.reading.row(link.here)
            speaker = f"{here.title if here else link.here} {link.relation} {link.other_title}"
            attribution = "paraphrase"
        return cite(form, words, source, evidence, speaker=speaker, attribution=attribution) if words else ""

    def _link_here(self) -> LinkRow | None:
        """The link that the row under the cursor stands for; None where it stands for an entry."""
        key = link_key(self.screen.the_pane(self.view.pane))
        return self.reading.link(key) if key else None

    def _speaker_of(self, evidence: Evidence | None) -> tuple[str, str]:
        """`(speaker, attribution)` of the quote that rests on some evidence; empty where it is no quote's."""
        quote = self.reading.desk.entry(evidence.owner) if evidence else None
        row = self.reading.row(quote.id) if quote and quote.kind == "quote" else None
        return (row.detail, quote.text("attribution")) if row and quote else ("", "")

    def action_program_interrupt(self) -> None:
        """Copy the words selected with the mouse; when there are none, quit."""
        selected = self.screen.get_selected_text()
        if selected:
            self._copy(selected)
        else:
            self.screen.app.exit(return_code=130)

    def _copy(self, text: str) -> None:
        if not text:
            self.screen.refuse("There are no words to copy here: select some with the mouse, or a quote.")
            return
        driver = self.screen.app._driver  # noqa: SLF001 - the only way to write to the terminal without a widget
        copy = prepare_copy(text, os.environ, self.reading.desk.home / "copied.txt")
        write = driver.write if driver is not None else str
        message, done = carry_out(copy, write, local=not read_only())
        self.screen.tell(message, "row--good" if done else "row--bad")
