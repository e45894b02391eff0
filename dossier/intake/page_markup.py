"""Elements of a web page that say more than their characters: quotations, struck words, powers, ruby."""

import re
from typing import Any

from dossier.intake.document import IntakeDecision, squeeze
from dossier.model.powers import as_power

_STRUCK, _QUOTED, _RAISED, _RUBY = ("del", "s", "strike"), ("q",), ("sup",), ("rt", "rp")
_TAGS = frozenset((*_STRUCK, *_QUOTED, *_RAISED, *_RUBY))
_ANY = re.compile(rf"<(?:{'|'.join(sorted(_TAGS))})[\s/>]", re.IGNORECASE)
_OPENS_QUOTED = re.compile(r"\s*[\"“”„«»‘’‚'「『]")
_ENDS_QUOTED = re.compile(r"[\"“„«»‘‚'「『]\s*$")
_NUMBER = re.compile(r"\s*\[?(\d{1,3}|[*†‡])\]?\s*")


def write_out(tree: Any, source: str) -> tuple[bool, list[IntakeDecision]]:
    """Put what elements say into the characters of a page; return whether anything changed, and what was decided.

    `source` is what the tree was made of; of most pages it shows at once that there are none. Words that are displayed
    with a line through them were taken back, and are left out.
    """
    found = _elements(tree) if _ANY.search(source) else []
    struck, quoted, raised, readings = (
        [n for n in found if n.tag in tags] for tags in (_STRUCK, _QUOTED, _RAISED, _RUBY)
    )
    decisions = []
    for node in struck:
        if node.parent is not None and node.parent.closest(", ".join(_STRUCK)) is None:
            if words := squeeze(node.text):
                decisions.append(IntakeDecision("struck-through", words, taken=False))
            node.parent.remove_child(node)
    for node in quoted:
        _set_in_marks(tree, node)
    for node in raised:
        _raise(tree, node)
    said = [squeeze(node.text) for node in readings if node.tag == "rt"]
    for node in readings:
        if node.parent is not None:
            node.parent.remove_child(node)
    if any(said):
        decisions.append(IntakeDecision("ruby", " ".join(filter(None, said)), taken=False))
    return bool(found), decisions


def _elements(tree: Any) -> list[Any]:
    """The elements that say something, in order; walked by hand, since a query of the library takes quadratic time."""
    found = []
    node = tree.document.first_child
    while node is not None:
        if node.tag in _TAGS:
            found.append(node)
        following = node.first_child
        while following is None and node is not None:
            following, node = node.next, node.parent
        node = following
    return found


def _set_in_marks(tree: Any, node: Any) -> None:
    """Put the quotation marks that a browser draws around a quotation, unless some stand there."""
    before = node.prev.text if node.prev is not None and node.prev.tag == "#text" else ""
    if node.first_child is None or _OPENS_QUOTED.match(node.text or "") or _ENDS_QUOTED.search(before or ""):
        return
    marks = "“”" if node.parent is None or node.parent.closest("q") is None else "‘’"
    node.insert_before(tree.create_text_node(marks[0]), node.first_child)
    node.append_child(tree.create_text_node(marks[1]))


def _raise(tree: Any, node: Any) -> None:
    """Set a raised number apart from what it stands behind: 10 to the 6th is not 106, and a note is no digit."""
    number = _NUMBER.fullmatch(node.text or "")
    if number and (node.closest("a") is not None or node.query_selector("a") is not None):
        _replace(tree, node, f"[{number[1]}]")
    elif power := as_power((node.text or "").strip()):
        _replace(tree, node, power)


def _replace(tree: Any, node: Any, text: str) -> None:
    """Put a text in place of what a node holds, which is kept: others may have it in hand."""
    while node.first_child is not None:
        node.remove_child(node.first_child)
    node.append_child(tree.create_text_node(text))
