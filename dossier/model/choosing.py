"""The words around a place that tell it from all others where the same words stand."""

from msgspec.structs import replace

from dossier.model.anchors import in_context, occurrences
from dossier.model.entries import Wanted
from dossier.model.folding import Folded, fold
from dossier.model.resolving import CONTEXT

_MOST_WORDS = 8


def choosing_context(text: Folded, wanted: Wanted, at: int) -> dict[str, str | int]:
    """What to write so that the words at a folded position are meant and no others; nothing when they are already."""
    words = fold(wanted.text)
    everywhere = occurrences(text.text, words)
    ends = at + len(words)
    if not wanted.occurrence and [
        one for one in everywhere if in_context(text.text, one, one + len(words), wanted)
    ] == [at]:
        return {}
    if not (wanted.before or wanted.after or wanted.occurrence):
        lead = text.text[:at].rstrip(" ")[-2 * CONTEXT :].split(" ")
        rest = text.text[ends:].lstrip(" ")[: 2 * CONTEXT].split(" ")
        for count in range(1, _MOST_WORDS + 1):
            tries: list[dict[str, str | int]] = [{"before": " ".join(lead[-count:])}, {"after": " ".join(rest[:count])}]
            for given in tries:
                trial = replace(wanted, before=str(given.get("before", "")), after=str(given.get("after", "")))
                meant = [one for one in everywhere if in_context(text.text, one, one + len(words), trial)]
                if meant == [at] and all(given.values()):
                    return given
    stale: dict[str, str | int] = {}
    if wanted.before and not in_context(text.text, at, ends, replace(wanted, after="")):
        stale["before"] = text.text[:at].rstrip(" ")[-len(fold(wanted.before)) :].lstrip(" ")
    if wanted.after and not in_context(text.text, at, ends, replace(wanted, before="")):
        stale["after"] = text.text[ends:].lstrip(" ")[: len(fold(wanted.after))].rstrip(" ")
    trial = replace(wanted, before=str(stale.get("before", wanted.before)), after=str(stale.get("after", wanted.after)))
    meant = [one for one in everywhere if in_context(text.text, one, one + len(words), trial)]
    if len(meant) > 1 or wanted.occurrence:
        stale["occurrence"] = meant.index(at) + 1
    return stale
