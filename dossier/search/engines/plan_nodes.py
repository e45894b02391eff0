"""The nodes of a plan: what each matches, and what it scores."""

from msgspec import Struct

IN_ORDER, NEARBY, BEGUN, TYPED, FAVOURED = 4, 2, 1, 150, 10_000
"""What a phrase and a `NEAR` score beside their words, a beginning or near miss, a word in the very form that was
typed, and an entry that is favoured. No word scores more than `TYPED` by its stem.
"""


class Leaf(Struct, frozen=True):
    """Any of the terms; scores rarity (of all of them together) times the highest impact."""

    terms: tuple[str, ...]
    typed: frozenset[str]
    """The folded words as typed: another word with the same term was found by its stem."""
    exact: bool = False
    """Whether the terms are those of the very words, and of no stem."""


class PrefixPlan(Struct, frozen=True):
    """A form that begins so; scores `BEGUN`."""

    prefix: str


class ExactFormPlan(Struct, frozen=True):
    """The part; what has it in the very form that was typed scores `TYPED` more."""

    part: "Plan"
    exact: "Plan"


class FuzzyPlan(Struct, frozen=True):
    """A form at most one letter off, letters that are doubled or not aside; scores `BEGUN`."""

    word: str


class Run(Struct, frozen=True):
    """Terms at fixed distances; scores `IN_ORDER` and what its words score as leaves."""

    parts: tuple[tuple[int, Leaf], ...]
    """Offset from the first, and the word there."""
    width: int
    """Places it takes."""


class NearPlan(Struct, frozen=True):
    """Two runs with at most `distance` places between them, in either order; scores `NEARBY` and both runs' words."""

    left: Run
    right: Run
    distance: int


class Tag(Struct, frozen=True):
    """Any of the tags; scores nothing."""

    tags: tuple[str, ...]


class Days(Struct, frozen=True):
    """Dates that touch the range, both as YYYYMMDD; scores nothing."""

    since: int
    until: int


class Everything(Struct, frozen=True):
    """All passages; scores nothing."""


class Nothing(Struct, frozen=True):
    """No passage."""


class All(Struct, frozen=True):
    """Every part; scores their sum."""

    parts: "tuple[Plan, ...]"


class Any(Struct, frozen=True):
    """A node of which at least one part must match; scores the sum of those that match."""

    parts: "tuple[Plan, ...]"


class Without(Struct, frozen=True):
    """Passages that do not match the part; scores nothing."""

    part: "Plan"


class MaxPlan(Struct, frozen=True):
    """A node of which at least one part must match; scores the highest."""

    parts: "tuple[Plan, ...]"
    why: tuple[str, ...] = ()
    """As in `dossier.model.query.Best`."""


class BoostPlan(Struct, frozen=True):
    """The part; what has one of the tags scores `FAVOURED` more."""

    part: "Plan"
    tags: tuple[str, ...]


Plan = (
    Leaf
    | PrefixPlan
    | FuzzyPlan
    | Run
    | NearPlan
    | Tag
    | Days
    | Everything
    | Nothing
    | All
    | Any
    | Without
    | MaxPlan
    | BoostPlan
    | ExactFormPlan
)


def scoring_parts(plan: Plan) -> list[Plan]:
    """Return the parts of a plan that score."""
    return [part for part in (plan.parts if isinstance(plan, All) else (plan,)) if not _is_scoreless(part)]


def _is_scoreless(plan: Plan) -> bool:
    if isinstance(plan, All | Any):
        return all(map(_is_scoreless, plan.parts))
    return isinstance(plan, Tag | Days | Without | Everything)
