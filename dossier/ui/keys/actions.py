"""The one table of what a reader can do and by which keys.

Key handling, footer, command palette, help screen and the keys page are all made from it. Nothing of Textual is
imported here, so that `dossier keys` need not load it.
"""

from dossier.ui.keys.action import Action
from dossier.ui.keys.annotation_actions import ANNOTATION_ACTIONS

SCOPES = {
    "list": "any list",
    "reader": "the article",
    "browse": "everywhere in the browser",
    "typing": "while typing",
    "searching": "while typing a search",
    "results": "the results",
    "dialog": "dialogs",
    "review": "the review",
    "selecting": "while words of the article are selected",
    "prompting": "while an annotation is written",
    "triage": "the drafts",
    "matrix": "the matrix",
    "weighing": "the matrix and what it opens",
    "timeline": "the timeline",
    "basket": "the basket",
    "everywhere": "everywhere",
}
"""Where keys can hold, with the words that say so."""

NEEDS = {
    "row": "There is nothing in this list.",
    "fold": "Nothing is folded into this row.",
    "past": "There is nothing to go back to yet.",
    "future": "There is nothing to go forward to: go back first.",
    "trail": "You have been nowhere else yet.",
    "evidence": "Nothing in this article is annotated.",
    "entry": "Nothing is selected yet.",
    "address": "The article does not say where it can be read.",
    "place": "What is selected is not written in a file of the dossier.",
    "hits": "Nothing has been searched for yet: press / first.",
    "above": "Nothing was found that one could move through.",
    "spelling": "No other spelling is known that finds more.",
    "words": "There are no words to copy here.",
    "basket": "Nothing is marked: Space marks what is selected.",
    "order": "This list has one order only.",
    "choice": "There is nothing to tick here.",
    "review": "Nothing needs a look: all evidence stands where it was annotated.",
    "open": "No article is open.",
    "members": "This row has no members to count apart.",
    "parts": "There are no issues under this one.",
    "cell": "Move to a cell of the matrix first.",
    "articles": "There is no other article here: Escape lifts the lens and the filters.",
    "days": "No statement in this dossier has a date.",
}
"""Why an action does nothing when what it needs is not there."""

_LISTS = ("list", "reader")
_ALL = ("list", "reader", "matrix")
_MOVING, _FOLLOWING, _FINDING = "Moving", "Following", "Finding"
_WEIGHING, _HANDING, _SCREEN, _PROGRAM = "Weighing", "Marking and handing over", "Panes", "Program"

ACTIONS: tuple[Action, ...] = (
    Action("entry.open", ("enter",), "open",
           "Go to the evidence, or open what is selected.", ("list", "matrix"), _FOLLOWING, "row", True),
    Action("evidence.open", ("enter",), "entry",
           "Open the entry that the framed words are evidence of.", ("reader",), _FOLLOWING, "evidence", True),
    Action("evidence.next", ("J",), "evidence",
           "Go to the next evidence in the article.", ("reader",), _FOLLOWING, "evidence", True),
    Action("evidence.previous", ("K",), "previous evidence",
           "Go to the previous evidence in the article.", ("reader",), _FOLLOWING, "evidence"),
    Action("marks.hide", (".",), "marks",
           "Show the article without its marks, or with them again.", ("reader",), _FOLLOWING),
    Action("article.next", ("}",), "next article",
           "Open the next article in the order of the list of articles.", ("browse",), _FOLLOWING, "articles"),
    Action("article.previous", ("{",), "previous article",
           "Open the article before in the order of the list of articles.", ("browse",), _FOLLOWING, "articles"),
    Action("links.hint", ("o",), "hints",
           "Put a letter on every link in sight; its key goes there.", ("browse",), _FOLLOWING, "", True),
    Action("view.back", ("[", "alt+left", "ctrl+o"), "back",
           "Go back to where you were, all lists and scrolling as they were.", ("browse",), _FOLLOWING, "past", True),
    Action("view.forward", ("]", "alt+right"), "forward",
           "Go forward to where you came back from.", ("browse",), _FOLLOWING, "future"),
    Action("view.previous", ("-",), "previous view",
           "Go to the previous view, and with the next press return.", ("browse",), _FOLLOWING, "past"),
    Action("trail.show", ("t",), "trail",
           "List where you have been, and go back there.", ("browse",), _FOLLOWING, "trail"),
    Action("cursor.down", ("j", "down"), "down",
           "Move down a row or a line.", _ALL, _MOVING),
    Action("cursor.up", ("k", "up"), "up",
           "Move up a row or a line.", _ALL, _MOVING),
    Action("cursor.first", ("g g", "home"), "first",
           "Go to the beginning.", _ALL, _MOVING),
    Action("cursor.last", ("G", "end"), "last",
           "Go to the end.", _ALL, _MOVING),
    Action("page.down", ("ctrl+d", "pagedown"), "half a page down",
           "Move down by half a page.", (*_ALL, "selecting", "triage"), _MOVING),
    Action("page.up", ("ctrl+u", "pageup"), "half a page up",
           "Move up by half a page.", (*_ALL, "selecting", "triage"), _MOVING),
    Action("row.in", ("l", "right"), "in",
           "Unfold a row; on one without rows of its own, go to its evidence.", ("list",), _MOVING, "row"),
    Action("row.out", ("h", "left"), "out",
           "Fold a row, or go out to the one it belongs to.", ("list",), _MOVING, "row"),
    Action("column.next", ("l", "right"), "next column",
           "Go to the next column; from a delegation's name, count its members apart.", ("matrix",), _MOVING),
    Action("column.previous", ("h", "left"), "previous column",
           "Go to the column before; on a delegation's name, count its members with it again.", ("matrix",), _MOVING),
    Action("column.first", ("0", "^"), "first column",
           "Go to the first column.", ("matrix",), _MOVING),
    Action("column.last", ("$",), "last column",
           "Go to the last column.", ("matrix",), _MOVING),
    Action("reader.leave", ("h", "left"), "out",
           "Go from the article back to the list.", ("reader",), _MOVING),
    Action("reader.follow", ("l", "right"), "links",
           "Go from the article to the links of what is framed.", ("reader",), _MOVING),
    Action("search.open", ("/",), "search",
           "Search as you type; Enter opens the article at the hit.", ("browse",), _FINDING, "", True),
    Action("hit.next", ("n",), "next hit",
           "Go to the next hit, across articles.", ("browse",), _FINDING, "hits"),
    Action("hit.previous", ("N",), "previous hit",
           "Go to the previous hit, across articles.", ("browse",), _FINDING, "hits"),
    Action("hit.open", ("enter",), "open",
           "Open what is under the cursor: for a hit, the article at its words.", ("typing",), _FINDING, "hits", True),
    Action("hit.below", ("down", "ctrl+n"), "down",
           "Move down in the list below.", ("typing",), _FINDING, "hits", True),
    Action("hit.above", ("up", "ctrl+p"), "up",
           "Move up in the list below.", ("typing",), _FINDING, "above"),
    Action("search.leave", ("escape",), "close",
           "Leave the line; what was searched for is kept for the next time.", ("typing",), _FINDING, "", True),
    Action("search.browse", ("tab",), "into the list",
           "Go from the line into the list.", ("typing",), _FINDING, "hits", True),
    Action("search.mode", ("ctrl+t",), "how words match",
           "Take words exactly, names by all their aliases, or words one letter off as well.",
           ("searching", "results"), _FINDING, "", True),
    Action("search.order", ("ctrl+r",), "order",
           "Sort the hits by relevance, or by date, the latest first.", ("searching", "results"), _FINDING),
    Action("query.help", ("f1",), "what to write",
           "Show what can be written in a query; ? in an empty line does so too.", ("searching",), _FINDING, "", True),
    Action("query.older", ("alt+up",), "older query",
           "Take back the query searched for before; ↑ does so too in an untouched line.", ("searching",), _FINDING),
    Action("query.newer", ("alt+down",), "newer query",
           "Take the query searched for after.", ("searching",), _FINDING),
    Action("query.correct", ("ctrl+y",), "did you mean",
           "Search for what may have been meant.", ("searching",), _FINDING, "spelling"),
    Action("facet.include", ("+",), "only this kind",
           "Show only hits of the kind under the cursor, or of all kinds again.", ("results",), _FINDING, "hits", True),
    Action("facet.exclude", ("-",), "not this kind",
           "Leave out hits of the kind under the cursor, or let them in again.", ("results",), _FINDING, "hits", True),
    Action("lens.set", ("f",), "lens",
           "Narrow all lists to what is linked with the selection; again, take that off.", ("browse",), _FINDING,
           "entry", True),
    Action("order.next", ("s",), "order",
           "Sort the list as written, by name or by date; hits by relevance or by date.", ("list",), _FINDING, "order"),
    Action("filters.choose", ("F",), "filters",
           "Filter the lists by attribution, evidence and date.", ("browse",), _FINDING),
    Action("members.fold", ("m",), "members",
           "Count the members of the delegation apart, or with it again.", ("matrix",), _WEIGHING, "members", True),
    Action("parts.fold", ("i",), "sub-issues",
           "Count the issues under the column's with it, or apart again.", ("matrix",), _WEIGHING, "parts", True),
    Action("dial.earlier", ("<",), "earlier",
           "See the matrix as of an earlier day, and what changed since.", ("weighing",), _WEIGHING, "days", True),
    Action("dial.later", (">",), "later",
           "See the matrix as of a later day, and at last all there is.", ("weighing",), _WEIGHING, "days", True),
    Action("sides.compare", ("|",), "compare",
           "Set two delegations side by side on one issue, by date.", ("weighing",), _WEIGHING, "cell", True),
    Action("gaps.show", ("g a",), "gaps",
           "List the cells without a statement, or show the statements again.", ("weighing",), _WEIGHING, "", True),
    Action("timeline.group", ("m",), "day or month",
           "Group the timeline by month, or by day again.", ("timeline",), _WEIGHING, "", True),
    Action("entry.mark", ("space",), "mark",
           "Mark what is selected, or take its mark away.", ("browse",), _HANDING, "entry", True),
    Action("range.mark", ("v",), "mark a range",
           "Mark from here: move and press it again at the other end.", ("browse",), _HANDING, "row"),
    Action("mark.later", ("J", "alt+down"), "move down",
           "Move the marked entry down in the basket.", ("basket",), _HANDING, "basket", True),
    Action("mark.earlier", ("K", "alt+up"), "move up",
           "Move the marked entry up in the basket.", ("basket",), _HANDING, "basket", True),
    Action("mark.note", ("a",), "note",
           "Write a note of one's own on the marked entry.", ("basket",), _HANDING, "basket", True),
    Action("brief.export", ("x", "ctrl+s"), "export",
           "Write chosen panes to a Markdown file.", ("browse",), _HANDING, "", True),
    Action("words.copy", ("y",), "copy",
           "Copy the selected words, or those of what is selected.", ("browse", "selecting"), _HANDING, "words"),
    Action("words.cite", ("Y",), "copy cited",
           "Copy the words with their source.", ("browse", "selecting"), _HANDING, "words"),
    Action("entry.edit", ("e",), "edit",
           "Open the YAML in $EDITOR at the line where the entry is written.", ("browse",), _HANDING, "place"),
    Action("address.open", ("g u",), "address",
           "Show the article's address, and open it in the web browser if you like.", ("browse",), _HANDING, "address"),
    Action("pane.next", ("tab",), "next pane",
           "Go to the next pane.", ("browse",), _SCREEN),
    Action("pane.previous", ("shift+tab",), "previous pane",
           "Go to the previous pane.", ("browse",), _SCREEN),
    Action("delegations.show", ("1",), "delegations",
           "Go to the delegations.", ("browse",), _SCREEN),
    Action("issues.show", ("2",), "issues",
           "Go to the issues.", ("browse",), _SCREEN),
    Action("quotes.show", ("3",), "quotes",
           "Go to the quotes.", ("browse",), _SCREEN),
    Action("article.show", ("4",), "article",
           "Go to the article.", ("browse",), _SCREEN),
    Action("links.show", ("5",), "links",
           "Go to the links of what is selected.", ("browse",), _SCREEN),
    Action("matrix.show", ("6",), "matrix",
           "Show who stands where, in the article's place.", ("browse",), _SCREEN),
    Action("timeline.show", ("7",), "timeline",
           "Show what was when, in the article's place.", ("browse",), _SCREEN),
    Action("basket.show", ("8", "B"), "basket",
           "Show the marked entries in the order made by hand.", ("browse",), _SCREEN),
    Action("articles.show", ("9",), "articles",
           "Show the articles beside the reader.", ("browse",), _SCREEN),
    Action("pane.zoom", ("z",), "zoom",
           "Give the focused pane the whole screen, or take it back.", ("browse",), _SCREEN),
    Action("level.leave", ("escape",), "out",
           "Go one level up: out of the zoom, the results, the highlights, the article.", ("browse",), _SCREEN),
    Action("review.open", ("!",), "review",
           "Look at the evidence that is not as it was annotated, piece by piece.", ("browse",), _HANDING, "review"),
    Action("problems.show", ("g p",), "problems",
           "List what is wrong with the dossier's files; Enter opens the editor there.", ("browse",), _HANDING, ""),
    Action("review.next", ("n", "right", "l"), "leave open",
           "Leave this evidence as it is and go to the next.", ("review",), _HANDING, "", True),
    Action("review.previous", ("N", "left", "h"), "previous",
           "Go to the evidence before.", ("review",), _HANDING, "", True),
    Action("review.undo", ("u",), "take back",
           "Take the last decision back.", ("review",), _HANDING, "", True),
    *ANNOTATION_ACTIONS,
    Action("dossier.reload", ("R",), "reload",
           "Read the dossier's files again.", ("browse",), _PROGRAM),
    Action("palette.open", (":", "ctrl+p"), "commands",
           "Find any action and any entry by its name.", ("browse",), _PROGRAM),
    Action("theme.choose", ("T",), "theme",
           "Choose the colours, seeing each theme as you move.", ("browse",), _PROGRAM),
    Action("browser.close", ("q",), "quit",
           "Close this level; at the outermost, quit.", ("browse",), _PROGRAM, "", True),
    Action("help.open", ("?", "f1"), "keys",
           "Show what every key does here.", ("browse", "selecting"), _PROGRAM, "", True),
    Action("choice.toggle", ("space",), "tick",
           "Tick a choice of a dialog, or take the tick away.", ("dialog",), _PROGRAM, "choice", True),
    Action("dialog.accept", ("enter",), "accept",
           "Do what the dialog offers.", ("dialog",), _PROGRAM, "", True),
    Action("dialog.next", ("tab",), "next field",
           "Go to the next field of a dialog.", ("dialog",), _PROGRAM, "", True),
    Action("dialog.previous", ("shift+tab",), "previous field",
           "Go to the previous field of a dialog.", ("dialog",), _PROGRAM),
    Action("dialog.close", ("escape", "q"), "close",
           "Close the dialog.", ("dialog",), _PROGRAM, "", True),
    Action("program.quit", ("ctrl+q",), "quit",
           "Quit at once.", ("everywhere",), _PROGRAM),
    Action("program.interrupt", ("ctrl+c",), "copy or quit",
           "Copy the words selected with the mouse; when there are none, quit.", ("everywhere",), _PROGRAM),
)  # fmt: skip
"""Every action, in the order in which the footer and the help screen show them."""

BY_ID: dict[str, Action] = {action.id: action for action in ACTIONS}
"""The same by id."""


def method(action: str) -> str:
    """The name of the method that does an action."""
    return "action_" + action.replace(".", "_").replace("-", "_")


def why_not(action: Action, facts: frozenset[str]) -> str:
    """Why the action does nothing while just `facts` hold, in one sentence; empty when it does something."""
    return NEEDS[action.needs] if action.needs and action.needs not in facts else ""


def groups() -> dict[str, list[Action]]:
    """The actions under their headings, in the order of the table."""
    found: dict[str, list[Action]] = {}
    for action in ACTIONS:
        found.setdefault(action.group, []).append(action)
    return found


def keys_page() -> str:
    """Every key and what it does, as plain text for people and scripts."""
    from dossier.ui.keys.keymap import show  # noqa: PLC0415 - keys are looked up in this table

    lines: list[str] = ["Keys of the dossier browser", ""]
    for group, actions in groups().items():
        lines += [group, ""]
        for action in actions:
            keys = ", ".join(show(key) for key in action.keys)
            where = "" if "browse" in action.scopes else f" ({', '.join(SCOPES[scope] for scope in action.scopes)})"
            lines.append(f"  {keys:<24}  {action.id:<20}  {action.says[:-1]}{where}.")
        lines.append("")
    return "\n".join(lines)
