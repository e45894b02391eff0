"""The protocols of importers and exporters of other programs' files.

The exporters of `dossier.export` write what a reader chose, as a document for people; these write the whole dossier,
so that another program, or `dossier import`, can go on with it.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from dossier.exchange.records import ExchangePart, ImportOptions, Losses, Parts
from dossier.model.problems import DossierError


class Library(Protocol):
    """The dossier into which an import goes, as far as an importer may ask it."""

    def text_of(self, address: str) -> str | None:
        """The text of the article with that URL, id or file name; None when there is none."""


class Importer(Protocol):
    """Reads one format."""

    @property
    def title(self) -> str:
        """The name of the format for people."""

    def read(self, files: Sequence[Path], library: Library, options: ImportOptions) -> Parts:
        """The pieces of what the files hold, in an order that depends on them alone.

        What has no place in a dossier goes to `options.losses`.

        Raises:
            DossierError: a file cannot be read, or the way its offsets count cannot be told; raised before the first
                piece that would depend on it.

        """


class DossierMetadata(Struct, frozen=True):
    """The statements about a dossier as a whole."""

    title: str
    summary: str = ""
    language: str = ""


ExportedFiles = Iterator[tuple[str, bytes]]
"""The files of an export, by name, each with its content."""


class Exporter(Protocol):
    """Writes one format."""

    @property
    def title(self) -> str:
        """The name of the format for people."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The endings of its files, the point included, the usual first."""

    @property
    def packed(self) -> bool:
        """Return whether its files always go into one zip; several files do in any case."""

    def write(self, head: DossierMetadata, parts: Iterable[ExchangePart], losses: Losses) -> ExportedFiles:
        """The files by their names; the same dossier gives the same bytes. `losses` takes what is left out."""


def second_own(name: str) -> DossierError:
    """The refusal of a second file that a dossier was written to: ids in it may mean others than in the first."""
    return DossierError(
        f"{name} is the second file here that dossier wrote; import each by itself, because one id may mean two things."
    )
