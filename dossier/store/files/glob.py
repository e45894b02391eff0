"""Match paths against patterns of names."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase


def matching(paths: Iterable[str], pattern: Sequence[str]) -> Iterator[str]:
    """The paths that match a pattern, given as its names in NFC, in their order.

    `*`, `?` and `[…]` match within one name; `**` as a name of its own is any number of folders.
    """
    if not pattern:
        return
    *folders, last = pattern
    fits: dict[str, bool] = {}  # folders hold hundreds of files: each is looked at once
    for path in paths:
        folder, _, name = path.rpartition("/")
        if last == "**":
            folder, name = path, ""
        fit = fits.get(folder)
        if fit is None:
            parts = _compose(folder).split("/") if folder else []
            fit = fits[folder] = _matches(parts, pattern if last == "**" else folders)
        if fit and (last == "**" or fnmatchcase(_compose(name), last)):
            yield path


def _compose(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _matches(path: Sequence[str], pattern: Sequence[str]) -> bool:
    if "**" not in pattern:
        return len(path) == len(pattern) and all(map(fnmatchcase, path, pattern))
    reached = {0}  # how many names of the path the pattern so far may have used up
    for part in pattern:
        if part == "**":
            reached = set(range(min(reached), len(path) + 1)) if reached else set()
        else:
            reached = {at + 1 for at in reached if at < len(path) and fnmatchcase(path[at], part)}
    return len(path) in reached
