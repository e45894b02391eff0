"""The bytes of the lock while a step is made: read once, hashed while they are written."""

import hashlib
from concurrent.futures import ThreadPoolExecutor

from dossier.desk.evidence.anchors import put
from dossier.model.problems import DossierError
from dossier.store.files.encoding import decode
from dossier.store.files.errors import FileRefused, MissingFile, NotText
from dossier.store.files.folder import Folder
from dossier.store.files.listing import Signature
from dossier.store.sync import lockfile

_LARGE = 1_000_000
"""Bytes of a lock whose SHA-256 is worth a thread."""


class LockFile:
    """The lock of a dossier. Reading one of 65,000 lines takes 10 ms, its SHA-256 40 ms."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._data: bytes | None = None
        self._signature: Signature | None = None
        """Of the file that was last read or written; what is known of it holds while the file has this one. Should it
        be wrong on a coarse clock, the next pass over the folder reads the lock anew.
        """
        self._digest = b""

    def read(self) -> bytes | None:
        """Its bytes; None when there is no lock.

        Raises:
            DossierError: it is no text in UTF-8, or cannot be read.

        """
        try:
            signature = self._folder.signature(lockfile.FILE)
            known = signature == self._signature
            if known and self._data is not None:
                return self._data
            data = self._folder.read(lockfile.FILE, lockfile.MAX_BYTES)
            if not (known or data.isascii()):
                decode(data)
        except MissingFile:
            return None
        except FileRefused as refused:
            raise refusal(lockfile.FILE, refused) from refused
        self._data, self._signature = data, signature
        if not known:
            self._digest = b""
        return data

    @property
    def digest(self) -> bytes:
        """The SHA-256 of what was read or written last."""
        if not self._digest and self._data is not None:
            self._digest = hashlib.sha256(self._data).digest()
        return self._digest

    def write(self, data: bytes) -> None:
        """Put bytes in place of the lock, whole or not at all; their SHA-256 is made meanwhile.

        Raises:
            DossierError: it cannot be written.

        """
        if len(data) < _LARGE:  # a thread takes longer to begin
            put(self._folder.root, lockfile.FILE, data)
            self._data, self._digest = data, hashlib.sha256(data).digest()
        else:
            with ThreadPoolExecutor(1) as pool:
                digest = pool.submit(lambda: hashlib.sha256(data).digest())
                put(self._folder.root, lockfile.FILE, data)
                self._data, self._digest = data, digest.result()
        self._signature = self._folder.signature(lockfile.FILE)

    def forget(self) -> None:
        """Let go of the bytes; their SHA-256 is kept."""
        self._data = None


def refusal(path: str, refused: FileRefused) -> DossierError:
    """The message about a file that cannot be read."""
    if isinstance(refused, NotText):
        return DossierError(f"{path}:{refused.line}:{refused.column} is not UTF-8; mend the file first.")
    return DossierError(f"{path} cannot be read: {refused.message}.")
