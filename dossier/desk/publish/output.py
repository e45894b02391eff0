"""The folder of a published site: only what was published before is replaced, each file whole or not at all."""

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path

from dossier.desk.user.atomic_write import beside, sweep
from dossier.model.problems import DossierError

MANIFEST = "dossier-site.json"
"""Names every file that was written, with its SHA-256; what it does not name is never replaced nor removed."""


class SiteFolder:
    """Writes the files of a site; those that are the same already stay as they are."""

    def __init__(self, root: Path) -> None:
        """Take the folder, which may not exist yet.

        Raises:
            DossierError: it is no folder, cannot be used, or its manifest cannot be read.

        """
        self.root = root
        self.written = self.unchanged = self.removed = 0
        self._now: dict[str, str] = {}
        try:
            root.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DossierError(f"{root} cannot be used: {error.strerror}; name a folder for the site.") from error
        self._before = self._read()

    def _read(self) -> dict[str, str]:
        path = self._place(MANIFEST)
        if not path.exists():
            return {}
        try:
            files = json.loads(path.read_text(encoding="utf-8"))["files"]
            return {str(name): str(digest) for name, digest in files.items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise DossierError(f"{path} is not a manifest of a site; name another folder, or remove it.") from error

    def put(self, name: str, text: str) -> None:
        """Write one file of the site, a path relative to its folder.

        Raises:
            DossierError: another program's file or a link is in its place, or it cannot be written.

        """
        data = text.encode("utf-8", "replace")
        digest = hashlib.sha256(data).hexdigest()
        path = self._place(name)
        there = path.exists()
        if there and name not in self._before:
            raise DossierError(f"{path} was not written by dossier publish; move it, or name another folder.")
        self._now[name] = digest
        if there and path.stat().st_size == len(data) and path.read_bytes() == data:
            self.unchanged += 1
            return
        if name not in self._before:  # the manifest knows of a file before there is one, whatever ends the program
            self._before[name] = ""
        if self.written % 500 == 0:
            sweep(path)
        self._replace(path, data)
        self.written += 1

    def claim(self, names: list[str]) -> None:
        """Put down which files are about to be written, so that a run that was cut short can be taken up again.

        Raises:
            DossierError: one of them is there already and is not ours, or the manifest cannot be written.

        """
        for name in names:
            path = self._place(name)
            if name not in self._before and (path.exists() or path.is_symlink()):
                raise DossierError(f"{path} was not written by dossier publish; move it, or name another folder.")
        new = {name: "" for name in names if name not in self._before}
        if new:
            self._before |= new
            self._write_manifest(self._before)

    def finish(self) -> None:
        """Remove pages of before that are none any more, and write the manifest."""
        for name in self._before.keys() - self._now.keys():
            with suppress(OSError, DossierError):
                self._place(name).unlink()
                self.removed += 1
        if self._now != self._before:
            self._write_manifest(self._now)

    def _write_manifest(self, files: dict[str, str]) -> None:
        text = json.dumps({"made by": "dossier publish", "files": files}, indent=0, sort_keys=True)
        self._replace(self.root / MANIFEST, text.encode() + b"\n")

    def _place(self, name: str) -> Path:
        parts = name.split("/")
        if any(part in ("", ".", "..") or "\\" in part or ":" in part for part in parts):
            raise DossierError(f"{name} in the manifest of the site names no file in it; remove {MANIFEST}.")
        path = self.root
        for part in parts:
            path /= part
            if path.is_symlink():
                raise DossierError(f"{path} is a link, and nothing is written through it; name another folder.")
        if path.is_dir():
            raise DossierError(f"{path} is a folder in the place of a page; move it, or name another folder.")
        return path

    def _replace(self, path: Path, data: bytes) -> None:
        new = beside(path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
            new.replace(path)
        except OSError as error:
            with suppress(OSError):
                new.unlink()
            raise DossierError(
                f"{path} cannot be written: {error.strerror}; make room, or name another folder."
            ) from error
