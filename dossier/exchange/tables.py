"""Which formats there are: an importer or exporter is one module and one line here."""

from dossier.exchange.brat import BratImporter
from dossier.exchange.brat_own import BratExporter
from dossier.exchange.formats import Exporter, Importer
from dossier.exchange.hypothesis import HypothesisImporter
from dossier.exchange.refi import RefiImporter
from dossier.exchange.refi_own import RefiExporter
from dossier.exchange.w3c import W3CExporter, W3CImporter

IMPORTERS: dict[str, Importer] = {
    "w3c": W3CImporter(),
    "brat": BratImporter(),
    "hypothesis": HypothesisImporter(),
    "refi": RefiImporter(),
}
"""Every importer by its name on the command line."""

EXPORTERS: dict[str, Exporter] = {
    "brat": BratExporter(),
    "refi": RefiExporter(),
    "w3c": W3CExporter(),
}
"""Every exporter by its name on the command line."""
