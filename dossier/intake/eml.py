"""E-mails as articles."""

import binascii
import quopri
import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import Any

from dossier.intake.decoding import decode
from dossier.intake.document import Document, IntakeDecision, IntakeOptions, Unfit, day, one_line, scrub
from dossier.intake.merging import missing_lines
from dossier.intake.pages import WebPage
from dossier.intake.wrapping import offered

_HEADERS = re.compile(
    rb"\A(?:From .*\r?\n)?(?:[!-9;-~]+:.*\r?\n(?:[ \t].*\r?\n)*)*?(?:From|Date|Subject|Received|Return-Path|Message-ID|"
    rb"MIME-Version|Delivered-To|To):",
    re.IGNORECASE,
)
_ENCODED = re.compile(r"=\?([\w.:*-]{1,40})\?([bBqQ])\?([^?]*)\?=")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MAX_PARTS = 500
_MAX_HEADER = 2_000


class EmlReader:
    """Reads a saved e-mail."""

    name = "eml"
    endings = (".eml",)
    kept_as = ".eml"

    def recognizes(self, data: bytes) -> bool:
        """Return whether the bytes begin with at least two headers of a mail."""
        head = data[:8192].split(b"\n\n", 1)[0].split(b"\r\n\r\n", 1)[0]
        return bool(_HEADERS.match(head)) and len(re.findall(rb"^[!-9;-~]+:", head, re.MULTILINE)) >= 2

    def read(self, data: bytes, options: IntakeOptions) -> Document:
        """The text of a mail, its attachments left out."""
        message = _parse(data)
        found = _Body()
        try:
            for part in _parts(message):
                found.add(part)
        except RecursionError as error:
            raise Unfit("its parts are nested too deep, as in no mail that was written") from error
        text, removed = scrub("\n\n".join(one.strip("\r\n") for one in found.texts if one.strip()))
        if not re.search(r"\w", text):
            why = "there is no text in it" + (", only attachments" if found.attachments else "")
            raise Unfit(why)
        text, decisions, offers = offered(text, options)
        published, warnings = _date(message)
        for name in found.attachments:
            warnings.append(f"The attachment {name} was left out; add it on its own if it matters.")
        return Document(
            text if text.endswith("\n") else f"{text}\n",
            _header(message, "Subject"),
            published,
            author=_author(message),
            warnings=(*found.warnings, *warnings),
            decisions=(*removed, *found.decisions, *decisions),
            offers=tuple(offers),
        )


def _parse(data: bytes) -> EmailMessage:
    if data.startswith(b"From "):
        data = data.partition(b"\n")[2]
    try:
        message: Any = message_from_bytes(
            data.lstrip(b"\r\n"),
            EmailMessage,
            policy=policy.compat32,  # the newer one loses the parts of a mail whose boundary is not quoted
        )
    except Exception as error:  # the parser has failed in many ways on broken mail
        raise Unfit("it is broken: its headers cannot be read") from error
    return message  # type: ignore[no-any-return]


def _parts(message: EmailMessage) -> Iterator[tuple[EmailMessage, EmailMessage | None]]:
    """Each part that is to be read, with the other version of the same text, if there is one."""
    waiting: list[EmailMessage] = [message]
    count = 0
    while waiting:
        part = waiting.pop()
        count += 1
        if count > _MAX_PARTS:
            raise Unfit(f"it has more than {_MAX_PARTS} parts, as no mail that was written has")
        if part.get_content_type() == "message/rfc822" or not part.is_multipart():
            yield part, None
            continue
        children: list[Any] = [one for one in part.iter_parts() if isinstance(one, EmailMessage)]
        plain = next((one for one in children if one.get_content_type() == "text/plain"), None)
        page = next((one for one in children if one.get_content_type() == "text/html"), None)
        if part.get_content_type() == "multipart/alternative" and plain is not None and page is not None:
            yield plain, page
            children = [one for one in children if one is not plain and one is not page]
        waiting += reversed(children)


class _Body:
    """Collects the text of a mail."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.attachments: list[str] = []
        self.warnings: list[str] = []
        self.decisions: list[IntakeDecision] = []

    def add(self, parts: tuple[EmailMessage, EmailMessage | None]) -> None:
        """Add one part; of its other version, what it says beyond the part is told."""
        part, other = parts
        kind = part.get_content_type()
        disposition = str(_ask_library(part.get_content_disposition) or "")
        if kind not in ("text/plain", "text/html") or disposition == "attachment":
            self.attachments.append(_attachment(part, len(self.attachments) + 1))
            return
        text = self._text(part)
        if other is not None:
            beside = self._text(other)
            if not text.strip():
                text = beside
            else:
                self.decisions += [
                    IntakeDecision("left-out", line, taken=False) for line in missing_lines(beside, text)
                ]
        self.texts.append(text)

    def _text(self, part: EmailMessage) -> str:
        data = _ask_library(lambda: part.get_payload(decode=True))
        if not isinstance(data, bytes):
            data = str(_ask_library(part.get_payload) or "").encode("utf-8", "surrogateescape")
        charset = str(_ask_library(part.get_content_charset) or "")
        if part.get_content_type() == "text/html":
            page = WebPage(data, charset)
            self.warnings += page.warnings
            self.decisions += page.decisions
            return "\n".join(page.lines())
        text, warnings = decode(data, charset)
        self.warnings += warnings
        return text


def _ask_library(ask: Any) -> Any:
    """An answer of the mail library, None where it stumbles over a broken mail."""
    try:
        return ask()
    except RecursionError:
        raise
    except Exception:  # noqa: BLE001  it is known to fail in many ways on broken headers
        return None


def _attachment(part: EmailMessage, number: int) -> str:
    name = _decode(str(_ask_library(part.get_filename) or ""))
    return f"“{name}”" if name else f"number {number} ({one_line(part.get_content_type())})"


def _raw(message: EmailMessage, name: str) -> str:
    return next((str(text) for key, text in message.raw_items() if key.lower() == name.lower()), "")


def _decode(text: str) -> str:
    """A header as one clean line, with the encoded words decoded that the mail library left because they are broken."""
    text = decode(text.encode("utf-8", "surrogateescape"))[0]
    text = re.sub(r"(\?=)\s+(?==\?)", r"\1", text)
    return one_line(_ENCODED.sub(_decoded_word, text))


def _decoded_word(match: re.Match[str]) -> str:
    charset, way, content = match.groups()
    try:
        if way in "qQ":
            data = quopri.decodestring(content.replace("_", " ").encode(), header=True)
        else:
            data = binascii.a2b_base64(content + "=" * (-len(content) % 4))
        return data.decode(charset.partition("*")[0], "replace")
    except (LookupError, ValueError):
        return match[0]


def _header(message: EmailMessage, name: str) -> str:
    raw = _raw(message, name)
    value = None if _SURROGATE.search(raw) else _parsed_header(name, raw)
    text = str(raw if value is None else value)
    return _decode(text if len(text) <= _MAX_HEADER else text[:_MAX_HEADER].rpartition(" ")[0])


def _parsed_header(name: str, raw: str) -> Any:
    """A header as the mail library reads it; None for one that it cannot read, or that is too long for it."""
    return _ask_library(lambda: policy.default.header_fetch_parse(name, raw)) if len(raw) <= _MAX_HEADER else None


def _author(message: EmailMessage) -> str:
    header = _parsed_header("From", _raw(message, "From"))
    names = _ask_library(lambda: [one.display_name or one.addr_spec for one in header.addresses]) if header else None
    return _decode(", ".join(names)) if names else _header(message, "From")


def _date(message: EmailMessage) -> tuple[str, list[str]]:
    text = _header(message, "Date")
    moment = _ask_library(lambda: parsedate_to_datetime(text)) if text else None
    if moment is not None and (found := day(moment.strftime("%Y-%m-%d"))):
        return found, []
    return "", [f"Its date “{text[:60]}” cannot be read; give --published." if text else "It has no date."]
