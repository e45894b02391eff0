"""Records of what the rules propose."""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

Tier = Literal["sure", "likely", "ask"]
"""How far a proposal can be relied on; `ask` must be decided by a person."""
Attribution = Literal["direct", "paraphrase", "anonymous", ""]
"""As in the format; empty for what is no quote."""


class Speaker(Struct, frozen=True):
    """The person proposed as the speaker, and the words that say so."""

    name: str
    """The fullest name that the article has for them; for a nameless source, the words of the article."""
    start: int
    """Where the words that attribute the quote (a name, a pronoun, *officials*) begin, in characters."""
    end: int
    """Offset behind them."""
    id: str = ""
    """The entry that bears this name; empty when there is none yet."""
    group: bool = False
    """Whether the name looks like that of an organisation or a medium rather than of a person."""


class Draft(Struct, frozen=True):
    """A proposal; never an annotation until somebody accepts it."""

    id: str
    """Depends on the kind and the words, and on nothing else but their occurrence."""
    kind: Literal["quote", "person", "event"]
    """What it would become."""
    text: str
    """Words of the article; a quote broken by its attribution has `…` between its pieces."""
    start: int
    """Where the words begin in the article as on disk, in characters."""
    end: int
    """Offset behind the last of them."""
    speaker: Speaker | None
    """Who said it, or whom a person's draft names; None where no rule tells."""
    attribution: Attribution
    """How the article attributes the words."""
    rule: str
    """The rule that proposes it."""
    tier: Tier
    """How far it can be relied on."""
    via: tuple[str, ...] = ()
    """Who passes the words on, nearest to the origin first."""
    joint: tuple[Speaker, ...] = ()
    """Who says it together with the speaker (*X and Y said*), in the order of the article."""
    pieces: tuple[tuple[int, int], ...] = ()
    """Of a quote broken by its attribution: where each piece begins and ends, in characters."""
    role: str = ""
    """Of a person: their role in the article's words."""
    when: str = ""
    """Of an event: its date, ISO 8601."""


class KnownName(Struct, frozen=True, gc=False):
    """A name or alias that a dossier already has."""

    name: str
    """As written there."""
    id: str
    """The entry it belongs to."""
    kind: str
    """Of that entry: `person` or `delegation`."""


class DraftInput(Struct, frozen=True):
    """The input of the rules."""

    text: str
    """As on disk."""
    language: str = "en"
    """BCP 47 code."""
    published: str = ""
    """ISO 8601; dates such as *on Monday* are counted from it."""
    known: Sequence[KnownName] = ()
    """The names of the dossier."""
