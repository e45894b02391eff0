"""New files of a dossier, which are removed again when what they belong to fails."""

import contextlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from dossier.desk.user.atomic_write import sweep, write_bytes
from dossier.model.problems import DossierError


@contextlib.contextmanager
def remove_on_failure() -> Iterator[list[Path]]:
    """Collect files that were made; when something fails, they are removed again."""
    made: list[Path] = []
    try:
        yield made
    except BaseException:
        for path in reversed(made):
            with contextlib.suppress(OSError):
                if path.is_dir():
                    path.rmdir()
                else:
                    path.unlink()
        raise


def create_file(root: Path, relative: str, data: bytes, made: list[Path]) -> None:
    """Write a new file of the dossier, and its folders; what is there already must be the same bytes."""
    path = root / relative
    folder = root
    for part in PurePosixPath(relative).parts[:-1]:
        folder /= part
        if folder.is_symlink():
            raise DossierError(f"{folder.relative_to(root)} is a link; put a folder there.")
        if not folder.exists():
            try:
                folder.mkdir()
            except OSError as error:
                raise DossierError(f"{folder} cannot be made: {error.strerror}; nothing was added.") from error
            made.append(folder)
    sweep(path)
    if path.exists() and not path.is_symlink() and path.is_file() and path.read_bytes() == data:
        return  # left by a program that ended before it could write the entry
    write_bytes(path, data)
    made.append(path)
