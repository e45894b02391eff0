"""Make an empty dossier: its first file, its folder of articles, and what git and editors need."""

import re
from pathlib import Path

from dossier.desk.creating import remove_on_failure
from dossier.desk.intake import ARTICLES
from dossier.desk.user.atomic_write import write_whole
from dossier.intake.document import one_line
from dossier.model.problems import DossierError
from dossier.store.catalogue.rows import FIRST_FILE
from dossier.store.yaml.insertions import spell_plainly
from dossier.store.yaml.schema import schema_text

SCHEMA = "dossier.schema.json"
"""The schema beside `dossier.yaml`, for editors."""
_MODELINE = f"# yaml-language-server: $schema={SCHEMA}\n"
_ATTRIBUTES = """\
# Two branches that both locked evidence are merged line by line.
dossier.lock merge=union
# Offsets and hashes hold for bytes: git converts no line ends here.
articles/** -text
"""


def schema_page() -> str:
    """The JSON Schema of a dossier's YAML files."""
    return schema_text()


def new_dossier(root: Path, title: str, language: str = "") -> None:
    """Make an empty dossier.

    Raises:
        DossierError: there is one already, or the folder cannot be made.

    """
    path = root / FIRST_FILE
    if path.exists():
        raise DossierError(f"{root} is a dossier already; add articles to it with dossier add FILE -d {root}")
    if language and not re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", language):
        raise DossierError(f"“{one_line(language)}” is no language code; give one such as en, fr or zh-Hans.")
    if not one_line(title):
        raise DossierError("A dossier needs a title; give one with --title.")
    with remove_on_failure() as made:
        try:
            for folder in (*reversed(root.absolute().parents), root.absolute(), root.absolute() / ARTICLES):
                if not folder.exists():
                    folder.mkdir()
                    made.append(folder)
        except OSError as error:
            raise DossierError(f"{root} cannot be made: {error.strerror}; give another place.") from error
        if not (root / ".gitattributes").exists():
            write_whole(root / ".gitattributes", _ATTRIBUTES)
            made.append(root / ".gitattributes")
        header = {"format": "1", "title": one_line(title)} | ({"language": language} if language else {})
        if not (root / SCHEMA).exists():
            write_whole(root / SCHEMA, schema_text())
            made.append(root / SCHEMA)
        write_whole(path, _MODELINE + "".join(f"{key}: {spell_plainly(value)}\n" for key, value in header.items()))
        made.append(path)
