"""Importers and exporters of other programs' formats: each is one module and one line here.

The lines name classes without loading them, so that the command line can offer the formats at no cost.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dossier.exchange.formats import Exporter, Importer

IMPORTERS: dict[str, tuple[str, str]] = {
    "bibtex": ("dossier.exchange.bibtex", "BibtexImporter"),
    "brat": ("dossier.exchange.brat", "BratImporter"),
    "csl": ("dossier.exchange.csl", "CslImporter"),
    "csv": ("dossier.exchange.csv_quotes", "CsvImporter"),
    "dna": ("dossier.exchange.dna", "DnaImporter"),
    "hypothesis": ("dossier.exchange.hypothesis", "HypothesisImporter"),
    "refi": ("dossier.exchange.refi", "RefiImporter"),
    "uima": ("dossier.exchange.uima", "UimaImporter"),
    "w3c": ("dossier.exchange.w3c", "W3CImporter"),
}
"""Module and class of every importer, by its name on the command line."""

EXPORTERS: dict[str, tuple[str, str]] = {
    "bibtex": ("dossier.exchange.bibtex", "BibtexExporter"),
    "brat": ("dossier.exchange.brat_own", "BratExporter"),
    "csl": ("dossier.exchange.csl", "CslExporter"),
    "csv": ("dossier.exchange.csv_own", "CsvExporter"),
    "dna": ("dossier.exchange.dna_own", "DnaExporter"),
    "refi": ("dossier.exchange.refi_own", "RefiExporter"),
    "w3c": ("dossier.exchange.w3c_own", "W3CExporter"),
}
"""Module and class of every exporter, by its name on the command line."""


def importer(form: str) -> "Importer":
    """The importer of a format."""
    module, name = IMPORTERS[form]
    made: Importer = getattr(import_module(module), name)()
    return made


def exporter(form: str) -> "Exporter":
    """The exporter of a format."""
    module, name = EXPORTERS[form]
    made: Exporter = getattr(import_module(module), name)()
    return made
