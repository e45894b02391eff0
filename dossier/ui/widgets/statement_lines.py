"""A statement in lines of a width: who stands where, the words, and how much they are worth."""

from collections.abc import Sequence

from dossier.model.anchors import GLYPHS, SOUND, weakest
from dossier.model.clean import clean_line, clean_same_length
from dossier.model.matrix import Statement
from dossier.model.verbatim import is_verbatim
from dossier.model.word_diff import Difference
from dossier.ui.drawing.stances import signs
from dossier.ui.drawing.text import cells
from dossier.ui.drawing.wrap import wrap
from dossier.ui.widgets.page import painted

Named = tuple[str, str]
"""Some text, and the name of its style; empty for none."""

Told = tuple[list[Named], list[Named]]
"""A line: what stands at its left and what at its right end."""

_LONG = 4000
"""So many characters of a statement are shown."""


def told(one: Statement, width: int, *, words: int, again: bool = False) -> list[Told]:
    """A statement in lines of at most `width` cells, its words in at most so many of them.

    `again` says that a statement before it rests on the same words.
    """
    lines = _who(one, width)
    lines += [(pieces, []) for pieces in _words(one, width, words)]
    lines += _said(" · ".join(_facts(one)), "row--faint", width)
    if not one.counted:
        lines += _said("does not count: its evidence needs a look", "row--doubt", width)
    elif again:
        lines += _said("= words of a statement above: counts once", "row--faint", width)
    if one.changes is not None:
        then = [change.old for change in one.changes.differences]
        since = f"≠ as worded {one.changes.date}:"
        lines.append(([(since, "row--heading")], []))
        old = _marked(one.changes.text, then, width, words, "[-", "-]", "words--gone", verbatim=_is_verbatim(one))
        lines += [(pieces, []) for pieces in old]
    return lines


def _said(text: str, look: str, width: int) -> list[Told]:
    return [([(one, look)], []) for one in broken(text, width, 3)]


def _who(one: Statement, width: int) -> list[Told]:
    """The sign of the stance, who it is, and the state of the evidence; where it is long, the relation below."""
    stance = f"stance--{one.stance[0]}" if one.stance else "stance--silent"
    left = [(f"{signs(one.stance)} ", stance), (one.who_title, "row--strong")]
    right = _state(one)
    if not one.relation:
        return [(left, right)]
    taken = sum(cells(text) for text, _ in (*left, *right)) + cells(one.relation) + 2
    if taken <= width:
        return [([*left, (f" {one.relation}", "")], right)]
    return [(left, right), ([(one.relation, "")], [])]


def _state(one: Statement) -> list[Named]:
    evidence = weakest(one.evidence)
    if evidence is None:
        return []
    sound = evidence.status in SOUND
    state = f"{GLYPHS[evidence.status]}{'' if sound else f' {evidence.status}'}"
    where = f" ¶{evidence.paragraph}" if evidence.paragraph else ""
    look = "row--good" if sound else "row--bad" if evidence.status == "missing" else "row--doubt"
    return [(state, look), (where, "row--faint")]


def _facts(one: Statement) -> list[str]:
    date = one.date.replace("T", " ").replace("/", " to ") or "undated"
    facts = [f"{date}, the article's day" if one.lent else date]
    if one.translated:
        facts.append("translated")
    if one.attribution not in ("", "direct"):
        facts.append(one.attribution)
    if one.via:
        facts.append(f"via {', '.join(one.via)}")
    elif one.origin != one.who_title:
        facts.append(f"source: {one.origin}")
    if one.credibility:
        facts.append(f"credibility {one.credibility} of 6")
    if not one.evidence:
        facts.append("no words to rest on")
    return facts


def _words(one: Statement, width: int, most: int) -> list[list[Named]]:
    if not one.text:
        return []
    changes: Sequence[Difference] = one.changes.differences if one.changes else ()
    spans = [change.new for change in changes]
    return _marked(one.text, spans, width, most, "{+", "+}", "words--new", verbatim=_is_verbatim(one))


def _is_verbatim(one: Statement) -> bool:
    """Return whether a statement is told in the words of who made it: a link is told in those of the article."""
    return one.kind == "quote" and is_verbatim(one.attribution)


def _marked(text: str, spans: Sequence[tuple[int, int]], width: int, most: int, opening: str, closing: str,
            look: str, *, verbatim: bool) -> list[list[Named]]:  # fmt: skip
    """Words in lines, `verbatim` ones in quotation marks; what changed is between marks of its own and styled."""
    first_mark, last_mark = ("“", "”") if verbatim else ("", "")
    parts, marks, at, size = [first_mark], [], 0, len(first_mark)
    inert = clean_same_length(text[:_LONG]).replace("\n", " ")
    for start, end in spans:
        if start < end:
            before, changed = inert[at:start], f"{opening}{inert[start:end]}{closing}"
            parts += [before, changed]
            size += len(before)
            marks.append((size, size + len(changed), look))
            size += len(changed)
            at = end
    parts += [inert[at:], last_mark]
    shown = "".join(parts)
    lines = wrap(shown, 0, len(shown), width)
    found = []
    for number, (first, last) in enumerate(lines[:most]):
        cut = number == most - 1 and len(lines) > most
        pieces: list[Named] = []
        here = first
        for start, end, names in painted(marks, first, last):
            pieces += [(shown[here : first + start], ""), (shown[first + start : first + end], names[0])]
            here = first + end
        found.append([*pieces, (shown[here : last - 1] + "…" if cut else shown[here:last], "")])
    return found


def broken(text: str, width: int, most: int) -> list[str]:
    """An inert text in at most so many lines of a width."""
    inert = clean_line(text)
    lines = [inert[start:end] for start, end in wrap(inert, 0, len(inert), width)]
    return lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1][: max(width - 1, 0)]}…"]
