"""Ids proposed for new entries, from their names or words."""

import re
import unicodedata
from collections.abc import Callable

MAX_LENGTH = 48
"""Characters of a proposed id."""

_APART = re.compile(r"[^a-z0-9]+")
_SMALL = re.compile(
    "(?:a|an|the|and|or|but|of|to|in|on|for|with|by|at|from|is|are|was|were|be|been|it|its|this|that|these|those|as|we|i|"
    "you|he|she|they|not|no|will|would|has|have|had|do|does|did|there|their|our|his|her)"
)


def slug(text: str, words: int = 5) -> str:
    """The first words of a text as an id; empty when nothing in it is a Latin letter or a digit."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ß", "ss")).encode("ascii", "ignore").decode()
    parts = [part for part in _APART.split(plain.replace("'", "")) if part]
    made = ""
    for part in parts[:words]:
        longer = f"{made}-{part}" if made else part[:MAX_LENGTH]
        if len(longer) > MAX_LENGTH:
            break
        made = longer
    return made


def telling_slug(text: str, words: int = 4) -> str:
    """A slug of the words that tell most: small words are left out where others are left."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "").replace("'", "")).encode("ascii", "ignore").decode()
    found = re.findall(r"[A-Za-z0-9]+", plain)
    telling = [word for word in found if not _SMALL.fullmatch(word.lower())]
    return slug(" ".join(telling or found), words)


def free_id(wanted: str, taken: Callable[[str], bool], fallback: str) -> str:
    """An id that nobody has: the wanted one, or with a number behind it; `fallback` with a number for an empty one."""
    if wanted and not taken(wanted):
        return wanted
    stem, number = wanted or fallback, 2 if wanted else 1
    while taken(f"{stem}-{number}"):
        number += 1
    return f"{stem}-{number}"
