"""The date that a document's own text gives near its beginning, before the date at which its file was made."""

import re

from dossier.intake.document import day

_MONTHS = (
    ("january", "jan", "januar", "jänner", "janvier", "enero"),
    ("february", "feb", "februar", "février", "febrero"),
    ("march", "mar", "märz", "mars", "marzo"),
    ("april", "apr", "avril", "abril"),
    ("may", "mai", "mayo"),
    ("june", "jun", "juni", "juin", "junio"),
    ("july", "jul", "juli", "juillet", "julio"),
    ("august", "aug", "août", "agosto"),
    ("september", "sep", "sept", "septembre", "septiembre"),
    ("october", "oct", "oktober", "octobre", "octubre"),
    ("november", "nov", "novembre", "noviembre"),
    ("december", "dec", "dezember", "décembre", "diciembre"),
)
_NUMBERS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_MONTH = rf"(?P<month>{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})\b\.?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)",
        r"(?P<year>(?:19|20)\d\d)年(?P<month>\d{1,2})月(?P<day>\d{1,2})日",
        rf"\b{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>(?:19|20)\d\d)(?!\d)",
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.)? (?:de )?{_MONTH},? (?:de )?(?P<year>(?:19|20)\d\d)(?!\d)",
    )
)
_LINES = 150
"""Lines of a text, from its beginning, among which its date is looked for."""
_WORD = re.compile(r"[^\W\d_]+")
_WORDS = 6
"""Words that may stand beside the date in its line, such as the weekday, the place, the author; hours do not count."""


def date_in_text(text: str) -> str:
    """The day, as YYYY-MM-DD, in the first line that is hardly more than a date; empty when there is none.

    Dates inside of sentences are passed over: they are of what the text tells. So are forms such as 6/8/2020, which
    mean one day in one country and another in the next.
    """
    for line in text.split("\n", _LINES)[:_LINES]:
        for form in _FORMS:
            match = form.search(line)
            if match and len(_WORD.findall(f"{line[: match.start()]} {line[match.end() :]}")) <= _WORDS:
                month = match["month"].casefold()
                number = int(month) if month.isdigit() else _NUMBERS[month]
                found = day(f"{match['year']}-{number:02d}-{int(match['day']):02d}")
                if found:
                    return found
    return ""


def propose_date(text: str, made: str) -> tuple[str, tuple[str, ...]]:
    """The date to propose for a document whose file was made on the day `made`, and warnings, a sentence each.

    Both are guesses: a file is often printed or saved long after its text was published.
    """
    written = date_in_text(text)
    if not written:
        sentence = f"The date {made} is when the file was made; its text begins with none. Check it."
        return made, (sentence,) if made else ()
    if made and made != written:
        return written, (f"The date {written} stands in the text; the file was made on {made}.",)
    return written, ()
