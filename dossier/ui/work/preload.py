"""Modules that are not needed for the first paint, loaded after it so that no key waits for them."""

from importlib import import_module

MODULES = (
    "dossier.ui.screens.prompt",
    "dossier.desk.annotate.service",
    "dossier.desk.annotate.completion",
    "dossier.desk.drafting",
    "dossier.ui.work.annotator",
    "dossier.ui.screens.triage",
    "dossier.ui.screens.palette",
    "dossier.ui.screens.help",
    "dossier.ui.screens.export",
    "dossier.ui.screens.filters",
    "dossier.ui.screens.note",
    "dossier.ui.screens.problems",
    "dossier.ui.screens.review",
)
"""The likeliest first."""


def preload() -> None:
    """Load them one after another; to be called in a thread beside the screen."""
    for module in MODULES:
        import_module(module)
