"""Looking for the anchors into one article: a pure function of its file, so that many can be looked at side by side."""

import hashlib
from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import Struct

from dossier.model.anchors import STRUCK, AnchorMatch, Evidence
from dossier.model.articles import Paragraph, may_have_front_matter, paragraph_at, paragraphs
from dossier.model.entries import Anchor
from dossier.model.markdown_words import struck_stretches
from dossier.model.problems import Place, Problem
from dossier.model.quotation_marks import QuotedStretches
from dossier.model.resolving import Text
from dossier.store.catalogue.evidence_rows import row_of
from dossier.store.files.encoding import decode, is_harmless, line_column, text_problems
from dossier.store.files.errors import FileRefused, FileTooLarge, NotText
from dossier.store.files.folder import Folder
from dossier.store.files.kinds import another_kind, another_kind_by_name
from dossier.store.sync.history import remembered
from dossier.store.yaml.cuts import GOES_ON, goes_on
from dossier.store.yaml.mending import has_conflict

_encode = msgspec.msgpack.Encoder().encode
_wanted = msgspec.msgpack.Decoder(Anchor).decode


class ArticleScan(Struct, frozen=True):
    """An article to look at, and the anchors into it."""

    id: str
    path: str
    place: Place
    """Where its file is named, for the problem that it cannot be read."""
    signature: bytes
    """Of its file, from before it is read."""
    known: bytes | None
    """The digest it had when it was last looked at; None when it is new, or named another file."""
    anchors: tuple[tuple[int, str, int, bytes, bool], ...]
    """Number, owner, ordinal and record of each anchor, and whether it was already looked for in the known text."""
    lines: bytes | None
    """The lines of the lock about it."""
    versions: bytes | None
    """The kept versions of it."""


class Outcome(Struct, frozen=True):
    """The matches that were found in an article."""

    article: ArticleScan
    digest: bytes
    """Of its bytes; empty when it cannot be read."""
    problems: bytes
    """What is wrong with its text."""
    resolved: list[tuple[Any, ...]]
    """For the anchors that were looked for: digest, status, start, end, record, number."""


def look(folder: Folder, article: ArticleScan) -> Outcome:
    """Read an article, and look for its anchors: all when its text is not the known one, else the new ones."""
    digest, original, problems = _text(folder, article)
    same = digest == article.known
    wanted = [(n, owner, at, _wanted(blob)) for n, owner, at, blob, done in article.anchors if not (done and same)]
    if digest:
        front = may_have_front_matter(article.path, article.place.file)
        text = remembered(folder, article.path, original, digest, article.lines, article.versions, front=front)
        found = found_in(text, wanted, article.id)
    else:
        found = lost(wanted, f"the article {article.id} cannot be read")
    return Outcome(article, digest, _encode(problems), resolved_rows(found, digest))


def lost(wanted: Sequence[tuple[int, str, int, Anchor]], why: str) -> list[tuple[int, Evidence]]:
    """The results for anchors that cannot be looked for anywhere."""
    return [(n, _evidence(owner, at, one, AnchorMatch("missing", (), why))) for n, owner, at, one in wanted]


def resolved_rows(found: list[tuple[int, Evidence]], digest: bytes) -> list[tuple[Any, ...]]:
    """The matches as the catalogue keeps them."""
    return [row_of(evidence, digest, n) for n, evidence in found]


def _text(folder: Folder, article: ArticleScan) -> tuple[bytes, str, list[Problem]]:
    if not article.path:
        return b"", "", []  # told of its entry
    try:
        data = folder.read(article.path)
        other = another_kind(data, article.place, article.path)
        if other and other.severity == "error":
            return b"", "", [other]
        text = decode(data)
    except FileTooLarge as refused:
        return b"", "", [another_kind_by_name(article.place, article.path) or refused.problem(article.place)]
    except NotText as refused:
        return b"", "", [refused.problem(Place(article.path, refused.line, refused.column))]
    except FileRefused as refused:
        return b"", "", [refused.problem(article.place)]
    problems = [] if is_harmless(data) else text_problems(article.path, text)
    if (at := has_conflict(text)) >= 0:
        message = "two versions that git could not merge begin here, and both are read"
        place = Place(article.path, *line_column(text, at))
        hint = "keep one of them and delete the marks"
        problems.append(Problem(place, "error", "merge-conflict", message, hint))
    return hashlib.sha256(data).digest(), text, [other, *problems] if other else problems


def found_in(text: Text, wanted: Sequence[tuple[int, str, int, Anchor]], article: str) -> list[tuple[int, Evidence]]:
    """Locate `(n, owner, ordinal, wanted)` in an article's text; the matches by `n`."""
    if not wanted:
        return []
    original = text.original
    ranges = paragraphs(original, text.body)
    quoted = QuotedStretches(original, ranges, text.shown)
    struck = struck_stretches(original) if text.markdown else []
    found = []
    for n, owner, at, one in wanted:
        named = one if one.article else msgspec.structs.replace(one, article=article)
        there = text.find(owner, named)
        if named.cut and any(goes_on(original, end, named.cut) for _, end in there.spans):
            there = AnchorMatch("missing", (), GOES_ON)
        if any(first < end and start < last for first, last in struck for start, end in there.spans):
            there = AnchorMatch(there.status, there.spans, "; ".join(filter(None, (there.why, STRUCK))))
        found.append((n, _evidence(owner, at, named, there, original, ranges, quoted)))
    return found


def _evidence(
    owner: str,
    ordinal: int,
    wanted: Anchor,
    found: AnchorMatch,
    text: str = "",
    ranges: Sequence[Paragraph] = (),
    quoted: QuotedStretches | None = None,
) -> Evidence:
    if len(found.spans) != 1:
        return Evidence(owner, ordinal, wanted, found.status, why=found.why, places=found.spans)
    ((start, end),) = found.spans
    paragraph = paragraph_at(ranges, start)
    marked = quoted is not None and quoted.hold(start, end)
    words = text[start:end]
    return Evidence(owner, ordinal, wanted, found.status, start, end, words, paragraph, found.why, quoted=marked)
