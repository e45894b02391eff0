"""Fields of entries that are there already, changed."""

from collections.abc import Mapping
from typing import Any

from dossier.desk.annotate.composing import Composer
from dossier.desk.annotate.field_values import field_value
from dossier.desk.annotate.references import link_steps
from dossier.desk.annotate.workspace import TextOf, Workspace
from dossier.model.entries import Kind, Link
from dossier.model.fields import LINK_FIELDS, SECTION_OF
from dossier.model.problems import DossierError
from dossier.store.yaml.entry_edits import remove, set_value
from dossier.store.yaml.rendering import New
from dossier.store.yaml.source_positions import Steps, find, parse
from dossier.store.yaml.source_tree import SourceNode

_OFFSETS = ("start", "end")
_CHOOSING = frozenset({"before", "after", "occurrence", "article"})
_ANCHORED = ("text", "start", "end", "article", "before", "after", "occurrence")


def edit_entry(space: Workspace, entry_id: str, changes: Mapping[str, Any], text_of: TextOf) -> str:
    """Change fields of an entry; the file it is in.

    Raises:
        DossierError: there is no such entry or field, or the YAML cannot be edited so.

    """
    located = space.locate(entry_id)
    kind: Kind = located.kind  # type: ignore[assignment]
    fields = [field.name for field in SECTION_OF[kind].fields if field.form != "members"]
    _check(changes, [*fields, *_OFFSETS, *(_ANCHORED if kind == "quote" else ())], kind)
    changes = dict(changes)
    if kind == "quote" and ("text" in changes or "start" in changes):
        _reword(space, located.file, located.steps, changes, text_of)
    _edit(space, located.file, located.steps, changes, text_of)
    return located.file


def edit_link(space: Workspace, link: Link, changes: Mapping[str, Any], text_of: TextOf) -> str:
    """Change fields of a link; the file it is in.

    Raises:
        DossierError: there is no such field, or the YAML cannot be edited so.

    """
    _check(changes, [*(field.name for field in LINK_FIELDS), *_OFFSETS], "link")
    file = link.place.file
    _edit(space, file, link_steps(space.text(file), link), dict(changes), text_of)
    return file


def _check(changes: Mapping[str, Any], known: list[str], kind: str) -> None:
    if not changes:
        raise DossierError("There is nothing to change.")
    wrong = next((name for name in changes if name not in known), None)
    if wrong is not None:
        raise DossierError(f"A {kind} has no field “{wrong}”; it may have {', '.join(dict.fromkeys(known))}.")


def _edit(space: Workspace, file: str, steps: Steps, changes: dict[str, Any], text_of: TextOf) -> None:
    """Set fields, and take out those that are None; the words of `at` are taken from the article."""
    if changes.get("at") or "start" in changes:
        default = space.default_article(file)
        request = {name: changes.pop(name) for name in ("at", *_OFFSETS) if name in changes}
        article = _article_of(find(parse(space.text(file)), [*steps, "at"])) or default
        made = Composer(text_of).resting(request, "link", article, default=default)
        changes["at"] = made.fields.get("at")
    for name, value in changes.items():
        text = space.text(file)
        if value in (None, "", []):
            if find(parse(text), [*steps, name]) is not None:
                space.set(file, remove(text, [*steps, name]))
        else:
            space.set(file, set_value(text, [*steps, name], value if name == "at" else field_value(value, name)))


def _reword(space: Workspace, file: str, steps: Steps, changes: dict[str, Any], text_of: TextOf) -> None:
    """Give a quote other words of its article, and say where they stand when that has to be said."""
    default = space.default_article(file)
    own = {name: changes.pop(name) for name in _ANCHORED if name in changes}
    at = find(parse(space.text(file)), [*steps, "at"])
    article = str(own.get("article") or _article_of(at) or default)
    placed = Composer(text_of).place(own, article)
    space.set(file, set_value(space.text(file), [*steps, "text"], placed.words))
    chosen: dict[str, New] = placed.chosen | ({"article": article} if article != default else {})
    if at is not None and at.pairs is not None and {key.value for key, _ in at.pairs} <= _CHOOSING:
        changes.setdefault("at", None)
        if changes["at"] is None and chosen:
            del changes["at"]
            space.set(file, set_value(space.text(file), [*steps, "at"], chosen))
    elif chosen and at is None:
        space.set(file, set_value(space.text(file), [*steps, "at"], chosen))
    elif chosen:
        raise DossierError("The new words stand at several places, and “at” says other things; edit it by hand.")


def _article_of(at: SourceNode | None) -> str:
    """The article that an `at` names for its first anchor."""
    first = at.items[0] if at is not None and at.items else at
    named = first.get("article") if first is not None and first.pairs else None
    return named.value if named is not None else ""
