"""A brief as a document: text, a page, a Word file, or a folder of notes."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from dossier.desk.user.atomic_write import write_bytes, write_whole
from dossier.export.formats import convert
from dossier.model.brief import Brief, CitedSource
from dossier.model.brief_options import BriefOptions, Style
from dossier.model.problems import DossierError

if TYPE_CHECKING:
    from dossier.desk.desk import Desk
    from dossier.export.styles.source_notes import Cite

Document = str | bytes | dict[str, str]
"""Text, the bytes of a format that is not text, or notes by their file names."""


def make_document(desk: "Desk", brief: Brief, style: Style, form: str, options: BriefOptions) -> Document:
    """A brief in a style and format; the same brief gives the same bytes.

    Raises:
        DossierError: notes are asked for in another format than Markdown, Pandoc or citeproc-py is wanted and not
            there, or a citation style cannot be used.

    """
    if style == "notes":
        if form != "markdown":
            raise DossierError("Notes are written in Markdown alone; leave the format out, or ask for another style.")
        from dossier.export.styles.notes_style import render_notes  # noqa: PLC0415 - only whoever asks for it pays

        return render_notes(brief, options, _cite(brief, options)[0])
    text = desk.render(brief) if style == "full" else _brief_text(brief, options)
    return convert(form, text, options.title or brief.title, desk.header("language"))


def preview_of(document: Document) -> str:
    """The preview of a document for a dialog: of a folder, its notes one after another."""
    if isinstance(document, dict):
        return "\n".join(f"—— {name} ——\n\n{text}" for name, text in document.items())
    return document if isinstance(document, str) else "This format has no preview."


def write_document(document: Document, path: Path, *, force: bool = False) -> None:
    """Put a document in its place, whole or not at all; notes into a folder of their own.

    Raises:
        DossierError: there is something already, or the place cannot be written to.

    """
    if isinstance(document, bytes):
        write_bytes(path, document, force=force)
        return
    if isinstance(document, str):
        write_whole(path, document, force=force)
        return
    from dossier.desk.user.folder_write import write_folder  # noqa: PLC0415

    write_folder(path, document, force=force)


def _brief_text(brief: Brief, options: BriefOptions) -> str:
    from dossier.export.styles.brief_style import render_brief  # noqa: PLC0415

    cite, sources = _cite(brief, options)
    return render_brief(brief, options, cite, sources)


def _cite(brief: Brief, options: BriefOptions) -> "tuple[Cite, str]":
    """The names of sources, and the bibliography that closes the brief, in the citation style if there is one."""
    from dossier.export.styles.source_notes import citations_of, name_source  # noqa: PLC0415

    if not options.citations:
        return name_source, ""
    from dossier.export.csl import format_sources  # noqa: PLC0415

    sources: dict[str, CitedSource] = {one.source.id: one.source for one in citations_of(brief)}
    told = format_sources(options.citations, sources)
    return (lambda source: told.get(source.id) or name_source(source)), "\n".join(
        f"- {text}." for text in sorted(told.values(), key=lambda text: re.sub(r"\W", "", text).casefold()) if text
    )
