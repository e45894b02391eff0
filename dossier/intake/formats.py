"""The file formats that can be taken in: each is one module and one line here."""

FORMATS: dict[str, tuple[str, str]] = {
    "pdf": ("dossier.intake.pdf", "PdfReader"),
    "epub": ("dossier.intake.epub", "EpubReader"),
    "docx": ("dossier.intake.docx", "DocxReader"),
    "html": ("dossier.intake.html", "HtmlReader"),
    "eml": ("dossier.intake.eml", "EmlReader"),
    "markdown": ("dossier.intake.plain", "MarkdownReader"),
    "text": ("dossier.intake.plain", "TextReader"),
}
"""Module and class of every reader by the name of its format, in the order in which the bytes of a file are tried."""
