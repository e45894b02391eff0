"""Exceptions for files that are not read, one per reason, each reportable as a problem."""

import unicodedata

from dossier.model.clean import clean_line
from dossier.model.problems import DossierError, Place, Problem, Severity

_SHOWN = 200


def quotable(text: str) -> str:
    """`text` as a message quotes it: one inert line of bearable length."""
    line = text if text.isprintable() else clean_line(text)
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


class FileRefused(DossierError):  # noqa: N818 -- named for what happened, like all below
    """A file that is not read. The text of the exception is the message and what to do."""

    code = "unreadable"
    """The rule, as problems name it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(f"{message} ({hint})" if hint else message)
        self.message = message
        self.hint = hint

    def problem(self, place: Place, severity: Severity = "error") -> Problem:
        """Convert this refusal into a problem at the place where the file is named."""
        try:
            place.file.encode()
        except UnicodeEncodeError:  # a name that is not UTF-8 cannot be written down as it is
            place = Place(clean_line(place.file), place.line, place.column)
        return Problem(place, severity, self.code, self.message, self.hint)


class PathOutside(FileRefused):
    """A path that leads, or could lead, out of the dossier's folder, or that is no path at all."""

    code = "path-outside"

    def __init__(self, path: str, why: str) -> None:
        super().__init__(f"“{quotable(path)}” {why}", "name a file in the dossier's folder, relative to it, with /")


class MissingFile(FileRefused):
    """A path at which there is nothing."""

    code = "missing-file"

    def __init__(self, path: str, twin: str = "") -> None:
        hint = f"there is “{quotable(twin)}”: spell it like that" if twin else "check the name, or put the file there"
        if twin and twin != path and unicodedata.normalize("NFC", twin) == unicodedata.normalize("NFC", path):
            hint = f"there is “{quotable(twin)}”, whose accents are composed otherwise: copy its name from the folder"
        super().__init__(f"there is no file “{quotable(path)}” in the dossier", hint)


class NotAFile(FileRefused):
    """A folder, a pipe, a socket or a device."""

    code = "not-a-file"

    def __init__(self, path: str, what: str) -> None:
        super().__init__(f"“{quotable(path)}” is {what}, not a file", "name a regular file")


class IsALink(FileRefused):
    """A symbolic link: none is followed, wherever it leads, because it can be turned elsewhere at any moment."""

    code = "symbolic-link"

    def __init__(self, path: str) -> None:
        super().__init__(
            f"“{quotable(path)}” is a symbolic link, and links are not followed", "put the file itself there"
        )


class FileTooLarge(FileRefused):
    """A file above the limit of the format."""

    code = "file-too-large"

    def __init__(self, path: str, size: int, limit: int) -> None:
        size_text = f"{size / 1e6:.1f} MB" if size > limit else f"more than {limit / 1e6:.0f} MB"
        super().__init__(f"“{quotable(path)}” has {size_text}, the limit is {limit / 1e6:.0f} MB", "split it")


class TooManyFiles(FileRefused):
    """A folder that is too big or too deep to be a dossier."""

    code = "too-many-files"

    def __init__(self, root: str, limit: str) -> None:
        hint = "is this folder meant to be a dossier? Its dossier.yaml says so"
        super().__init__(f"“{quotable(root)}” holds more than {limit}", hint)


class Unreadable(FileRefused):
    """A file that the system does not let us read."""

    def __init__(self, path: str, why: str, hint: str = "check its permissions") -> None:
        super().__init__(f"“{quotable(path)}” cannot be read: {why}", hint)


class NotText(FileRefused):
    """Bytes that are not UTF-8."""

    code = "not-utf-8"

    def __init__(self, byte: int, line: int, column: int) -> None:
        super().__init__(f"the byte 0x{byte:02X} is not UTF-8", "save the file as UTF-8")
        self.line = line
        """Of the first bad byte, from 1."""
        self.column = column
        """Of the first bad byte, in characters from 1."""


class NotAText(FileRefused):
    """Characters that no text has, in numbers: a picture, a program, UTF-16."""

    code = "not-a-text"

    def __init__(self) -> None:
        super().__init__("the file is full of control characters", "save it as text in UTF-8")
