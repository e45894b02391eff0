"""Stems of English words: the Porter2 algorithm as the Snowball project publishes it.

The library that has the stemmers of all languages takes ten times as long for a word, and as long to load as a whole
search may take. Most dossiers are English, so English has its own; a test holds it to the library, word for word.
"""

import re

_EXCEPTIONS = {
    "skis": "ski", "skies": "sky", "idly": "idl", "gently": "gentl", "ugly": "ugli", "early": "earli", "only": "onli",
    "singly": "singl",
    **{word: word for word in ("sky", "news", "howe", "atlas", "cosmos", "bias", "andes")},
}  # fmt: skip
_FIRST_REGION = re.compile("arsen|commun|emerg|gener|inter|later|organ|past|univers|[^aeiouy]*[aeiouy]+[^aeiouy]")
_SECOND_REGION = re.compile("[^aeiouy]*[aeiouy]+[^aeiouy]")
_VOWEL = re.compile("[aeiouy]")
_SHORT = re.compile("[^aeiouy][aeiouy][^aeiouywxY]$|^[aeiouy][^aeiouy]$|past$")
_DOUBLE = re.compile("(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$")
_VERBAL = re.compile("(?:eedly|ingly|edly|eed|ing|ed)$")
_VERBAL_ENDS = ("ed", "ing", "edly", "ingly")
_AS_THEY_ARE = frozenset(("even", "cann", "inn", "earr", "herr", "out"))
_SECOND = {
    "tional": "tion", "enci": "ence", "anci": "ance", "abli": "able", "entli": "ent", "izer": "ize", "ization": "ize",
    "ational": "ate", "ation": "ate", "ator": "ate", "alism": "al", "aliti": "al", "alli": "al", "fulness": "ful",
    "fulli": "ful", "ousness": "ous", "ousli": "ous", "iveness": "ive", "iviti": "ive", "biliti": "ble", "bli": "ble",
    "ogist": "og", "ogi": "og", "lessli": "less", "li": "",
}  # fmt: skip
_THIRD = {
    "tional": "tion", "ational": "ate", "alize": "al", "icate": "ic", "iciti": "ic", "ical": "ic", "ful": "",
    "ness": "", "ative": "",
}  # fmt: skip
_FOURTH = dict.fromkeys(
    [
        "ic",
        "ance",
        "ence",
        "able",
        "ible",
        "ate",
        "ive",
        "ize",
        "iti",
        "al",
        "ism",
        "ion",
        "er",
        "ous",
        "ant",
        "ent",
        "ment",
        "ement",
    ],
    "",
)


_Step = tuple[tuple[str, ...], re.Pattern[str], dict[str, str]]
"""The endings of a step, what finds the longest of them, and what each becomes."""


def _endings(table: dict[str, str]) -> _Step:
    return tuple(table), re.compile(f"(?:{'|'.join(sorted(table, key=len, reverse=True))})$"), table


_SECOND_STEP, _THIRD_STEP, _FOURTH_STEP = _endings(_SECOND), _endings(_THIRD), _endings(_FOURTH)


def stem(word: str) -> str:
    """The stem of a lower-case word of the letters a to z."""
    if len(word) < 3:
        return word
    if word in _EXCEPTIONS:
        return _EXCEPTIONS[word]
    if "y" in word:
        word = _with_consonant_y(word)
    match = _FIRST_REGION.match(word)
    first = match.end() if match else len(word)
    match = _SECOND_REGION.match(word, first)
    second = match.end() if match else len(word)
    word = _verbal(_plural(word), first)
    if word[-1] in "yY" and len(word) > 2 and word[-2] not in "aeiouy":
        word = word[:-1] + "i"
    word = _suffix(word, _SECOND_STEP, first, second)
    word = _suffix(word, _THIRD_STEP, first, second)
    word = _suffix(word, _FOURTH_STEP, second, second)
    return _last(word, first, second).replace("Y", "y")


def _with_consonant_y(word: str) -> str:
    """`word` with a capital where `y` begins a syllable."""
    letters = list(word)
    for at, letter in enumerate(letters):
        if letter == "y" and (at == 0 or letters[at - 1] in "aeiouy"):
            letters[at] = "Y"
    return "".join(letters)


def _plural(word: str) -> str:
    if word[-1] == "s":
        if word.endswith("sses"):
            return word[:-2]
        if word.endswith("ies"):
            return word[:-2] if len(word) > 4 else word[:-1]
        if word[-2] not in "us" and _VOWEL.search(word, 0, len(word) - 2):
            return word[:-1]
    elif word.endswith("ied"):
        return word[:-2] if len(word) > 4 else word[:-1]
    return word


def _verbal(word: str, first: int) -> str:
    match = _VERBAL.search(word) if word.endswith(_VERBAL_ENDS) else None  # most words end otherwise
    if not match:
        return word
    ending, at = match.group(), match.start()
    before = word[:at]
    if ending in ("eed", "eedly"):
        return before + "ee" if at >= first and before not in ("succ", "proc", "exc") else word
    if ending == "ing":
        if before in _AS_THEY_ARE:
            return word
        if at == 2 and before[1] == "y" and before[0] not in "aeiouy":
            return before[0] + "ie"
    if not _VOWEL.search(before):
        return word
    if before.endswith(("at", "bl", "iz")):
        return before + "e"
    if _DOUBLE.search(before):
        return before if len(before) == 3 and before[0] in "aeo" else before[:-1]
    return before + "e" if len(before) == first and _SHORT.search(before) else before


def _suffix(word: str, step: _Step, region: int, second: int) -> str:
    """`word` with its longest ending replaced as a step says, when that stands in the region."""
    endings, pattern, table = step
    match = pattern.search(word) if word.endswith(endings) else None
    if not match or match.start() < region:
        return word
    ending, before = match.group(), word[: match.start()]
    last = before[-1:]
    if (
        (ending == "li" and last not in "cdeghkmnrt")
        or (ending == "ogi" and last != "l")
        or (ending == "ion" and last not in ("s", "t"))
        or (ending == "ative" and match.start() < second)
    ):
        return word
    return before + table[ending]


def _last(word: str, first: int, second: int) -> str:
    at = len(word) - 1
    if word[-1] == "e" and (at >= second or (at >= first and not _SHORT.search(word[:-1]))):
        return word[:-1]
    if word[-1] == "l" and at >= second and word[-2] == "l":
        return word[:-1]
    return word


CHANGED = 2
"""Letters at the end of a stem that its word need not have: `die` of `dying`."""


def beginning(found: str) -> str:
    """The part of a stem with which every word begins that has it; also of the beginning of a stem.

    Only at its end may a stem have letters that its word has not, and then it ends in one of e, i, l and y.
    """
    changed = 0
    if found[-1:] in ("e", "i", "l", "y"):
        changed = CHANGED if found.endswith("ie") else 1
    return found[: max(len(found) - changed, 1)]
