"""The search servers of the user's own configuration: which index answers for which dossier, and how it is reached.

    [opensearch]
    url = "https://search.example.org:9200"
    ca = "~/ca.pem"
    user = "reader"

    [opensearch.archives]
    "~/archives/trade" = "trade"

Only searches of the dossiers that are listed go there. The password comes from the environment, or from a file that the
user alone can read: a keyring would ask for its own password in a window, which a terminal has not.
"""

import os
import re
from pathlib import Path
from typing import Any

from dossier.desk.user.places import archive_place, configuration_file
from dossier.desk.user.read_input import read_input_file
from dossier.model.problems import DossierError
from dossier.search.engines.server import Server, address_problem

PASSWORD = "DOSSIER_OPENSEARCH_PASSWORD"  # noqa: S105 - the name of a variable
TABLE = "opensearch"
TEXTS = ("url", "ca", "certificate", "key", "user", "password_file")
_INDEX = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")
_MOST_BYTES = 100_000


def server_of(root: Path) -> Server | None:
    """The server that the user's configuration names for a dossier, or for the archive it is of; None as a rule.

    Raises:
        DossierError: it names one, and cannot be used as it is written.

    """
    file = configuration_file()
    if not file.exists():
        return None
    import tomllib  # noqa: PLC0415 - most users have no configuration

    try:
        table = tomllib.loads(read_input_file(file, _MOST_BYTES).decode("utf-8")).get(TABLE)
    except (ValueError, RecursionError, DossierError):
        return None  # what is wrong with the file is told where all of it is read
    if not isinstance(table, dict) or not isinstance(archives := table.get("archives"), dict):
        return None
    for folder, index in archives.items():
        listed = Path(folder).expanduser().resolve()
        if root == listed or archive_place(listed) in root.parents:
            for field, message in table_problems(table):
                raise DossierError(f"{file}: {field} {message}.")
            paths = {
                name: str(Path(table[name]).expanduser()) for name in ("ca", "certificate", "key") if name in table
            }
            password = os.environ.get(PASSWORD, "") or _read_password(table.get("password_file", ""))
            return Server(table["url"], index, **paths, user=table.get("user", ""), password=password)
    return None


def _read_password(name: str) -> str:
    """Return the first line of a file that nobody else can read; empty where no file is named."""
    if not name:
        return ""
    file = Path(name).expanduser()
    try:
        status = file.stat()
        lines = read_input_file(file, 10_000).decode("utf-8").splitlines()
    except (OSError, ValueError, DossierError) as error:
        raise DossierError(
            f"{TABLE}.password_file {file} cannot be read; write the password in its first line."
        ) from error
    if status.st_mode & 0o077:
        raise DossierError(f"{TABLE}.password_file {file} can be read by others: chmod 600 {file}")
    return lines[0] if lines else ""


def table_problems(table: Any) -> list[tuple[str, str]]:
    """Return the mistakes in `[opensearch]`: the setting, and what is wrong with it."""
    if not isinstance(table, dict):
        return [(TABLE, "is to be a table: write [opensearch]")]
    found = [(f"{TABLE}.{name}", "is no setting") for name in table if name not in (*TEXTS, "archives")]
    found += [(f"{TABLE}.{name}", "is to be a text") for name in TEXTS if not isinstance(table.get(name, ""), str)]
    if not found and (problem := address_problem(table.get("url", ""))):
        found.append((f"{TABLE}.url", problem))
    archives = table.get("archives", {})
    if not isinstance(archives, dict):
        return [*found, (f"{TABLE}.archives", "is to be a table: a folder and the name of an index a line")]
    for folder, index in archives.items():
        if not isinstance(index, str) or not _INDEX.fullmatch(index):
            found.append(
                (f"{TABLE}.archives", f"{folder} is to have the name of an index: small letters, digits, - and _")
            )
    return found
