"""Fingerprints that tell whether a file has changed, without reading it."""

import hashlib
import time

import msgspec

from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.files.folder import FolderListing, Signature

RACY = 2_000_000_000
"""Nanoseconds. A file changed so shortly before it was read may change again without its time telling, on file systems
whose clock is that coarse (FAT: 2 s); it is read anew the next time."""


def stable(signature: Signature) -> bytes:
    """A signature to compare by; empty when the file may yet change without its time telling."""
    modified, _, _, changed = signature
    return b"" if time.time_ns() - max(modified, changed) < RACY else msgspec.msgpack.encode(signature)


def fingerprint(listing: FolderListing) -> bytes:
    """The outward traits of all files of a folder; empty when one may yet change unseen."""
    last = time.time_ns() - RACY
    if [1 for modified, _, _, changed in listing.files.values() if modified > last or changed > last]:
        return b""
    told = msgspec.msgpack.encode((listing.files, listing.left_out))
    return hashlib.blake2b(told, digest_size=16).digest()


def unchanged(db: Catalogue, listing: FolderListing) -> bool:
    """Whether a folder looks from outside as it did when the catalogue was last brought up to date with it."""
    known = db.value("SELECT value FROM state WHERE name = 'folder'")
    return bool(known) and known == fingerprint(listing)
