"""Days of the Gregorian calendar in years of any number, which `datetime` does not have before 1 and after 9999."""

CivilDay = tuple[int, int, int]
"""Year (0 is 1 BC), month, day."""


def day_number(day: CivilDay) -> int:
    """Return the number of a day in the calendar that is used today, carried on into the past."""
    year, month, number = day
    year -= month <= 2
    of_year = (153 * ((month + 9) % 12) + 2) // 5 + number - 1
    return 365 * year + year // 4 - year // 100 + year // 400 + of_year


def civil_day(ordinal: int) -> CivilDay:
    """Return the day of a number; see "chrono-Compatible Low-Level Date Algorithms" by H. Hinnant."""
    era, rest = divmod(ordinal, 146_097)
    of_era = (rest - rest // 1460 + rest // 36_524 - rest // 146_096) // 365
    of_year = rest - (365 * of_era + of_era // 4 - of_era // 100)
    month = (5 * of_year + 2) // 153
    number = of_year - (153 * month + 2) // 5 + 1
    month = month + 3 if month < 10 else month - 9
    return era * 400 + of_era + (month <= 2), month, number


def days_in_month(year: int, month: int) -> int:
    """Return how many days a month has."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31
