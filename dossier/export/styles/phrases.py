"""Phrases of a brief for speakers and attributions."""

from collections.abc import Iterator

from dossier.export.escaping import one_line
from dossier.export.footnotes import doubt, most_doubtful
from dossier.model.brief import BriefItem
from dossier.model.folding import fold
from dossier.model.spoken_dates import spoken_date


def words_of(item: BriefItem) -> str:
    """The words of a quote that its evidence looks for: of a translation those of the source."""
    return item.entry.text("original") or item.entry.text("text") or item.entry.title


def is_verbatim(item: BriefItem) -> bool:
    """Return whether the words of a quote are what its evidence looks for, found or not."""
    words = fold(words_of(item))
    return bool(words) and any(fold(one.evidence.wanted.text) == words for one in item.citations)


def quote_doubt(item: BriefItem) -> str:
    """The reason why the words of a quote are no evidence: `missing, not evidence`; empty when they are."""
    return doubt(most_doubtful(item.citations)) if item.citations else "no evidence"


def is_direct(item: BriefItem) -> bool:
    """Return whether a quote may be set as the speaker's own words."""
    return (item.entry.text("attribution") or "direct") == "direct" and is_verbatim(item) and not quote_doubt(item)


def speaker_of(item: BriefItem) -> str:
    """The name of who said it."""
    if one_line(item.speaker):
        return one_line(item.speaker)
    return "Anonymous" if item.entry.text("attribution") == "anonymous" else "Not attributed"


def circumstances_of(item: BriefItem) -> list[str]:
    """The details behind the name of a speaker: the office, the date, and how the words are known."""
    return list(filter(None, (one_line(item.speaker_role), *_circumstances(item))))


def _circumstances(item: BriefItem) -> Iterator[str]:
    how = one_line(item.entry.text("attribution")) or "direct"
    yield spoken_date(item.entry.text("date"))
    if how == "direct":
        yield "" if is_verbatim(item) or not item.citations else "in other words"
    elif how == "paraphrase":
        yield "paraphrased"
    elif how == "inferred":
        yield "inferred, not said in so many words"
    elif how != "anonymous" or one_line(item.speaker):
        yield how
    chain = ", then ".join(filter(None, map(one_line, item.entry.texts("via"))))
    yield f"via {chain}" if chain else ""
