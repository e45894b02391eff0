"""Context that makes an anchor unique whose words stand at several places: words before or after, or an occurrence."""

from msgspec.structs import replace

from dossier.model.anchor_search import in_context, places
from dossier.model.entries import Anchor
from dossier.model.folding import Folded, fold
from dossier.model.locked import CONTEXT

_MOST_WORDS = 8


def choosing_context(text: Folded, wanted: Anchor, at: int) -> dict[str, str | int]:
    """Return the shortest context by which an anchor means the words at a folded position; empty if none is needed."""
    everywhere = places(text, wanted.text)
    ends = next((one.end for one in everywhere if one.start == at), at + len(fold(wanted.text)))

    def identifies(trial: Anchor) -> list[int]:
        return [one.start for one in everywhere if in_context(text, one.start, one.end, trial)]

    if not wanted.occurrence and identifies(wanted) == [at]:
        return {}
    if not (wanted.before or wanted.after or wanted.occurrence):
        lead = text.text[:at].rstrip(" ")[-2 * CONTEXT :].split(" ")
        rest = text.text[ends:].lstrip(" ")[: 2 * CONTEXT].split(" ")
        for count in range(1, _MOST_WORDS + 1):
            tries: list[dict[str, str | int]] = [{"before": " ".join(lead[-count:])}, {"after": " ".join(rest[:count])}]
            for given in tries:
                trial = replace(wanted, before=str(given.get("before", "")), after=str(given.get("after", "")))
                if identifies(trial) == [at] and all(given.values()):
                    return given
    stale: dict[str, str | int] = {}
    if wanted.before and not in_context(text, at, ends, replace(wanted, after="")):
        stale["before"] = text.text[:at].rstrip(" ")[-len(fold(wanted.before)) :].lstrip(" ")
    if wanted.after and not in_context(text, at, ends, replace(wanted, before="")):
        stale["after"] = text.text[ends:].lstrip(" ")[: len(fold(wanted.after))].rstrip(" ")
    trial = replace(wanted, before=str(stale.get("before", wanted.before)), after=str(stale.get("after", wanted.after)))
    left = identifies(trial)
    if at in left and (len(left) > 1 or wanted.occurrence):
        stale["occurrence"] = left.index(at) + 1
    return stale
