"""A query in its plain form: what was understood, to be shown, and to be typed again."""

from dossier.model import query as queries


def plain(query: queries.Query, inside: str = "") -> str:
    """`query` in the query language; `inside` is the node it stands in, for the parentheses."""
    match query:
        case queries.Word(text):
            written = text
        case queries.Phrase(text) | queries.Name(text):
            written = f'"{text}"'
        case queries.Prefix(text):
            written = f"{text}*"
        case queries.Fuzzy(text):
            written = f"{text}~"
        case queries.Near(left, right, distance):
            written = f"{plain(left)} NEAR/{distance} {plain(right)}"
            written = f"({written})" if inside == "not" else written
        case queries.Field(name, values):
            written = " OR ".join(f"{name}:{_operand(value)}" for value in values)
            written = f"({written})" if len(values) > 1 else written
        case queries.Dates(first, last):
            written = f"date:{first}" if first == last else f"date:{first}..{last}"
        case queries.Every():
            written = ""
        case queries.Not(part):
            written = f"-{plain(part, 'not')}"
        case queries.And(parts):
            written = " ".join(filter(None, (plain(part, "and") for part in parts)))
            written = f"({written})" if inside else written
        case queries.Or(parts):
            written = " OR ".join(plain(part, "or") for part in parts)
            written = f"({written})" if inside else written
        case queries.Best(parts):
            written = plain(parts[0], inside)
        case queries.Favour(part):
            written = plain(part, inside)
    return written


def _operand(text: str) -> str:
    return f'"{text}"' if " " in text else text
