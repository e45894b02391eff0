"""A Markdown document as a Word file, made by Pandoc; it leads nowhere outside itself."""

import os
import re
import shutil
import subprocess
import zipfile
from io import BytesIO

from dossier.export.escaping import inline
from dossier.model.problems import DossierError

_ADDRESS = re.compile(r"(?<!\\)<((?:https?://|mailto:)[^<>\s]*)>", re.IGNORECASE)
_READS = "commonmark+footnotes+pipe_tables+gfm_auto_identifiers-raw_html"
_DAY_ONE = "315532800"
"""1 January 1980, the first day that a zip file can tell: the same document gives the same bytes."""
_SECONDS = 120


def render_docx(markdown: str, title: str, language: str) -> bytes:  # noqa: ARG001 - as every format is called
    """The Word file. Web addresses stay plain text, since a link in Word is a relationship to elsewhere.

    Raises:
        DossierError: Pandoc is not there, or it fails.

    """
    program = shutil.which("pandoc")
    if program is None:
        raise DossierError("Word files are made by Pandoc, which is not installed; see https://pandoc.org/installing.")
    text = _ADDRESS.sub(lambda match: inline(match[1]), markdown)
    command = [program, "--from", _READS, "--to", "docx", "--output", "-"]
    if re.fullmatch(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*", language):
        command += ["--metadata", f"lang={language}"]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": _DAY_ONE}
    try:
        made = subprocess.run(  # noqa: S603 - a program found on the path, and no text from files among its arguments
            command,
            input=text.encode("utf-8", "replace"),
            capture_output=True,
            env=environment,
            timeout=_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        said = getattr(error, "stderr", b"") or str(error).encode()
        reason = said.decode("utf-8", "replace").strip().splitlines()[-1:] or ["it says nothing"]
        raise DossierError(f"Pandoc could not make a Word file: {reason[0]}") from error
    _refuse_links(made.stdout)
    return made.stdout


def _refuse_links(data: bytes) -> None:
    """Raise for a file that leads outside itself; what we write never does, but a template of the user's may."""
    with zipfile.ZipFile(BytesIO(data)) as file:
        for name in file.namelist():
            if name.endswith(".rels") and b'TargetMode="External"' in file.read(name):
                raise DossierError("The Word file would lead outside itself; look at Pandoc's reference.docx.")
