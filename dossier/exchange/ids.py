"""Ids made from names: lower case, Latin letters and digits, unique in the dossier."""

import re
import unicodedata

from dossier.model.entries import Kind

LONGEST = 48
_OTHER = re.compile(r"[^a-z0-9]+")
_SPECIAL = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_VALID = re.compile(r"[a-z0-9][a-z0-9._-]*")


def is_id(text: str) -> bool:
    """Return whether `text` can be an id as it stands."""
    return len(text) <= 200 and _VALID.fullmatch(text) is not None


def slug(name: str) -> str:
    """The id that `name` suggests; empty when it has no Latin letter or digit."""
    plain = unicodedata.normalize("NFKD", name[: 4 * LONGEST].lower().translate(_SPECIAL))
    text = _OTHER.sub("-", "".join(c for c in plain if not unicodedata.combining(c))).strip("-")
    if len(text) > LONGEST:
        text = text[: LONGEST + 1].rpartition("-")[0].strip("-") or text[:LONGEST]
    return text


class Ids:
    """The ids given so far, each once; those that are `taken` are not given."""

    def __init__(self, taken: frozenset[str] = frozenset()) -> None:
        self._taken = set(taken)
        self._last: dict[str, int] = {}

    def give(self, name: str, kind: Kind, wanted: str = "") -> str:
        """An id: the one `wanted`, when it is one and free, else one made from `name`."""
        base = wanted if is_id(wanted) else slug(name) or kind
        found = base
        while found in self._taken:
            number = self._last[base] = self._last.get(base, 1) + 1
            found = f"{base}-{number}"
        self._taken.add(found)
        return found
