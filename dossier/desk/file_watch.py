"""Changes of a dossier's folder, reported by the system, also when the folder is deleted and made again."""

import contextlib
import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path

BETWEEN = 0.5
"""Seconds until a folder that is gone, or cannot be watched, is looked for again."""
LOOK = 1_000
"""Milliseconds without a change after which it is looked at whether the folder is still the one that is watched."""


def follow_folder(
    root: Path, note: Callable[[Iterable[Path] | None], object], made_again: Callable[[], object]
) -> None:
    """Call `note` with the paths that change below a folder, or with None when it is not known which; never returns.

    The system watches a folder and not its name: after it was deleted, another one of that name changes unheard. So the
    folder is compared with the one that is watched, and `made_again` is called when there is another.
    """
    from watchfiles import watch  # noqa: PLC0415  read by the process behind alone

    def concerns(_change: object, path: str) -> bool:
        """Return whether a path may be of the dossier: nothing hidden is."""
        with contextlib.suppress(ValueError):
            return not any(part.startswith(".") for part in Path(path).relative_to(root).parts)
        return True

    polling, held = False, _open_folder(root)
    while True:
        try:
            changes = watch(
                root, watch_filter=concerns, debounce=300, step=50, rust_timeout=LOOK,
                yield_on_timeout=True, raise_interrupt=False, force_polling=polling, poll_delay_ms=1_000,
            )  # fmt: skip
            if next(changes, None) is not None:  # what changed before the watch began
                note(None)
            for change in changes:
                if change:
                    note(Path(path) for _, path in change)
                if not _is_still(root, held):
                    break
        except (OSError, RuntimeError):
            polling = root.is_dir()  # no more watches to be had, or a file system that has none
        if not _is_still(root, held) and (made := _open_folder(root)) is not None:
            if held is not None:
                os.close(held)
            held = made
            note(None)
            made_again()
        time.sleep(BETWEEN)


def _open_folder(folder: Path) -> int | None:
    """A descriptor of a folder, None when there is none: while it is open, no other folder gets the same number."""
    try:
        return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        return None


def _is_still(folder: Path, held: int | None) -> bool:
    """Return whether a path leads to the folder of a descriptor."""
    try:
        return held is not None and os.path.samestat(folder.stat(), os.fstat(held))
    except OSError:
        return False
