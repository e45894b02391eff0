"""Words that a hyphen breaks at the end of a line, put together again."""

import re

_BROKEN = re.compile(r"[-‐¬\u00ad](?<=[^\W\d_].)[^\S\r\n]*(?:\r\n|\n|\r)[^\S\r\n]*(?=[^\W\d_])")

_HYPHEN = re.compile(r"-\s")


def mended(text: str) -> str:
    """`text` with the words put together that a hyphen breaks at the end of a line, at the same length.

    Where nothing is broken, `text` itself. That a hyphen belongs to the word cannot be told from this, so a text is
    searched both as it stands and like this.
    """
    if ("\n" not in text and "\r" not in text) or not _may_be_broken(text):
        return text
    from dossier.model.markdown_words import NOTHING  # noqa: PLC0415 - few texts have such words

    return _BROKEN.sub(lambda at: NOTHING * len(at[0]) if text[at.end()].islower() else at[0], text)


def _may_be_broken(text: str) -> bool:
    """Return whether a hyphen may stand at the end of a line; quick, and True only too often."""
    if _HYPHEN.search(text):
        return True
    return not text.isascii() and ("‐" in text or "¬" in text or "\u00ad" in text)
