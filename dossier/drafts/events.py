"""Events: sentences that tell what happened on a day they name."""

import datetime as dt

from msgspec import Struct

from dossier.drafts.reading import ArticleAnalysis, Clause
from dossier.drafts.records import Tier
from dossier.drafts.sentences import SentenceToken


class EventProposal(Struct, frozen=True):
    """A sentence with the day, or the month, on which it says that something happened."""

    start: int
    end: int
    when: str
    """ISO 8601."""
    rule: str
    tier: Tier


def find_events(reading: ArticleAnalysis, published: str) -> list[EventProposal]:
    """The dated events of an article, in order; days such as *on Monday* only where `published` is a day."""
    day = _day(published)
    found = []
    for clause in reading.clauses:
        if any(token.quote >= 0 or token.low in reading.language.report for token in clause.tokens):
            continue  # what somebody says of a day is no event yet
        if not any(_tells(reading, token) for token in clause.tokens):
            continue
        dated = _date(reading, clause, day)
        if dated is not None:
            when, rule, tier = dated
            found.append(EventProposal(clause.tokens[0].start, clause.tokens[-1].end, when, rule, tier))
    return found


def _tells(reading: ArticleAnalysis, token: SentenceToken) -> bool:
    """Return whether a word shows that the sentence tells something: a verb, so that a bare date line is no event."""
    language = reading.language
    verb = token.low in language.finite | language.say | language.call
    return verb or (len(token.low) > 4 and token.low.endswith("ed"))


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None


def _date(reading: ArticleAnalysis, clause: Clause, published: dt.date | None) -> tuple[str, str, Tier] | None:
    tokens, language = clause.tokens, reading.language
    months = {name: number for number, name in enumerate(language.months, 1)}
    for at, token in enumerate(tokens):
        if token.low in months and token.capital:
            written = _parse_month_date(tokens, at, months[token.low], published)
            if written is not None:
                return written
        if published is None:
            continue
        for word, distance in language.relative_days:
            if token.low == word:
                return (published + dt.timedelta(distance)).isoformat(), "day counted from publication", "likely"
        if token.low in language.weekdays and not _is_other_week(tokens, at):
            back = (published.weekday() - language.weekdays.index(token.low)) % 7
            return (published - dt.timedelta(back)).isoformat(), "weekday before publication", "likely"
    return None


def _is_other_week(tokens: tuple[SentenceToken, ...], at: int) -> bool:
    """Return whether *next* or *last* stands before a weekday: which week that means is for a person to say."""
    return at > 0 and tokens[at - 1].low in {"next", "last", "every", "each", "coming"}


def _parse_month_date(
    tokens: tuple[SentenceToken, ...], at: int, month: int, published: dt.date | None
) -> tuple[str, str, Tier] | None:
    """The date around the name of a month: *May 5, 2025*, *5 May 2025*, *May 2025*, *May 5*."""
    behind = [token.text for token in tokens[at + 1 : at + 4]]
    before = tokens[at - 1].text if at else ""
    day = next((int(text) for text in (behind[:1] or [""]) + [before] if text.isdigit() and len(text) <= 2), 0)
    year = next((int(text) for text in behind if text.isdigit() and len(text) == 4), 0)
    if not year and not day:
        return None
    written = bool(year)
    if not year:
        if published is None:
            return None
        year = published.year
    try:
        if not day:
            return f"{year:04d}-{month:02d}", "month as written", "likely"
        when = dt.date(year, month, day)
    except ValueError:
        return None
    if not written and published is not None and when > published + dt.timedelta(60):
        when = when.replace(year=year - 1) if (month, day) != (2, 29) else when
    return when.isoformat(), "date as written", "sure" if written else "likely"
