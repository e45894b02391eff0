"""Values of fields as typed: choices and dates."""

from dossier.model.dates import first_day, has_time, last_day, moment_problem
from dossier.search.query.reference import QueryField
from dossier.search.text.normalize import fold

_DASHES = str.maketrans(dict.fromkeys("−–—‐‑－", "-"))


def choice_of(field: QueryField, value: str) -> tuple[str, str]:
    """`(value, problem)`: one of the field's choices, when it has any; the beginning of one will do."""
    if not field.choices:
        return value, ""
    typed = fold(value)
    folded = {fold(choice): choice for choice in field.choices}
    fitting = [choice for key, choice in folded.items() if key.startswith(typed) or key + "s" == typed]
    if typed in folded:
        fitting = [folded[typed]]
    if len(fitting) == 1:
        return fitting[0], ""
    return "", f"{field.name}: is one of {', '.join(field.choices)}; this one is ignored."


def range_of(value: str) -> tuple[str, str, str]:
    """`(first, last, problem)` of a day, month, year, or range of two with `..` between them."""
    first, dots, last = value.translate(_DASHES).replace("…", "..").partition("..")
    last = last.lstrip(".") if dots else first
    for end in (first, last):
        problem = moment_problem(end) if end else ""
        if not problem and end and has_time(end):
            problem = "has a time, and days are as fine as a search goes"
        if problem:
            return "", "", f"{end[:20]} {problem}"
    if not (first or last):
        return "", "", "date: needs a day, a month, a year, or a range such as 2025-05..2025-06"
    if first and last and first_day(first) > last_day(last):
        return "", "", f"{first} comes after {last}"
    return first, last, ""
