"""Words with their source in the forms other programs take: plain text, Markdown, Pandoc keys, CSL-JSON, BibTeX."""

import json

from dossier.desk.brief.clipboard import citation, source_text
from dossier.exchange.bibtex import bibtex_entry
from dossier.exchange.csl import csl_item
from dossier.model.anchors import Evidence
from dossier.model.clean import clean, clean_line
from dossier.model.entries import Entry
from dossier.model.verbatim import in_marks

NAMES = {
    "plain": "Plain text",
    "markdown": "Markdown, as a block quotation",
    "key": "Words and key for Pandoc",
    "csl-json": "CSL-JSON, for Zotero",
    "bibtex": "BibTeX",
}
"""Display names of `dossier.desk.user.configuration.CITATIONS`."""


def cite(
    form: str, words: str, article: Entry | None, evidence: Evidence | None, *, speaker: str = "", attribution: str = ""
) -> str:
    """Words with who said them and their source, in one of the forms `NAMES`.

    The forms of other programs need an article; without one, all forms are plain.
    """
    plain = citation(words, article, evidence, speaker=speaker, attribution=attribution)
    if form == "plain" or article is None:
        return plain
    quoted = in_marks(words, attribution)
    doubt = f" ({evidence.status}, not evidence)" if evidence and not evidence.sound else ""
    paragraph = evidence.paragraph if evidence else 0
    if form == "markdown":
        who = f"{_escape(clean_line(speaker))}, " if speaker else ""
        return f"> {_escape(quoted)}{doubt}\n>\n> — {who}{_escape(source_text(article, paragraph))}"
    place = f", ¶{paragraph}" if paragraph else ""
    said = f"{clean_line(speaker)}: " if speaker else ""
    if form == "key":
        return f"{said}{quoted}{doubt} [@{article.id}{place}]"
    fields = {name: clean(article.text(name)) for name in ("publisher", "published", "author", "url", "language")}
    fields |= {"title": clean_line(article.title), "note": f"{said}{quoted}{doubt}{place}"}
    return _for_program(form, article.id, fields)


def _for_program(form: str, key: str, fields: dict[str, str]) -> str:
    if form == "csl-json":
        return json.dumps([csl_item(key, fields)], ensure_ascii=False, indent=1)

    return bibtex_entry(key, fields)


def _escape(text: str) -> str:
    """The text with the markup characters of Markdown escaped."""
    return "".join(f"\\{character}" if character in "\\`*_[]<>#|~" else character for character in text)
