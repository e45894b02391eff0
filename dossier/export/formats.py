"""The document formats of a brief: each converts the brief's Markdown, and is one module and one line here."""

from importlib import import_module
from typing import NamedTuple


class Format(NamedTuple):
    """A document format."""

    endings: tuple[str, ...]
    """How its files end, the point included, the usual ending first."""
    module: str
    """The module with its function; it is loaded when a document is made."""
    function: str
    """The function: the Markdown text, a title and a language code to the document."""
    preview: bool = True
    """Whether the document is text, which can be shown and printed; else it is bytes."""


FORMATS: dict[str, Format] = {
    "markdown": Format((".md", ".markdown"), "dossier.export.markdown", "keep_markdown"),
    "html": Format((".html", ".htm"), "dossier.export.html", "render_html"),
    "docx": Format((".docx",), "dossier.export.docx", "render_docx", preview=False),
}
"""Every format by its name on the command line; the first is the one of files whose ending is no format's."""


def format_by_ending(name: str) -> str:
    """The format of a file by its name."""
    return next((form for form, one in FORMATS.items() if name.lower().endswith(one.endings)), next(iter(FORMATS)))


def convert(form: str, markdown: str, title: str, language: str) -> str | bytes:
    """The document in a format; the same Markdown gives the same document.

    Raises:
        DossierError: what the format needs is not installed, or it fails.

    """
    chosen = FORMATS[form]
    document: str | bytes = getattr(import_module(chosen.module), chosen.function)(markdown, title, language)
    return document
