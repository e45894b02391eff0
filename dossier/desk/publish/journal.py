"""The journal of a run of `dossier publish`: what each file will hold, put down before the file is written.

The manifest is written last. When a run is cut short before that, the journal tells its files from those that somebody
else has put in their places since: only content with a digest in the journal was written by the run.
"""

import os
import re
from contextlib import suppress
from io import FileIO
from pathlib import Path

from dossier.model.problems import DossierError

JOURNAL = "dossier-site.journal"
_HEAD = b"files that dossier publish was about to write: SHA-256 and name\n"
_LINE = re.compile(r"([0-9a-f]{64}) ([^\n]+)")


class PublishJournal:
    """Reads what a run that was cut short has put down, and goes on with it."""

    def __init__(self, path: Path) -> None:
        """Take the path of the journal, which need not be there.

        Raises:
            DossierError: there is something else.

        """
        self._path = path
        self._file: FileIO | None = None
        self.begun: dict[str, set[str]] = {}
        """The digests of each file that the run had begun to write, by its name."""
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            data = b""
        except OSError as error:
            raise self._refusal() from error
        whole = data[: data.rfind(b"\n") + 1]
        if not data.startswith(_HEAD[: len(data)]):
            raise self._refusal()
        self._whole = len(whole)
        """Bytes up to where the run was cut short within a line."""
        for line in whole[len(_HEAD) :].decode("utf-8", "replace").splitlines():
            match = _LINE.fullmatch(line)
            if match is None:
                raise self._refusal()
            self.begun.setdefault(match[2], set()).add(match[1])

    def _refusal(self) -> DossierError:
        return DossierError(f"{self._path} is not a journal of a site; name another folder, or remove it.")

    def add(self, name: str, digest: str) -> None:
        """Put down the SHA-256 of a file that is about to be written.

        Raises:
            DossierError: the journal cannot be written, and so the file must not be.

        """
        line = f"{digest} {name}\n".encode()
        try:
            if self._file is None:
                flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
                self._file = FileIO(os.open(self._path, flags, 0o666), "ab")
                self._file.truncate(self._whole)
                line = line if self._whole else _HEAD + line
            self._file.write(line)
        except OSError as error:
            raise DossierError(
                f"{self._path} cannot be written: {error.strerror}; make room, or name another folder."
            ) from error

    def remove(self) -> None:
        """Do away with it once the manifest says all of it."""
        self.close()
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the file; the journal stays for the next run."""
        if self._file is not None:
            self._file.close()
            self._file = None
