"""`python -m dossier` is the command `dossier`."""

from dossier.cli import main

main()
