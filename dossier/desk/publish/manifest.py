"""The manifest of a published site: every file that was written, with what it holds and what it was made from."""

from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from dossier.model.problems import DossierError

MANIFEST = "dossier-site.json"
"""What it does not name is never replaced nor removed, unless the journal names it."""


class Published(Struct, frozen=True):
    """The record of a file in the manifest."""

    digest: str = ""
    """SHA-256 of its content."""
    inputs: str = ""
    """Digest of what it was made from; empty when it is always made anew."""


def read_manifest(path: Path) -> dict[str, Published]:
    """Every file that the manifest at `path` names; none when there is no manifest.

    Raises:
        DossierError: it is no manifest.

    """
    try:
        files = msgspec.json.decode(path.read_bytes())["files"]
        told = {str(name): _published(one) for name, one in files.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DossierError(f"{path} is not a manifest of a site; name another folder, or remove it.") from error
    return {name: one for name, one in told.items() if one.digest}


def manifest_bytes(files: dict[str, Published]) -> bytes:
    """The content of a manifest."""
    told = {name: (one.digest, one.inputs) for name, one in sorted(files.items())}
    return msgspec.json.encode({"made by": "dossier publish", "files": told}) + b"\n"


def _published(told: Any) -> Published:
    """A line of the manifest; earlier versions wrote the digest alone, or none of a file that they had yet to write."""
    digest, inputs = (told, "") if isinstance(told, str) else told
    return Published(str(digest), str(inputs))
