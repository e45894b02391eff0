"""Problems of a dossier, each with its place and its remedy."""

from typing import Literal

from msgspec import Struct

Severity = Literal["error", "warning"]


class Place(Struct, frozen=True, gc=False, array_like=True):
    """The place where something was written."""

    file: str = ""
    """Path relative to the dossier's folder, with forward slashes."""
    line: int = 1
    """Counted from 1."""
    column: int = 1
    """Counted from 1, in characters."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Problem(Struct, frozen=True, gc=False, array_like=True):
    """A thing to mend: `file:line:column: severity code: message (hint)`."""

    place: Place
    """Where the author wrote it."""
    severity: Severity
    """An error makes `dossier check` exit 1; a warning does not."""
    code: str
    """The rule, as a stable name such as `unknown-id`."""
    message: str
    """What was read and why it will not do."""
    hint: str = ""
    """What to do about it."""

    def __str__(self) -> str:
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.place}: {self.severity} {self.code}: {self.message}{hint}"


class DossierError(Exception):
    """The failure of something that the user asked for; the text is one sentence that says what to do."""
