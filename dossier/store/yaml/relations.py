"""Read a relation that a dossier declares under `relations`."""

from dossier.model.fields import RELATION_FIELDS
from dossier.model.relations import BUILT_IN, Relation
from dossier.store.files.errors import quotable
from dossier.store.yaml.diagnostics import Diagnostics
from dossier.store.yaml.tree import Mapping, Node, Scalar
from dossier.store.yaml.values import make_table, value_of, values_of, wrong_shape

_RELATION = make_table("a relation", RELATION_FIELDS)


def read_relation(key: Scalar, node: Node, notes: Diagnostics) -> Relation | None:
    """Return the relation of that name; None, with a complaint, when it cannot be read."""
    name = key.value
    if not name.strip():
        notes.error(key, "empty-value", "a relation without a name", "write its name before the colon")
        return None
    if not isinstance(node, Mapping):
        wrong_shape(f"the relation “{quotable(name)}”", "a mapping", node, notes, "write {inverse: …}")
        return None
    written = values_of(node, _RELATION, notes, key)
    values = {field: value_of(_RELATION.fields[field], value, notes) for field, value in written.items()}
    known = BUILT_IN.get(name)
    inverse = values.get("inverse") or (known.inverse if known else name)
    stance = values.get("stance")
    note = str(values.get("note") or "")
    return Relation(name, str(inverse), stance, notes.place(key), note)  # type: ignore[arg-type]
