"""Which formats there are: an importer or exporter is one module and one line here."""

from dossier.exchange.bibtex import BibtexExporter, BibtexImporter
from dossier.exchange.brat import BratImporter
from dossier.exchange.brat_own import BratExporter
from dossier.exchange.csl import CslExporter, CslImporter
from dossier.exchange.csv_own import CsvExporter
from dossier.exchange.csv_quotes import CsvImporter
from dossier.exchange.dna import DnaImporter
from dossier.exchange.dna_own import DnaExporter
from dossier.exchange.formats import Exporter, Importer
from dossier.exchange.hypothesis import HypothesisImporter
from dossier.exchange.refi import RefiImporter
from dossier.exchange.refi_own import RefiExporter
from dossier.exchange.uima import UimaImporter
from dossier.exchange.w3c import W3CExporter, W3CImporter

IMPORTERS: dict[str, Importer] = {
    "uima": UimaImporter(),
    "w3c": W3CImporter(),
    "bibtex": BibtexImporter(),
    "brat": BratImporter(),
    "csl": CslImporter(),
    "csv": CsvImporter(),
    "dna": DnaImporter(),
    "hypothesis": HypothesisImporter(),
    "refi": RefiImporter(),
}
"""Every importer by its name on the command line."""

EXPORTERS: dict[str, Exporter] = {
    "bibtex": BibtexExporter(),
    "brat": BratExporter(),
    "csl": CslExporter(),
    "csv": CsvExporter(),
    "dna": DnaExporter(),
    "refi": RefiExporter(),
    "w3c": W3CExporter(),
}
"""Every exporter by its name on the command line."""
