"""How a brief puts dates, speakers and attributions into words."""

import re
from collections.abc import Iterator

from dossier.export.escaping import one_line
from dossier.export.footnotes import doubt, most_doubtful
from dossier.model.brief import Item
from dossier.model.dates import when_problem
from dossier.model.folding import fold

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_OPEN = ("", "..")
"""An end of an interval that is open or not known."""
_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
_DOUBTS = {"": "", "~": "about ", "?": "perhaps ", "%": "perhaps about "}
_MOMENT = re.compile(
    r"(-?\d{4}|\d{3}X)(?:-(\d\d|XX)(?:-(\d\d|XX)(?:[T ](\d\d:\d\d)(?::\d\d)?(Z|[+-]\d\d:?\d\d)?)?)?)?([~?%]?)", re.ASCII
)


def spoken_date(text: str) -> str:
    """A date, time or interval in words: `9 June 2025, 14:00 to 20:00`, `about June 2025`; any other text as it is."""
    plain = one_line(text)
    first, slash, last = plain.partition("/")
    if not plain or when_problem(plain):
        return plain
    if slash and (first in _OPEN or last in _OPEN):
        known = spoken_date(last if first in _OPEN else first)
        return f"until {known}" if first in _OPEN else f"from {known}"
    matches = [_MOMENT.fullmatch(part) for part in ((first, last) if slash else (first,))]
    if not all(matches):
        return plain
    parts = [_moment(match) for match in matches if match]
    if slash and parts[0][0] == parts[1][0] and parts[1][1]:
        return f"{parts[0][0]}, {' to '.join(time for _, time in parts if time)}"
    if slash and not any(time for _, time in parts):  # 9 to 10 June 2025
        words = [day.split() for day, _ in parts]
        if len(words[0]) == len(words[1]) > 1 and words[0][1:] == words[1][1:] and words[0][0].isdigit():
            return f"{words[0][0]} to {parts[1][0]}"
    return " to ".join(", ".join(filter(None, part)) for part in parts)


def _moment(match: re.Match[str]) -> tuple[str, str]:
    """The day and the time of day that a moment names."""
    year, month, day, time, zone, doubt = match.groups()
    words = [] if not day else ["a day in"] if day == "XX" else [str(int(day))]
    if month in _SEASONS:
        words.append(_SEASONS[month])
    elif month and month != "XX":
        words.append(_MONTHS[int(month) - 1])
    told = year if year[0] != "-" and year != "0000" else f"{1 - int(year)} BC"
    told = f"the {year[:-1]}0s" if year.endswith("X") else told
    shown = {"Z": " UTC", None: ""}.get(zone, f" UTC{zone}")
    return _DOUBTS[doubt] + " ".join([*words, told]), f"{time}{shown}" if time else ""


def words_of(item: Item) -> str:
    """The words of a quote that its evidence looks for: of a translation those of the source."""
    return item.entry.text("original") or item.entry.text("text") or item.entry.title


def is_verbatim(item: Item) -> bool:
    """Whether the words of a quote are what its evidence looks for, found or not."""
    words = fold(words_of(item))
    return bool(words) and any(fold(one.evidence.wanted.text) == words for one in item.citations)


def quote_doubt(item: Item) -> str:
    """The reason why the words of a quote are no evidence: `missing, not evidence`; empty when they are."""
    return doubt(most_doubtful(item.citations)) if item.citations else "no evidence"


def is_direct(item: Item) -> bool:
    """Whether a quote may be set as the speaker's own words."""
    return (item.entry.text("attribution") or "direct") == "direct" and is_verbatim(item) and not quote_doubt(item)


def speaker_of(item: Item) -> str:
    """The name of who said it."""
    if one_line(item.speaker):
        return one_line(item.speaker)
    return "Anonymous" if item.entry.text("attribution") == "anonymous" else "Not attributed"


def lead_of(item: Item) -> str:
    """The attribution of a quote: speaker, office, date, how it is known, and whether the words are evidence."""
    told = ", ".join(filter(None, (speaker_of(item), one_line(item.speaker_role), *_circumstances(item))))
    status = quote_doubt(item)
    return f"{told} ({status})" if status else told


def _circumstances(item: Item) -> Iterator[str]:
    how = one_line(item.entry.text("attribution")) or "direct"
    if how == "direct":
        yield "" if is_verbatim(item) or not item.citations else "in other words"
    elif how == "paraphrase":
        yield "paraphrased"
    elif how == "inferred":
        yield "inferred, not said in so many words"
    elif how != "anonymous" or one_line(item.speaker):
        yield how
    yield spoken_date(item.entry.text("date"))
    chain = ", then ".join(filter(None, map(one_line, item.entry.texts("via"))))
    yield f"via {chain}" if chain else ""
