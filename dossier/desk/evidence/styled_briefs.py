"""Briefs of the brief and notes styles held against the dossier: which article a footnote names."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from dossier.export.brief_blocks import comparable
from dossier.export.briefs import BriefRead, Claim
from dossier.export.parsed import BriefParagraph
from dossier.export.verdicts import Verdict, difference
from dossier.model.entries import Entry
from dossier.model.folding import fold
from dossier.model.spoken_dates import spoken_date

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
    """The articles of a dossier, looked up by the fields that a footnote gives."""

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
        """Return whether the words are an article's title and no quotation."""
        return any(title == _loose(words).rstrip(".,") for _, title in self._titles)

    def in_our_form(self, source: str) -> bool:
        """Return whether a footnote begins with the title of its source, a comma or a stop behind it."""
        named = self.named_by(source)
        titles = [title for one, title in self._titles if one in named]
        rests = [_loose(_single_spaced(source)).partition(title)[2].lstrip() for title in titles if title]
        return any(rest.startswith((",", ".", "(")) for rest in rests)

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
            scores = [_count_fields(entry, text) for entry in entries]
            found = [entry.id for entry, score in zip(entries, scores, strict=True) if score == max(scores)]
        return found


def _count_fields(article: Entry, text: str) -> int:
    """Count the further fields of an article that a footnote tells."""
    fields = [article.text(name) for name in ("author", "publisher", "url")]
    told = [*fields, spoken_date(article.text("published"))]
    return sum(bool(one) and _loose(one) in text for one in told)


def _loose(text: str) -> str:
    """Folded, and in one case: citation styles set titles in capitals of their own."""
    return fold(text).casefold()


def verify_footnotes(
    desk: "Desk", footnotes: Iterable[BriefParagraph], claims: Iterable[Claim], known: Sequence[str]
) -> Iterator[Verdict]:
    """A verdict on each footnote that differs from those the dossier would give for the same entries.

    The author may take its id and its paragraph out, and put a remark in brackets behind it. Citation styles differ:
    a footnote without an id is read only when it has the title, and behind a comma what else is known.
    """
    articles = _Articles(desk)
    fitting = {way: one for one in known for way in _ways(desk, one)}
    by_label = {claim.footnote: claim for claim in claims if claim.where == "footnote"}
    for footnote in footnotes:
        claim = by_label.get(footnote.label)
        text = _remove_id(desk, comparable(_single_spaced(footnote.text())))
        troubled = claim is not None and claim.trouble and not claim.doubted  # a doubted one is accepted elsewhere
        if troubled or text in fitting or any(text.startswith(f"{one} (") for one in fitting):
            continue
        doubted = claim is not None and claim.doubted and any(piece.kind == "emphasis" for piece in footnote.pieces)
        if claim and not claim.by_id and not doubted and not articles.in_our_form(claim.source):
            continue
        there = max(fitting, key=lambda one: len(set(one.split()) & set(text.split())), default="")
        told = Claim("details", footnote.line, _single_spaced(footnote.text()), footnote=footnote.label)
        why = "the dossier gives no such footnote for these entries"
        yield Verdict(
            told, "changed", why, fitting.get(there, ""), difference(fitting[there], told.words) if there else ""
        )


def _ways(desk: "Desk", footnote: str) -> Iterator[str]:
    """Yield the footnote without its id, and without its paragraph."""
    text = _remove_id(desk, comparable(footnote))
    yield text
    yield _PARAGRAPH.sub("", text)


def _remove_id(desk: "Desk", text: str) -> str:
    before, _, last = text.rpartition(" ")
    return before if before and desk.entry(last) is not None else text


_PARAGRAPH = re.compile(r", ¶ ?\d+")


def _single_spaced(text: str) -> str:
    return " ".join(text.split())
