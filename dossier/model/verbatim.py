"""Quotation marks for quotes: set around words that are the speaker's own, and around no others."""

from dossier.model.clean import clean_line

REPORTED = ("paraphrase", "inferred")
"""Attributions of words that are the article's own and not the speaker's."""


def is_verbatim(attribution: str) -> bool:
    """Return whether words of an attribution are the speaker's own; a quote without one is direct."""
    return attribution not in REPORTED


def in_marks(words: str, attribution: str) -> str:
    """The words of a quote as one inert line, in quotation marks only where they are the speaker's own."""
    inert = clean_line(words)
    return f"“{inert.strip('“”')}”" if is_verbatim(attribution) else inert
