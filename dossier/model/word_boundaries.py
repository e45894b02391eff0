"""Boundaries of words and numbers: the one table for evidence, mentions, verification and search.

A quotation cut out of a longer word or number is not what the source says: "binding" is not in "non-binding", "can" not
in "can't", "$1" not in "$1,000". All functions take folded text (`dossier.model.folding`), in which every apostrophe is
`'`, every hyphen and dash `-`, and every run of white space one space.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable

from dossier.model.apostrophes import is_elision, is_name_suffix

UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
"""The scripts in which a word may end without a space, as a character class: Thai, Lao, Myanmar, Khmer, kana, Han,
Hangul (particles follow the noun)."""

_UNSPACED_BOUNDS = [
    bound for first, last in re.findall("(.)(?:-(.))?", UNSPACED) for bound in (first, chr(ord(last or first) + 1))
]
"""The first character of each range of `UNSPACED`, and the first behind it."""
_HANGUL, _HEBREW = re.compile("[\uac00-\ud7af]*"), re.compile("[\u0590-\u05ff]")
_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff]")

_STACKERS = "\u1039\u17d2"
"""Signs of Myanmar and Khmer that tie the next letter to the one before."""
_LEADING_VOWELS = "\u0e40\u0e41\u0e42\u0e43\u0e44\u0ec0\u0ec1\u0ec2\u0ec3\u0ec4"
"""Vowels of Thai and Lao that are written before their consonant."""
_DEPENDENT = "々〻ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶｰ\u0e30\u0e32\u0e33\u0e45\u0eb0\u0eb2\u0eb3"
"""Letters that begin no word and no syllable."""
_PARTICLES = re.compile(
    "(?:은|는|이|가|을|를|의|에|에서|에게|께서|와|과|도|로|으로|만|부터|까지|보다|처럼|들|라고|이라고|다고|고|라며|며|"
    "면서|라는|이라는|다는|나|이나|랑|이랑|하고|이다|입니다|이었다|였다|씨|님)*"
)
"""What may follow a Korean word without a space; anything else goes on with the word."""

_JOINERS = "\u200c\u200d"
_LETTER_LINKS = frozenset("'-/_@&+#*=\\°·\u0387\u05be\u2027`´＇")
"""Marks that tie two words, or a word and a number, into one."""
_DIGIT_LINKS = _LETTER_LINKS | frozenset(".,:×^÷~〜～，．：\u066b\u066c\u2044")
"""Marks that tie two groups of digits into one number."""
_SIGNS = frozenset("-+±≤≥≈~<>=＜＞＝#§№")
"""Marks that belong to the number behind them."""
_AFTER_NUMBERS = frozenset("%‰‱°٪％﹪")
"""Marks that belong to the number before them, as currencies do."""
_AFTER_WORDS = frozenset("+#\u05f3")
"""Marks that belong to the word before them: `C++`, `A+`, the Hebrew geresh."""
_HEBREW_LINKS = frozenset('"\u05f3\u05f4')
_PREFIXES = frozenset("#@\\")
"""Marks that belong to the word behind them: of a hashtag, an account, a folder."""
_HAN_UNITS, _HAN_DIGITS = frozenset("十百千万亿兆萬億조억만"), frozenset("〇零一二三四五六七八九两兩")
_FRACTION = re.compile(r"[¼-¾⅐-⅞]|\d{1,2}[/\u2044]\d{1,3}(?![\d/])")
"""What goes on with a whole number behind a space: `5 ½`."""
_ENDING = re.compile(r"\((?:[^\W\d_A-Z]{1,2}')?[^\W\d_A-Z]{1,4}\)|\[[^\W\d_A-Z]{2,4}\]")
"""Letters in brackets behind a word that are a part of it: `minister(s)`, `could(n't)`, `sign[ed]`."""
_SECTION = re.compile(r"\(\w{1,4}\)")
_PREFIX = re.compile(r"\((?:[^\W\d_A-Z]{1,5}-?)\)$")
"""Letters in brackets before a word that are a part of it: `(non-)binding`."""
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,20}://[!-~]*[0-9A-Za-z/_=&#-]")
_LONGEST_ADDRESS = 300
_COLON_ENDING = re.compile(r"innen|in|[enr]")
"""What German adds behind a colon to name women too: `Politiker:innen`."""
_LINE_BREAKERS = "-¬"
"""Marks that break a word at the end of a line; the latter is a soft hyphen as some programs print it."""
_WIDE_DASHES = frozenset("—―")
_BEFORE_POINTS = frozenset(("", *" \"'([-"))
_GROUP = 3
"""Digits between two thousands separators."""

Raw = Callable[[int], str]
"""A function that returns the original text of the folded character at a position."""


def is_unspaced(character: str) -> bool:
    """Return whether a character belongs to a script in which a word may end without a space."""
    return character >= "\u0e00" and bisect_right(_UNSPACED_BOUNDS, character) % 2 == 1


def splits_letters(text: str, at: int) -> bool:
    """Return whether a cut at `at` would part letters or digits, whatever signs may join them to others."""
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    return left.isalnum() and right.isalnum() and not (is_unspaced(left) or is_unspaced(right))


def splits_word(text: str, at: int, raw: Raw | None = None) -> bool:
    """Return whether a cut at `at` would part a word or a number.

    `raw` leads back to the original, where a wide dash parts words and a hyphen at the end of a line does not.
    """
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    if right.isalnum():
        if left.isalnum():
            return not (is_unspaced(left) or is_unspaced(right)) or _splits_unspaced(text, at)
        if left == " " and text[at - 2] not in _LINE_BREAKERS and not right.isnumeric():
            return False  # as nearly everywhere
        return _splits_before(text, at, raw)
    if _is_mark(right) or right in _JOINERS:
        return left != " "
    if left.isalnum() or _is_mark(left):
        return _splits_behind(text, at, raw)
    return _splits_marks(text, at, raw)


def splits_name(text: str, at: int, raw: Raw | None = None) -> bool:
    """Return whether a cut at `at` would part a name, behind which a possessive or a case ending may stand.

    A hyphen ties two names (`US-China`) without hiding either, unless one side is a single letter (`F-16`).
    """
    if not splits_word(text, at, raw):
        return False
    left, right = text[at - 1], text[at]
    if right == "'":
        return not is_name_suffix(_run_from(text, at + 1))
    if left == "'":
        return not is_elision(_run_to(text, at - 1))
    if "-" in (left, right):
        middle = at if right == "-" else at - 1
        return 1 in (len(_run_to(text, middle)), len(_run_from(text, middle + 1)))
    if " " in (left, right):
        return left.isdigit() or right.isdigit()
    if "/" in (left, right) or right == ":" or (left in _PREFIXES and not text[at - 2 : at - 1].isalnum()):
        return False
    return not (is_unspaced(left) and is_unspaced(right)) or _is_mark(right)


def _is_mark(character: str) -> bool:
    return character > "\u02ff" and unicodedata.category(character)[0] == "M"


def _is_currency(character: str) -> bool:
    return character == "$" or (character > "\x7f" and unicodedata.category(character) == "Sc")


def _run_from(text: str, at: int) -> str:
    end = at
    while end < len(text) and (text[end].isalnum() or _is_mark(text[end])):
        end += 1
    return text[at:end]


def _run_to(text: str, at: int) -> str:
    start = at
    while start and (text[start - 1].isalnum() or _is_mark(text[start - 1])):
        start -= 1
    return text[start:at]


def _splits_unspaced(text: str, at: int) -> bool:
    """Return whether a cut between two letters, one of them of a script without spaces, parts what belongs together."""
    left, right = text[at - 1], text[at]
    if right in _DEPENDENT or left in _LEADING_VOWELS:
        return True
    if _KATAKANA.match(left) and _KATAKANA.match(right):
        return True
    if right in _HAN_UNITS and (left.isdigit() or left in _HAN_DIGITS or left in _HAN_UNITS):
        return True
    if left in _HAN_UNITS and (right.isdigit() or right in _HAN_DIGITS):
        return True
    match = _HANGUL.match(text, at)
    return bool(match and match[0] and _HANGUL.match(left)[0]) and not _PARTICLES.fullmatch(match[0])  # type: ignore[index]


def _splits_behind(text: str, at: int, raw: Raw | None) -> bool:
    """Return whether the word or number that ends at `at` goes on behind the mark there."""
    left, right, after = text[at - 1], text[at], text[at + 1 : at + 2]
    if right == " ":
        return left.isdigit() and (_parts_thousands(text, at) or _has_unit_behind(text, at))
    if left.isdigit() and (right in _AFTER_NUMBERS or _is_currency(right)):
        return True
    if right in _AFTER_WORDS or (_is_currency(right) and after.isdigit()):
        return True
    if right in _LINE_BREAKERS and after == " ":
        return _broken_at_line_end(text, at, raw)
    if right in "([":
        return bool((_SECTION if left.isdigit() else _ENDING).match(text, at))
    if bool(after) and after.isalnum() and _joins_word(text, at, raw):
        return True
    return (after == ":" == right and text[at + 2 : at + 3].isalnum()) or _in_address(text, at)


def _splits_before(text: str, at: int, raw: Raw | None) -> bool:
    """Return whether the word or number that begins at `at` began before the mark there."""
    left, right, before = text[at - 1], text[at], text[at - 2 : at - 1] if at > 1 else ""
    if left in _JOINERS or _is_mark(left):
        return left in _JOINERS or left in _STACKERS or not is_unspaced(left) or left in _LEADING_VOWELS
    if left == " ":
        return _begins_before_space(text, at, raw)
    tied = bool(before) and (before.isalnum() or _is_mark(before)) and _joins_word(text, at - 1, raw)
    if tied or (left in _PREFIXES and not before.isalnum()) or _in_address(text, at):
        return True
    if left == ":" == before:
        return text[at - 3 : at - 2].isalnum()
    if not right.isdigit():
        return left == ")" and right.islower() and bool(_PREFIX.search(text[max(at - 9, 0) : at]))
    return _is_currency(left) or _is_sign(text, at - 1, raw) or (left == "." and before in _BEFORE_POINTS)


def _begins_before_space(text: str, at: int, raw: Raw | None) -> bool:
    """Return whether the word or number that begins at `at` began before the space there: `5 ½`, `€ 5`, `10 000`."""
    before = text[at - 2 : at - 1]
    if before and before in _LINE_BREAKERS:
        is_minus = raw is not None and raw(at - 2) == "−" and text[at].isdigit()
        return is_minus or _broken_at_line_end(text, at - 2, raw)
    if _parts_thousands(text, at - 1):
        return True
    if before.isdigit():
        return _has_fraction_behind(text, at - 1)
    return text[at].isdigit() and _is_currency(before) and not text[max(at - 4, 0) : at - 2].strip()[-1:].isdigit()


def _has_unit_behind(text: str, at: int) -> bool:
    """Return whether the number that ends at the space at `at` has its unit, or its fraction, behind it: `5 %`."""
    after = text[at + 1 : at + 2]
    unit = after in _AFTER_NUMBERS or (_is_currency(after) and not text[at + 2 : at + 3].isalnum()) if after else False
    return unit or _has_fraction_behind(text, at)


def _has_fraction_behind(text: str, at: int) -> bool:
    return len(_run_to(text, at)) <= _GROUP and bool(_FRACTION.match(text, at + 1))


def _in_address(text: str, at: int) -> bool:
    """Return whether a cut at `at` would part the address of a page: `https://example.org`."""
    if text.find("://", max(at - _LONGEST_ADDRESS, 0), at + 3) < 0:
        return False
    begin = max(text.rfind(" ", 0, at) + 1, at - _LONGEST_ADDRESS)
    end = text.find(" ", at)
    token = text[begin : min(end if end >= 0 else len(text), at + _LONGEST_ADDRESS)]
    return any(match.start() < at - begin < match.end() for match in _ADDRESS.finditer(token))


def _splits_marks(text: str, at: int, raw: Raw | None) -> bool:
    """Return whether a cut between two marks parts a number from its sign or currency, or `C+` from `+`."""
    left, right, after, before = text[at - 1], text[at], text[at + 1 : at + 2], text[at - 2 : at - 1] if at > 1 else ""
    if left == right and right in _AFTER_WORDS:
        return before.isalnum()
    if left == ":" and (right == "\\" or (right == ":" and before.isalnum() and after.isalnum())):
        return True
    if "/" in (left, right) and _in_address(text, at):
        return True
    if not after.isdigit() or not (right == "." or _is_currency(right) or right in _SIGNS):
        return False
    return _is_currency(left) or (right not in _SIGNS and _is_sign(text, at - 1, raw))


def _is_sign(text: str, at: int, raw: Raw | None) -> bool:
    """Return whether the mark at `at` is the sign of the number behind it, and not a dash behind a word."""
    if text[at] not in _SIGNS or (text[at] == "-" and _is_wide(at, raw)):
        return False
    before = text[at - 1 : at]
    return not before or not (before.isalnum() or before == "-")


def _is_wide(at: int, raw: Raw | None) -> bool:
    return raw is not None and raw(at) in _WIDE_DASHES


def _joins_word(text: str, at: int, raw: Raw | None) -> bool:
    """Return whether the mark at `at`, between two letters or digits, makes one word or number of them."""
    left, link, right = text[at - 1], text[at], text[at + 1]
    if link in _HEBREW_LINKS:
        return bool(_HEBREW.match(left) and _HEBREW.match(right))
    if is_unspaced(left) or is_unspaced(right):
        return False
    if left.isdigit() and right.isdigit() and link in _DIGIT_LINKS:
        return not (link == "-" and _is_wide(at, raw))
    if link == ",":
        return text[at + 2 : at + 3] == "-" and 1 == len(_run_to(text, at)) == len(_run_from(text, at + 1))
    if link == ":":
        before, behind = _run_to(text, at), _run_from(text, at + 1)
        return bool(_COLON_ENDING.fullmatch(behind)) or (len(before) > 1 and before.isupper() and behind.islower())
    if link == ".":  # an abbreviation, an address; but a sentence may begin right behind a full stop
        return left.isalpha() and right.isalpha() and (right.islower() or len(_run_to(text, at)) == 1)
    return link in _LETTER_LINKS and not (link == "-" and _is_wide(at, raw))


def _parts_thousands(text: str, at: int) -> bool:
    """Return whether the space at `at` stands between the groups of one number: `10 000`."""
    if not text[at - 1].isdigit() or not text[at + 1 : at + 2].isdigit():
        return False
    return len(_run_to(text, at)) <= _GROUP == len(_run_from(text, at + 1))


def _broken_at_line_end(text: str, at: int, raw: Raw | None) -> bool:
    """Return whether the hyphen at `at` breaks a word at the end of a line."""
    if raw is None or not (text[at - 1 : at].isalpha() and text[at + 2 : at + 3].isalpha()) or _is_wide(at, raw):
        return False
    return raw(at + 1).strip(" \t\u00a0").replace("\r\n", "\n") in ("\n", "\r")
