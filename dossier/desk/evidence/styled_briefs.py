"""Briefs of the brief and notes styles held against the dossier: which article a footnote names, and who said it."""

from typing import TYPE_CHECKING

from msgspec.structs import replace

from dossier.desk.brief.builder import Maker
from dossier.export.briefs import BriefRead, Claim
from dossier.export.styles.phrases import lead_of, spoken_date
from dossier.export.styles.reading import Lead, StyledRead
from dossier.export.verdicts import Verdict, difference
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


def verify_leads(desk: "Desk", read: StyledRead) -> list[Verdict]:
    """A verdict on each bold name that the dossier has otherwise for the same words."""
    wanted = {fold(lead.words) for lead in read.leads}
    listing = desk.listing("quotes")
    told: dict[str, set[str]] = {}
    maker = Maker(desk)
    for at in range(len(listing)) if wanted else ():
        words = fold(listing[at].title)
        if words in wanted and (view := desk.view(listing.id_at(at))) is not None:
            told.setdefault(words, set()).add(" ".join(lead_of(maker.item(view, 0)).split()))
    return [verdict for lead in read.leads if (verdict := _differs(lead, told.get(fold(lead.words), set())))]


def _differs(lead: Lead, known: set[str]) -> Verdict | None:
    if not known or fold(lead.text) in {fold(one) for one in known}:
        return None
    there = min(sorted(known), key=lambda one: -len(set(one.split()) & set(lead.text.split())))
    claim = Claim("prose", lead.line, lead.text)
    why = "the dossier says otherwise who said this, or how that is known"
    return Verdict(claim, "changed", why, there, difference(there, lead.text))
