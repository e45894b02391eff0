"""Fingerprints that tell whether a file has changed, without reading it."""

import hashlib
import time
from operator import itemgetter

import msgspec

from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.files.listing import FolderListing, Signature

RACY = 2_000_000_000
"""Nanoseconds. A file changed so shortly before it was read may change again without its time telling, on file systems
whose clock is that coarse (FAT: 2 s); it is read anew the next time."""


def stable(signature: Signature, *, is_copy: bool = False) -> bytes:
    """Return a signature to compare by; empty when the file may yet change without its time telling, as no copy does
    that was verified and is never written to.
    """
    modified, _, _, changed = signature
    racy = not is_copy and time.time_ns() - max(modified, changed) < RACY
    return b"" if racy else msgspec.msgpack.encode(signature)


def fingerprint(listing: FolderListing) -> bytes:
    """A digest of the signatures of all files of a folder; empty when one may yet change unseen."""
    last = time.time_ns() - RACY
    if any(max(map(itemgetter(at), listing.files.values()), default=0) > last for at in (0, 3)):  # of many files, few
        racy = [path for path, (modified, _, _, changed) in listing.files.items() if modified > last or changed > last]
        if not all(map(listing.is_copy, racy)):
            return b""
    told = msgspec.msgpack.encode((listing.files, listing.left_out))
    return hashlib.blake2b(told, digest_size=16).digest()


def unchanged(db: Catalogue, listing: FolderListing) -> bool:
    """Return whether a folder looks from outside as it did when the catalogue was last brought up to date with it."""
    known = db.value("SELECT value FROM state WHERE name = 'folder'")
    return bool(known) and known == fingerprint(listing)
