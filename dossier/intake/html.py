"""Web pages as articles."""

import re

from dossier.intake.document import Document, IntakeOptions, Unfit, tidy
from dossier.intake.merging import merge, words_of
from dossier.intake.metadata import read_metadata
from dossier.intake.pages import WebPage
from dossier.intake.text_dates import date_in_text

_SIGN = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_FEWEST = 25
"""Words of the shortest article that the readings are trusted to have found."""


class HtmlReader:
    """Reads a saved web page."""

    name = "html"
    endings = (".html", ".htm", ".xhtml")
    kept_as = ".html"

    def recognizes(self, data: bytes) -> bool:
        """Return whether the bytes begin like a web page."""
        return bool(_SIGN.match(data[:4096].removeprefix(b"\xef\xbb\xbf")))

    def read(self, data: bytes, options: IntakeOptions) -> Document:
        """The article of a page."""
        page = WebPage(data)
        merged = merge(page.lines(), page.first(), page.second(), options.reading)
        text, removed = tidy(merged.paragraphs)
        if len(words_of(text)) < _FEWEST and options.reading != "whole":
            raise Unfit("there is no article in it; if its few words are what you want, say --reading whole")
        if not words_of(text):
            raise Unfit("there is no text in it")
        about = read_metadata(page)
        beside = "\n".join(one.words for one in merged.decisions if one.kind != "left-out")
        written = "" if about.published else date_in_text(text) or date_in_text(beside)
        taken = sum(one.taken for one in merged.decisions)
        left = sum(not one.taken and one.kind != "left-out" for one in merged.decisions)
        warnings = list(page.warnings)
        if taken or left:
            warnings.append(
                f"The two readings of the page differ: of the lines that only one has, {taken} were taken and {left} "
                "left out; --reading first, second or whole decides otherwise."
            )
        return Document(
            text,
            about.title,
            about.published or written,
            about.publisher,
            about.author,
            about.url,
            about.language,
            (*about.guessed, "published") if written else about.guessed,
            tuple(warnings),
            (*merged.decisions, *page.decisions, *removed),
        )
