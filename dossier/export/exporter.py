"""What every exporter can do, and which there are."""

from typing import Protocol

from dossier.export.markdown import MarkdownExporter
from dossier.model.brief import Brief


class Exporter(Protocol):
    """One format."""

    @property
    def name(self) -> str:
        """How the format is called, for people."""

    @property
    def suffix(self) -> str:
        """How its files end, the point included."""

    def render(self, brief: Brief) -> str:
        """The document; the same brief gives the same text, which ends in one line feed."""


FORMATS: dict[str, Exporter] = {"markdown": MarkdownExporter()}
"""Every format, by its name on the command line."""
