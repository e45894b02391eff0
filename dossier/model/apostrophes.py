"""Suffixes and elided words that an apostrophe parts from a word."""

import re

_CONTRACTION = re.compile("s|ll|d|ve|re|m", re.IGNORECASE)
_TURKISH = (
    "n?[ıiuü]n|[yns]?[ıiuü]|[yn]?[ae]|n?[dt][ae]n?|y?l[ae]|l[ae]r|l[ıiuü]|s[ıiuü]z|k[iı]|[cç][ae]|y?[dt][ıiuü]r?|"
    "y?m[ıi]ş"
)
"""Inflectional suffixes of Turkish, which follow a proper noun behind an apostrophe (Türk Dil Kurumu, *Yazım Kılavuzu*,
"Kesme İşareti"): plural, possessives, cases and copulas (Göksel and Kerslake, *Turkish: A Comprehensive Grammar*, 2005,
chapter 8), each with its vowel harmony and buffer consonants.
"""
_POLISH = "owi|em|ie|u|y|ego|emu|[yi]m|ów|om|ami|ach"
"""Case endings of Polish, which follow a foreign name behind an apostrophe where its last letter is silent (`Moore'em`)
or a `y` (`Kennedy'ego`): *Wielki słownik ortograficzny PWN*, rules of spelling, "Apostrof".
"""
_CASE_ENDING = re.compile(f"(?:(?:{_TURKISH})+|{_POLISH})", re.IGNORECASE)
_ELISION = re.compile(
    "(?:[ldsmtcjn]|qu|jusqu|lorsqu|puisqu|quoiqu|un|all|dall|dell|nell|sull|coll|quell|quest|gl|degl)", re.IGNORECASE
)
"""Words of French, Italian and Catalan that end in an apostrophe before the next word."""


def is_name_suffix(letters: str) -> bool:
    """Return whether letters behind the apostrophe after a name are a possessive, a contraction or a case ending."""
    return is_contraction(letters) or is_case_ending(letters)


def is_contraction(letters: str) -> bool:
    """Return whether letters behind an apostrophe are the English `s` or the rest of a verb: `they'll`."""
    return bool(_CONTRACTION.fullmatch(letters))


def is_case_ending(letters: str) -> bool:
    """Return whether letters behind the apostrophe after a name may be its ending: `Ankara'da`, `Kennedy'ego`."""
    return bool(_CASE_ENDING.fullmatch(letters))


def is_elision(letters: str) -> bool:
    """Return whether letters before an apostrophe are a word of French, Italian or Catalan that leaves out its end."""
    return bool(_ELISION.fullmatch(letters))
