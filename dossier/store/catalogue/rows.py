"""Convert a file's contents to rows of the catalogue: a pure function, so that many files can be read side by side."""

import hashlib
from functools import lru_cache
from typing import Any

import msgspec

from dossier.model.dates import first_day, last_day, sort_key
from dossier.model.entries import Anchor, Entry, Link
from dossier.model.folding import plain_words
from dossier.model.sheets import FileContents
from dossier.store.files.paths import is_of_archive

FIRST_FILE = "dossier.yaml"
"""The file that makes a folder a dossier; it is told before all others."""
FIRST_FILES = (FIRST_FILE, "dossier.yml")
"""How it may be called."""

INSERTS = {
    "files": "INSERT INTO files VALUES (?,?,?,?,?)",
    "entries": "INSERT INTO entries(id,kind,file,rank,ord,owner,title,date,moment,since,until,attribution,words,record)"
    " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
    "names": "INSERT INTO names VALUES (?,?,?,?,?)",
    "links": "INSERT INTO links(source,relation,target,field,key,file,rank,ord,date,record)"
    " VALUES (?,?,?,?,?,?,?,?,?,?)",
    "anchors": "INSERT INTO anchors(owner,ordinal,entry,what,file,given,article,wanted) VALUES (?,?,?,?,?,?,?,?)",
}
"""How the rows of each table are put in."""

Rows = dict[str, list[tuple[Any, ...]]]
"""The rows of a sheet, by table."""

FEWEST_WORDS = 4
"""So many words make a text that two people hardly say by chance; shorter ones have to stand in the same place."""

_LAST = "\U0010ffff"
"""Sorts the files of an archive behind those of the dossier that extends it."""

_encode = msgspec.msgpack.Encoder().encode
_DATE_FIELDS = {"event": "when", "article": "published"}
_NAMED = ("delegation", "person", "issue", "event")


def rows_of(sheet: FileContents, role: str, signature: bytes, digest: bytes) -> Rows:
    """All rows that a file makes. `role` is `yaml`, `front` (an article's front matter) or `folder`."""
    file = sheet.file
    rank = "" if file in FIRST_FILES else f"{_LAST}{file}" if is_of_archive(file) else file
    # Which article a file's anchors are in, each of them knows; without it most files say nothing of the whole dossier.
    header = {name: value for name, value in sheet.header.items() if name != "article"}
    rest = msgspec.structs.replace(sheet, entries=(), links=(), header=header)
    keys = link_keys(sheet.links)
    anchors: list[tuple[str, int, str, str, Anchor]] = [
        (e.id, at, e.id, e.kind, w) for e in sheet.entries for at, w in enumerate(e.wanted)
    ]
    anchors += [
        (key, at, link.source, "link", w)
        for key, link in zip(keys, sheet.links, strict=True)
        for at, w in enumerate(link.wanted)
    ]
    return {
        "files": [(file, role, signature, digest, b"" if rest == FileContents(file) else _encode(rest))],
        "entries": [
            (e.id, e.kind, file, rank, at, e.owner, e.title, *_dates_of(e), _attribution(e), _words(e), _encode(e))
            for at, e in enumerate(sheet.entries)
        ],
        "names": _names(sheet),
        "links": [
            (link.source, link.relation, link.target, link.field, key, file, rank, at, link.date, _encode(link))
            for at, (key, link) in enumerate(zip(keys, sheet.links, strict=True))
        ],
        "anchors": [
            (owner, at, entry, what, file, w.article, w.article, _encode(w)) for owner, at, entry, what, w in anchors
        ],
    }


def with_fingerprints(rows: Rows, signature: bytes, digest: bytes) -> Rows:
    """Return the rows of a file as `rows_of` makes them with another signature and digest of the file."""
    ((file, role, _, _, rest),) = rows["files"]
    return rows | {"files": [(file, role, signature, digest, rest)]}


def _dates_of(entry: Entry) -> tuple[str, str, str, str]:
    return _dates(entry.text(_DATE_FIELDS.get(entry.kind, "date")))


@lru_cache(maxsize=1_000)
def _dates(date: str) -> tuple[str, str, str, str]:
    """The date as written, by what it sorts, and its first and last day."""
    return date, sort_key(date), first_day(date), last_day(date)


def _attribution(entry: Entry) -> str:
    return (entry.text("attribution") or "direct") if entry.kind == "quote" else ""


def _words(entry: Entry) -> int | None:
    """A number for the words of a quote, alike for the same words; None for fewer than two people say by chance."""
    words = plain_words(entry.text("text")) if entry.kind == "quote" else ""
    if words.count(" ") < FEWEST_WORDS - 1:
        return None
    return int.from_bytes(hashlib.blake2b(words.encode(), digest_size=8).digest(), "big", signed=True)


def _names(sheet: FileContents) -> list[tuple[Any, ...]]:
    return [
        (name, e.id, e.kind, sheet.file, e.kind != "event" and e.fields.get("mentions") is not False)
        for e in sheet.entries
        if e.kind in _NAMED
        for name in e.names
    ] + [
        (name, e.id, e.kind, sheet.file, False)
        for e in sheet.entries
        if e.kind in _NAMED
        for name in e.texts("search_aliases")
    ]


def link_keys(links: tuple[Link, ...]) -> list[str]:
    """Return the key of each link; a second one alike in the same file is told apart by its number."""
    seen: dict[str, int] = {}
    keys = []
    for link in links:
        key = link.key
        number = seen[key] = seen.get(key, 0) + 1
        keys.append(key if number == 1 else f"{key} #{number}")
    return keys
