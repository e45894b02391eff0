"""The one sanitiser: text that came from outside is made inert, and what was taken out leaves a visible mark.

Removed are the control characters C0 (but line feed and tab, which becomes a space), DEL and C1, the bidirectional
controls U+202A–202E and U+2066–2069, and lone surrogates. Joiners and combining marks stay: languages need them.
"""

import re

MARK = "\N{REPLACEMENT CHARACTER}"
"""Replacement for a removed character that has no symbol of its own."""

HOSTILE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""A character that could act on a terminal or turn the reading order around."""

_BREAKS = re.compile("[\n\u2028\u2029]+ *")
_CODES = (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xD800, 0xE000))
_SYMBOLS = dict.fromkeys(_CODES, MARK) | {code: chr(0x2400 + code) for code in range(0x20)}
_SYMBOLS |= {0x7F: "\N{SYMBOL FOR DELETE}", ord("\t"): " ", ord("\n"): "\n"}
"""What stands for each character that could act on a terminal, and for a tab."""


def clean(text: str) -> str:
    """`text` with nothing in it that could act on a terminal; line feeds stay."""
    if text.isprintable():  # as nearly all: none of what is unwanted is
        return text
    if not HOSTILE.search(text):
        return text.replace("\t", " ")
    return text.replace("\r\n", "\n").translate(_SYMBOLS)


def clean_line(text: str) -> str:
    """`text` as one inert line: line breaks become spaces."""
    if text.isprintable():
        return text
    return _BREAKS.sub(" ", clean(text))


def clean_same_length(text: str) -> str:
    """`text` made inert character by character, so that offsets into it stay true."""
    if not HOSTILE.search(text):
        return text.replace("\t", " ")
    return text.replace("\r", " ").translate(_SYMBOLS)
