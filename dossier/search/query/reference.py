"""The query language on one page: the table from which its help, its documentation and its fields come."""

from msgspec import Struct

from dossier.model.anchors import STATUSES
from dossier.model.fields import SECTION_OF, queried_fields
from dossier.model.passages import KINDS_FOUND

LONGEST = 300
"""Characters of a query that are read."""

TERMS = 24
"""Words, phrases and fields of a query that are searched for."""

DEPTH = 20
"""How deep parentheses may stand in each other."""

WIDEST = 20
"""The most words that `NEAR` may let stand between two."""

NEAR = 10
"""What `NEAR` means without a number."""


class Construct(Struct, frozen=True):
    """A thing that can be written in a query."""

    written: str
    """An example."""
    says: str
    """What it finds, in one sentence."""


class QueryField(Struct, frozen=True):
    """A field that can be asked for, as `name:value`."""

    name: str
    """As written before the colon."""
    says: str
    """What its value is."""
    example: str
    """A value."""
    choices: tuple[str, ...] = ()
    """All values there are; empty when any may be."""
    named: bool = False
    """Whether its values are ids of entries, for which a name will do."""


CONSTRUCTS = (
    Construct(
        "rare earth",
        "Passages with both words, in any of their forms, the form as typed first; accents and capitals do not matter.",
    ),
    Construct("US", "A word of two or three letters in capitals: US and U.S., but not us."),
    Construct(
        '"export controls"',
        "Words that follow each other, or one word, in just this form. Curly quotes and guillemets do as well.",
    ),
    Construct("-china", "Passages without the word; also before a phrase, a field or a parenthesis."),
    Construct("tariffs OR duties", "Either; words beside each other bind closer: a b OR c is a and b, or c."),
    Construct("(a OR b) c", "Parentheses group."),
    Construct("tarif*", "Words that begin so."),
    Construct("besent~", "Words at most one letter off; which letters are doubled does not count: tarrif~ is tariff."),
    Construct(
        "export NEAR/5 china",
        f"Two words or phrases with at most 5 words between, in either order (up to {WIDEST}); "
        "with one of them in quotation marks, both are taken in just this form.",
    ),
    Construct("speaker:trump", "A field, by id or by name; a value with spaces goes in quotes."),
    Construct(
        "date:2025-06", "A day, month or year; date:2025-05..2025-06 is a range, and either end may be left out."
    ),
)
"""Every construct of the language."""


def _declared_fields() -> list[QueryField]:
    """The fields of entries that can be asked for, each once, in the order of their declaration."""
    found: dict[str, QueryField] = {}
    for kind in SECTION_OF:
        for field in queried_fields(kind):
            says = field.says if field.choices else f"{field.says} One word of it will do."
            found.setdefault(field.name, QueryField(field.name, says, field.query, field.choices))
    return list(found.values())


FIELDS: dict[str, QueryField] = {
    field.name: field
    for field in (
        QueryField(
            "kind", "What it is.", "quote", ("paragraph", *(kind for kind in KINDS_FOUND if kind != "paragraph"))
        ),
        QueryField("speaker", "Who said it.", "trump", named=True),
        QueryField("delegation", "Whose people said it, or to whom it belongs.", "china", named=True),
        QueryField("issue", "What it is about, parts of the issue included.", "rare-earths", named=True),
        QueryField("article", "Where it stands: an article's id, or its title.", "london-day-one", named=True),
        *_declared_fields(),
        QueryField("status", "How well its words stand in the article.", "missing", STATUSES),
        QueryField("date", "When.", "2025-06"),
    )
}
"""Every field of the language, by name."""


def reference() -> str:
    """The query language as a page of Markdown."""
    lines = ["# Searching", "", "| write | to find |", "| --- | --- |"]
    lines += [f"| `{item.written}` | {item.says} |" for item in CONSTRUCTS]
    lines += ["", "| field | what | example |", "| --- | --- | --- |"]
    for field in FIELDS.values():
        choices = f" One of: {', '.join(field.choices)}." if field.choices else ""
        lines.append(f"| `{field.name}:` | {field.says}{choices} | `{field.name}:{field.example}` |")
    lines += [
        "",
        f"A query may have {LONGEST} characters and {TERMS} terms. A mistake in it is told; the rest still answers.",
    ]
    return "\n".join(lines) + "\n"
