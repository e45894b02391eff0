"""Briefs of the brief and notes styles held against the dossier: which article a footnote names."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from dossier.export.briefs import BriefRead, Claim
from dossier.export.escaping import one_line
from dossier.export.footnotes import describe
from dossier.export.parsed import parse
from dossier.export.styles.phrases import spoken_date
from dossier.export.styles.source_notes import name_source
from dossier.export.verdicts import Verdict, difference
from dossier.model.brief import Source
from dossier.model.entries import Entry
from dossier.model.folding import fold

if TYPE_CHECKING:
    from dossier.desk.desk import Desk


def resolve_sources(desk: "Desk", brief: BriefRead) -> BriefRead:
    """The same claims, each article named by its id where the footnote names exactly one."""
    articles = _Articles(desk)
    claims = []
    for claim in brief.claims:
        if claim.where == "prose" and not claim.article and articles.is_title(claim.words):
            continue  # a bibliography sets titles between quotation marks
        if not claim.article or claim.trouble:
            claims.append(claim)
            continue
        found = articles.named_by(claim.article)
        if len(found) == 1:
            claims.append(replace(claim, article=found[0]))
            continue
        why = f"several articles fit “{claim.article}”" if found else f"there is no article {claim.article}"
        claims.append(replace(claim, trouble=why))
    return BriefRead(tuple(claims))


class _Articles:
    """The articles of a dossier by what a footnote tells of them."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        listing = desk.listing("articles")
        self._titles = [(listing.id_at(at), _loose(listing[at].title)) for at in range(len(listing))]
        self._known: dict[str, list[str]] = {}

    def named_by(self, told: str) -> list[str]:
        """The ids of the articles that a footnote may mean; of several titles the longest counts."""
        if told not in self._known:
            self._known[told] = self._find(told)
        return self._known[told]

    def is_title(self, words: str) -> bool:
        """Whether the words are an article's title and no quotation."""
        return any(title == _loose(words).rstrip(".,") for _, title in self._titles)

    def _find(self, told: str) -> list[str]:
        entry = self._desk.entry(told)
        if entry is not None and entry.kind == "article":
            return [entry.id]
        text = _loose(told)
        titled = [(one, title) for one, title in self._titles if title and title in text]
        longest = max((len(title) for _, title in titled), default=0)
        found = [one for one, title in titled if len(title) == longest]
        if len(found) > 1:
            entries = [entry for one in found if (entry := self._desk.entry(one)) is not None]
            scores = [_told_of(entry, text) for entry in entries]
            found = [entry.id for entry, score in zip(entries, scores, strict=True) if score == max(scores)]
        return found


def _told_of(article: Entry, text: str) -> int:
    """How many of an article's further fields a footnote tells."""
    fields = [article.text(name) for name in ("author", "publisher", "url")]
    told = [*fields, spoken_date(article.text("published"))]
    return sum(bool(one) and _loose(one) in text for one in told)


def _loose(text: str) -> str:
    """Folded, and in one case: citation styles set titles in capitals of their own."""
    return fold(text).casefold()


def verify_sources(desk: "Desk", claims: Iterable[Claim]) -> list[Verdict]:
    """A verdict on each footnote that says of its article what the dossier does not: author, publisher, date.

    Only footnotes in our own form are read: the title, and behind a comma what else is known.
    """
    expected: dict[str, tuple[str, tuple[str, ...]]] = {}
    found = []
    for claim in claims:
        if claim.where != "footnote" or not claim.article or claim.trouble:
            continue
        if claim.article not in expected:
            expected[claim.article] = _descriptions(desk.entry(claim.article))
        title, described = expected[claim.article]
        told = _spaced(claim.source)
        _, named, rest = told.partition(title)
        if not named or not rest.lstrip().startswith((",", ".", "(")) or any(one in told for one in described):
            continue
        shown = re.split(r", ¶ ?\d|\. ?`|$", title + rest)[0]
        there = min(described, key=lambda one: -len(set(one.split()) & set(shown.split())))
        note = Claim("details", claim.line, shown, claim.article)
        found.append(
            Verdict(note, "changed", "the dossier says otherwise of the source", there, difference(there, shown))
        )
    return found


def _descriptions(article: Entry | None) -> tuple[str, tuple[str, ...]]:
    """The title of an article, and how a footnote of each style describes it."""
    if article is None:
        return "", ()
    fields = (article.text(name) for name in ("publisher", "author", "published", "url"))
    source = Source(article.id, article.title or article.id, *fields)
    plain = [_spaced("".join(one.text() for one in parse(text))) for text in (name_source(source), describe(source))]
    return _spaced(one_line(source.title)), tuple(plain)


def _spaced(text: str) -> str:
    return fold(" ".join(text.split()))
