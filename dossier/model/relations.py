"""The named relations of links, their inverses, and the stance they express."""

from typing import Literal

from msgspec import Struct

from dossier.model.problems import Place

Stance = Literal["for", "against", "conditional", "neutral"]
STANCES: tuple[Stance, ...] = ("for", "against", "conditional", "neutral")


class Relation(Struct, frozen=True, gc=False, omit_defaults=True):
    """A relation: the wording of a link from either end."""

    name: str
    """Read from source to target."""
    inverse: str
    """Read from target to source."""
    stance: Stance | None = None
    """What a delegation's link of this relation to an issue says of its position; None says nothing."""
    place: Place = Place()
    """Where a dossier declares it; empty for the built-in ones."""
    note: str = ""
    """The author's remark."""


SAID_BY, MEMBER_OF, PART_OF, ABOUT, ATTENDED_BY = "said by", "member of", "part of", "about", "attended by"
"""The relations that fields write in short: `speaker`, `members`, `parent`, `issues`, `participants`."""

BUILT_IN: dict[str, Relation] = {
    relation.name: relation
    for relation in (
        Relation("supports", "supported by", "for"),
        Relation("opposes", "opposed by", "against"),
        Relation("demands", "demanded by", "for"),
        Relation("offers", "offered by", "conditional"),
        Relation("accuses", "accused by"),
        Relation("concedes", "conceded by"),
        Relation("responds to", "answered by"),
        Relation("contradicts", "contradicted by"),
        Relation("related to", "related to"),
        Relation(ABOUT, "discussed in"),
        Relation(SAID_BY, "said"),
        Relation(MEMBER_OF, "members"),
        Relation(PART_OF, "parts"),
        Relation(ATTENDED_BY, "attended"),
    )
}
"""Declared nowhere, known everywhere; a dossier may declare one anew to change its inverse or stance."""
