"""The manifest of a published site: every file that was written, with what it holds and what it was made from."""

from pathlib import Path

import msgspec
from msgspec import Struct

from dossier.model.problems import DossierError

MANIFEST = "dossier-site.json"
"""What it does not name is never replaced nor removed, unless the journal names it."""


class Published(Struct, frozen=True, array_like=True):
    """The record of a file in the manifest."""

    digest: str = ""
    """SHA-256 of its content."""
    inputs: str = ""
    """Digest of what it was made from; empty when it is always made anew."""


class Manifest(Struct, frozen=True):
    """The content of a manifest."""

    files: dict[str, Published]
    made_by: str = msgspec.field(name="made by", default="dossier publish")


def read_manifest(path: Path) -> dict[str, Published]:
    """Every file that the manifest at `path` names; none when there is no manifest.

    Raises:
        DossierError: it is no manifest.

    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=Manifest).files
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise DossierError(f"{path} is not a manifest of a site; name another folder, or remove it.") from error


def manifest_bytes(files: dict[str, Published]) -> bytes:
    """The content of a manifest."""
    return msgspec.json.encode(Manifest(dict(sorted(files.items())))) + b"\n"
