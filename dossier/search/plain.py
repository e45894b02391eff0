"""A query in its plain form: what was understood, to be shown, and to be typed again."""

from dossier.model.query import (
    And,
    Best,
    Dates,
    Every,
    Favour,
    Field,
    Fuzzy,
    Name,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Word,
)


def plain(query: Query, inside: str = "") -> str:
    """`query` in the query language; `inside` is the node it stands in, for the parentheses."""
    match query:
        case Word(text):
            written = text
        case Phrase(text) | Name(text):
            written = f'"{text}"'
        case Prefix(text):
            written = f"{text}*"
        case Fuzzy(text):
            written = f"{text}~"
        case Near(left, right, distance):
            written = f"{plain(left)} NEAR/{distance} {plain(right)}"
            written = f"({written})" if inside == "not" else written
        case Field(name, values):
            written = " OR ".join(f"{name}:{_operand(value)}" for value in values)
            written = f"({written})" if len(values) > 1 else written
        case Dates(first, last):
            written = f"date:{first}" if first == last else f"date:{first}..{last}"
        case Every():
            written = ""
        case Not(part):
            written = f"-{plain(part, 'not')}"
        case And(parts):
            written = " ".join(filter(None, (plain(part, "and") for part in parts)))
            written = f"({written})" if inside else written
        case Or(parts):
            written = " OR ".join(plain(part, "or") for part in parts)
            written = f"({written})" if inside else written
        case Best(parts):
            written = plain(parts[0], inside)
        case Favour(part):
            written = plain(part, inside)
    return written


def _operand(text: str) -> str:
    return f'"{text}"' if " " in text else text
