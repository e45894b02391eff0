"""Links and anchors as authors write them: in full under `links`, in short by fields of entries."""

from msgspec.structs import replace

from dossier.model.dates import when_problem
from dossier.model.entries import Anchor, Link
from dossier.model.field_spec import FieldSpec
from dossier.model.fields import ANCHOR_FIELDS, LINK_FIELDS, MEMBERSHIP_FIELDS
from dossier.model.problems import Place
from dossier.model.relations import MEMBER_OF
from dossier.store.yaml.cuts import cut_between_items, tell_comment_for_words, text_of_scalar, uncertain
from dossier.store.yaml.diagnostics import Diagnostics
from dossier.store.yaml.tree import Mapping, Node, Scalar, Sequence
from dossier.store.yaml.values import make_table, scalars, text_of, value_of, values_of, wrong_shape

_LINK = make_table("a link", LINK_FIELDS)
_MEMBERSHIP = make_table("a membership", MEMBERSHIP_FIELDS)
_ANCHOR = make_table("an anchor", ANCHOR_FIELDS)


def written_in_short(field: FieldSpec, node: Node, source: str, source_place: Place, notes: Diagnostics) -> list[Link]:
    """The links that a reference field of the entry `source` stands for."""
    if field.form == "reference":
        text_of(field, node, notes)
        targets = [node] if isinstance(node, Scalar) else []
    else:
        targets = scalars(field, node, notes)
    links = []
    for target in targets:
        place = notes.place(target)
        links.append(Link(source, field.relation, target.value, place, source_place, place, field=field.name))
    return links


def written_in_full(node: Node, article: str, notes: Diagnostics) -> Link | None:
    """Return one item of `links`; None, with complaints, when an end or the relation cannot be read."""
    if not isinstance(node, Mapping):
        wrong_shape("a link", "a mapping", node, notes, "write {from: …, rel: …, to: …, at: …}")
        return None
    found = values_of(node, _LINK, notes, node)
    values = {name: value_of(_LINK.fields[name], value, notes) for name, value in found.items() if name != "at"}
    source, relation, target = (values.get(name) for name in ("from", "rel", "to"))
    wanted = anchors(found["at"], article, notes) if "at" in found else ()
    if not (isinstance(source, str) and isinstance(relation, str) and isinstance(target, str)):
        return None
    return Link(
        source,
        relation,
        target,
        notes.place(node),
        notes.place(found["from"]),
        notes.place(found["to"]),
        notes.place(found["rel"]),
        date=str(values.get("date") or ""),
        credibility=int(str(values.get("credibility") or 0)),
        note=str(values.get("note") or ""),
        wanted=wanted,
    )


def memberships(node: Node, person: str, place: Place, notes: Diagnostics) -> list[Link]:
    """The links that the `memberships` of a person stand for."""
    found = []
    for item in node.items if isinstance(node, Sequence) else [node]:
        if not isinstance(item, Mapping):
            wrong_shape("a membership", "a mapping", item, notes, "write {delegation: …, from: …, until: …}")
            continue
        given_here = values_of(item, _MEMBERSHIP, notes, item)
        values = {name: value_of(_MEMBERSHIP.fields[name], value, notes) for name, value in given_here.items()}
        since, until = str(values.get("from") or ""), str(values.get("until") or "")
        if since and until and when_problem(f"{since}/{until}"):
            notes.error(given_here["until"], "bad-date", "the membership ends before it begins", "mend from or until")
            since = until = ""
        if not isinstance(values.get("delegation"), str):
            continue
        target = notes.place(given_here["delegation"])
        period = f"{since or '..'}/{until or '..'}" if since or until else ""
        role = str(values.get("role") or "")
        link = Link(person, MEMBER_OF, str(values["delegation"]), notes.place(item), place, target)
        found.append(replace(link, field="memberships", period=period, role=role))
    return found


def quote_anchors(words: Anchor | None, node: Node | None, sure: bool, notes: Diagnostics) -> tuple[Anchor, ...]:
    """The evidence of a quote: its own `words`, and the further places in its `at`.

    A quote given word for word (`sure`) always rests on its own words; a mapping without `text` says more closely
    where they stand. A paraphrase rests on its own words only when nothing else is named.
    """
    article = words.article if words else ""
    named = _read_anchors(node, article, notes, words) if node is not None else []
    if words and _are_pieces(words, named):
        texts = [anchor.text for anchor, _ in named]
        return (replace(words, text=" … ".join(texts), article=named[0][0].article, before=named[0][0].before),)
    own = [anchor for anchor, is_own in named if is_own]
    if words and not own and (sure or not named):
        own = [words]
    if sure:
        return (*own, *(anchor for anchor, is_own in named if not is_own))
    return tuple(anchor for anchor, _ in named) or tuple(own)


def _are_pieces(words: Anchor, named: list[tuple[Anchor, bool]]) -> bool:
    """Return whether the anchors of a quote are its own words in pieces, all in one article."""
    if len({anchor.article for anchor, _ in named}) != 1:
        return False
    from dossier.model.quotations import covers  # noqa: PLC0415 - few quotes are in pieces, and its patterns take 10 ms

    return covers([anchor.text for anchor, _ in named], words.text)


def anchors(node: Node, article: str, notes: Diagnostics) -> tuple[Anchor, ...]:
    """The anchors of an `at`; `article` is that of anchors that name none."""
    return tuple(anchor for anchor, _ in _read_anchors(node, article, notes, None))


def _read_anchors(node: Node, article: str, notes: Diagnostics, own: Anchor | None) -> list[tuple[Anchor, bool]]:
    """The anchors of an `at`, each with whether it is about the `own` words of its entry."""
    if isinstance(node, Scalar):
        return [(_plain(node, article, notes), False)]
    if isinstance(node, Sequence) and node.flow:
        cut_between_items(node)
    found = []
    for item in node.items if isinstance(node, Sequence) else [node]:
        if isinstance(item, Scalar):
            if not item.is_empty:
                found.append((_plain(item, article, notes), False))
            elif item.cut:
                tell_comment_for_words(item.cut, "an anchor", notes)
            else:
                notes.warning(item, "empty-value", "an anchor is empty", "write the exact words, or delete it")
        elif isinstance(item, Mapping):
            read = _read_anchor(item, article, notes, own)
            if read:
                found.append(read)
        else:
            wrong_shape("an anchor", "a text or a mapping", item, notes, "write the exact words")
    return found


def _plain(node: Scalar, article: str, notes: Diagnostics) -> Anchor:
    """An anchor that is nothing but words."""
    return Anchor(text_of_scalar(node, "the anchor", notes), article, place=notes.place(node), cut=uncertain(node))


def _read_anchor(node: Mapping, article: str, notes: Diagnostics, own: Anchor | None) -> tuple[Anchor, bool] | None:
    """An anchor written as a mapping."""
    found = values_of(node, _ANCHOR, notes, node)
    values = {name: value_of(_ANCHOR.fields[name], value, notes) for name, value in found.items()}
    text = str(values.get("text") or "")
    if not text and ("text" in found or own is None):
        if "text" not in found:
            notes.error(node, "missing-field", "an anchor needs “text”", "add `text: …` with the exact words")
        return None
    is_own = own is not None and text in ("", own.text)
    place = own.place if own and not text else notes.place(found.get("text", node))
    return (
        Anchor(
            text or (own.text if own else ""),
            str(values.get("article") or "") or article,
            str(values.get("before") or ""),
            str(values.get("after") or ""),
            int(str(values.get("occurrence") or 0)),
            place,
            uncertain(found.get("text")) if text else own.cut if own else "",
        ),
        is_own,
    )
