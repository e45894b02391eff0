"""An article's text with its lines of the lock and its earlier versions; derived forms are computed on demand."""

import hashlib
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Self

from msgspec import Struct

from dossier.model.anchor_search import MAX_PLACES, places
from dossier.model.articles import Paragraph, body_start, paragraph_at, paragraphs
from dossier.model.entries import Anchor
from dossier.model.folding import Folded, fold
from dossier.model.locked import Locked
from dossier.model.markdown_words import as_read
from dossier.model.quotations import QuotationMatch
from dossier.model.similarity import FoldedWords, words_of


class Version(Struct, frozen=True):
    """An earlier text of an article, kept when it was revised."""

    name: str
    """Its path in the dossier's folder."""
    text: str


class ArticleText:
    """An article's text, as it is in the file and as it is read."""

    def __init__(
        self,
        original: str,
        sha256: str,
        lines: Sequence[Locked] = (),
        versions: Callable[[], Sequence[Version]] = tuple,
        *,
        markdown: bool = False,
        front: bool = True,
    ) -> None:
        """Take the text, the digest of its bytes, the lines of the lock about it, and its versions, latest first.

        The words of a `markdown` article are looked for as they are read; `front` says whether it may begin with front
        matter.
        """
        self.markdown = markdown
        self._front = front
        self.original = original
        self._sha256 = sha256
        self._lines: dict[str, list[Locked]] = {}
        for line in lines:
            self._lines.setdefault(line.owner, []).append(line)
        self._read_versions = versions
        self._digests: dict[tuple[int, int], str] = {}

    @cached_property
    def folded(self) -> Folded:
        """The text in folded form, as it is read; front matter is no part of an article's words and is blank."""
        return Folded(self.shown, read=True) if self.markdown else self._written

    @cached_property
    def shown(self) -> str:
        """The text as it is read: at the offsets of the file, markup written over."""
        return as_read(self._blank_front_matter, self.body) if self.markdown else self.original

    @cached_property
    def _written(self) -> Folded:
        """The text in folded form with its markup: what surrounds an anchor is kept so in the lock."""
        return Folded(self._blank_front_matter)

    @property
    def _blank_front_matter(self) -> str:
        body = self.body
        return " " * body + self.original[body:] if body else self.original

    @cached_property
    def body(self) -> int:
        """The offset behind the front matter; 0 when there is none."""
        return body_start(self.original, front=self._front)

    @cached_property
    def words(self) -> FoldedWords:
        """The folded text word by word."""
        return words_of(self.folded.text)

    @cached_property
    def _versions(self) -> list[tuple[Version, Self]]:
        kind = type(self)
        return [
            (version, kind(version.text, "", markdown=self.markdown, front=self._front))
            for version in self._read_versions()
        ]

    def line(self, owner: str, wanted: Anchor) -> Locked | None:
        """The line of the lock about an anchor; None when there is none."""
        lines = self._lines.get(owner)
        if not lines:
            return None
        words = fold(wanted.text)
        return next((line for line in lines if line.speaks_of(owner, wanted, words)), None)

    def _spans_in_markup(self, found: QuotationMatch) -> tuple[int, int]:
        """A stretch of the text as it is read, in the text with its markup."""
        if self._written is self.folded:
            return found.start, found.end
        start, end = self.folded.start(found.start), self.folded.end(found.end)
        return self._written.position(start), self._written.position(end)

    def _spans_in_plain(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of the text with its markup, in the text as it is read, without spaces at its ends."""
        if self._written is not self.folded:
            start = self.folded.position(self._written.start(start))
            end = max(self.folded.position(self._written.end(end)) if end else 0, start)
        between = self.folded.text[start:end]
        first = start + len(between) - len(between.lstrip(" "))
        return first, max(end - len(between) + len(between.rstrip(" ")), first)

    def _other_places_note(self, found: Sequence[QuotationMatch]) -> str:
        """A note on where else the old words stand."""
        if not found:
            return ""
        numbers = sorted({paragraph_at(self._paragraphs, start) for start, _ in self._spans(found)})
        return f"; the old words also stand in ¶ {', '.join(map(str, numbers))}"

    @cached_property
    def _paragraphs(self) -> list[Paragraph]:
        return paragraphs(self.original, self.body)

    def _paragraph_digest(self, start: int, end: int) -> str:
        """A digest of the paragraphs that hold a stretch, which changes with their words."""
        first, last = paragraph_at(self._paragraphs, start), paragraph_at(self._paragraphs, end - 1)
        if not first:
            return ""
        if (first, last) not in self._digests:
            written = self._written
            begin, stop = self._paragraphs[first - 1].start, self._paragraphs[last - 1].end
            whole = written.text[written.position(begin) : written.position(stop)].strip(" ")
            digest = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
            self._digests[first, last] = digest[:16]
        return self._digests[first, last]

    def _spans(self, found: Sequence[QuotationMatch]) -> tuple[tuple[int, int], ...]:
        text = self.folded
        return tuple((text.start(one.start), text.end(one.end)) for one in found[:MAX_PLACES])

    def lost(self, owner: str, wanted: Anchor) -> bool:
        """Return whether the lock or an earlier version of the article has the words of an anchor."""
        return self.line(owner, wanted) is not None or any(
            places(text.folded, wanted.text) for _, text in self._versions
        )

    def is_new(self, start: int, end: int) -> bool:
        """Return whether a folded stretch stands in no kept version of the article, where any is kept."""
        stretch = self.folded.text[start:end]
        return bool(self._versions) and all(stretch not in text.folded.text for _, text in self._versions)
