"""Bytes of unknown origin to text: by the mark at their beginning, by what is declared, by what they are."""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDER = {  # what browsers read for a label (WHATWG Encoding), as far as it differs from Python's
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "tis-620": "cp874",
}
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_MULTIBYTE = ("gb18030", "cp932", "cp949", "big5", "euc_jp", "shift_jis", "big5hkscs", "iso2022_jp")
_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE
)


def declared_in_html(data: bytes) -> str:
    """The encoding that a page names in its first bytes; empty when it names none."""
    match = _DECLARED.search(data[:4096])
    return match[1].decode("ascii") if match else ""


def decode(data: bytes, declared: str = "") -> tuple[str, list[str]]:
    """The text of `data`, and what is not certain about it, a sentence each."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decode_lossy(data[len(mark) :], name)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        pass
    else:
        if text.isascii() and "iso" in declared.lower() and "2022" in declared and "\x1b" in text:
            return _decode_lossy(data, declared)  # the escapes of ISO-2022 are ASCII too
        return text, []
    codec = _codec(declared)
    if _is_nearly_utf8(data) and codec not in _MULTIBYTE:
        return _decode_lossy(data, "utf-8")
    if codec and codec not in ("utf-8", "utf-16", "utf-32"):
        return _decode_lossy(data, codec)
    text, warnings = _decode_lossy(data, "cp1252")
    said = f"It says that it is {declared[:40]}, which it is not" if declared else "It does not name its encoding"
    return text, [f"{said}; it was read as Windows-1252, so look at its accents and quotation marks.", *warnings]


def _is_nearly_utf8(data: bytes) -> bool:
    """Say whether a few bytes are broken and not the encoding: whole characters of UTF-8 hardly arise by chance."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\N{REPLACEMENT CHARACTER}")
    return 0 < broken <= len(_FOREIGN.findall(text)) - broken


def _codec(label: str) -> str:
    try:
        name = codecs.lookup(label).name if label else ""
        "".encode(name or "utf-8")
    except (LookupError, ValueError, TypeError):
        return ""
    return _WIDER.get(name, _WIDER.get(label.lower(), name))


def _decode_lossy(data: bytes, codec: str) -> tuple[str, list[str]]:
    text = data.decode(codec, "replace")
    lost = text.count("\N{REPLACEMENT CHARACTER}")
    if not lost:
        return text, []
    characters = "one character" if lost == 1 else f"{lost} characters"
    return text, [f"It is not all in {codec}: {characters} could not be read and stand as \N{REPLACEMENT CHARACTER}."]
