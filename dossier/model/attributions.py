"""Attributions that break a quotation: `"We stay," she said, "for good."`, in the quotation marks of many languages.

They stand in one sentence: behind a full stop another person may speak, which only `…` between two pieces can bridge.
"""

import re

from dossier.model.folding import Folded
from dossier.model.word_boundaries import is_unspaced, splits_word

EDGES = " \"',;:-«»‹›「」『』，、；："
"""Marks at the ends of pieces that may differ from those of the article."""
CUTS = re.compile(r" |(?<=[，。、；：！？])(?=.)")
"""Where words may be broken: a space, or a mark of Chinese and Japanese, which have none."""
_PAIRS = {'"': '"', "'": "'", "»": "«", "«": "»", "›": "‹", "‹": "›", "」": "「", "』": "『"}
"""What closes a quotation, each with what opens it again."""
_DOUBLE = '"«»‹›「」『』'
_BETWEEN = ",;:!?-，、；：！？"
TITLE = re.compile(
    r"(?<!\w)(?:Mr|Mrs|Ms|Mx|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Maj|Capt|Sgt|Rev|Hon|Amb|Adm|St|Jr|Sr|Mme|Mlle|Sra|Hr|Fr)\."
    r"(?= ?[^\W\d_])"
)
"""A title whose full stop ends no sentence."""
_INNER = rf"{TITLE.pattern}|(?<!\w)[A-Z]\.(?= ?[^\W\d_])|\.(?=\w)"
"""A full stop within an attribution."""
_MOST = 100
"""Maximum number of characters of an attribution."""
_MOST_ATTRIBUTIONS = 3
_MOST_CUTS = 400


def _pattern(closing: str) -> re.Pattern[str]:
    inner = rf"{_INNER}|[^{_DOUBLE}.!?。！？]"
    if closing == "'":
        inner = rf"{_INNER}|(?<=\w)'(?=\w)|[^{_DOUBLE}'.!?]"
        return re.compile(rf"(?:(?P<edge>[,.;:!?-])'|'(?=[,;:])) ?(?P<said>(?:{inner}){{2,{_MOST}}}?(?<= ))'(?=\w)")
    return re.compile(
        rf"(?P<edge>[.{_BETWEEN}])? ?{closing} ?(?P<said>(?:{inner}){{2,{_MOST}}}?) ?{_PAIRS[closing]} ?(?=\S)"
    )


_PATTERNS = {closing: _pattern(closing) for closing in _PAIRS}


def _attribution_end(text: str, at: int) -> int:
    """Return the position behind the attribution that begins at one, marks included; -1 when there is none."""
    for closing in dict.fromkeys(text[at : at + 3]):
        match = _PATTERNS[closing].match(text, at) if closing in _PATTERNS else None
        if match and _says_who(match["said"].strip(" "), edged=bool(match["edge"])):
            return match.end()
    return -1


def _says_who(said: str, *, edged: bool) -> bool:
    """Return whether words between two quotations are set off as an attribution is, and join no two fragments."""
    before, behind = edged or said[:1] in _BETWEEN, said[-1:] in _BETWEEN
    words = re.findall(r"[^\W\d_]+", said)
    if not words:
        return False
    return (before or behind) if len(words) > 1 or is_unspaced(words[0][0]) else (before and behind)


def around_attributions(text: Folded, at: int, words: str) -> tuple[int, tuple[tuple[int, int], ...]] | None:
    """Return where words end that begin at a position of a text, and the attributions that break them there.

    None when they do not stand there, or are not broken.
    """
    gaps: list[tuple[int, int]] = []
    for _ in range(_MOST_ATTRIBUTIONS):
        broken = _first_break(text, at, words)
        if broken is None:
            return None
        stop, at, words = broken
        gaps.append((stop, at))
        end = at + len(words)
        if text.text.startswith(words, at) and not splits_word(text.text, end, text.raw):
            return end, tuple(gaps)
    return None


def _first_break(text: Folded, at: int, words: str) -> tuple[int, int, str] | None:
    """Return where words that begin at a position are broken, where they go on, and which are left."""
    for number, cut in enumerate(CUTS.finditer(words)):
        head, left = words[: cut.start()].rstrip(EDGES + ".。"), words[cut.end() :].lstrip(EDGES)
        if not head or number > _MOST_CUTS or not text.text.startswith(head, at):
            return None
        stop = at + len(head)
        begin = _attribution_end(text.text, stop) if left else -1
        if begin >= 0:
            return stop, begin, left
    return None
