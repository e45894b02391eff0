"""W3C Web Annotation (https://www.w3.org/TR/annotation-model/), one JSON file.

Words are a TextQuoteSelector and a TextPositionSelector, issues are tags, notes are comments. What the model has no
words for (speaker, stance, dates, links, the texts themselves) stands under names that begin with `dossier:`, which
other programs pass over; our own importer reads them.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dossier.exchange.annotations import AnnotatedTexts, Target, WebAnnotation, parts, split_inputs
from dossier.exchange.formats import Library, second_own
from dossier.exchange.hypothesis import target_of
from dossier.exchange.inputs import decode
from dossier.exchange.markup import parse_json
from dossier.exchange.records import ImportOptions, Losses, Parts
from dossier.exchange.w3c_own import CONTEXT, listed, own_parts
from dossier.model.problems import DossierError

_CONTEXT = re.compile(r"https?://(?:www\.)?w3\.org/ns/anno(?:\.jsonld)?")
_MOTIVATIONS = frozenset(
    {
        *("assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting"),
        *("identifying", "linking", "moderating", "questioning", "replying", "tagging"),
    }
)


class W3CImporter:
    """Annotations, pages and collections of them; what we wrote ourselves comes back whole."""

    title = "W3C Web Annotation"

    def read(self, files: Sequence[Path], library: Library, options: ImportOptions) -> Parts:
        """The pieces of what the files hold."""
        sources = AnnotatedTexts(library, options)
        has_own = False
        for file in list(split_inputs(files, sources)):
            value = parse_json(decode(file.read(), file.name), file.name)
            if isinstance(value, dict) and "dossier:articles" in value:
                if has_own:
                    raise second_own(file.name)
                has_own = True
                yield from own_parts(value, file.name)
            else:
                items = _items(value, file.name, options.losses)
                found = [_annotation(one, file.name, options.losses) for one in items]
                yield from parts(found, sources, options, file.name)


def _items(value: Any, name: str, losses: Losses) -> list[dict[str, Any]]:
    """The annotations of an annotation, a page, a collection, a graph, or a list of any of these."""
    if isinstance(value, list):
        return [one for inner in value for one in _items(inner, name, losses)]
    if not isinstance(value, dict) or not value:
        raise DossierError(f"{name} holds no annotation: it is neither a mapping nor a list of them.")
    contexts = listed(value.get("@context"))
    if contexts and not any(isinstance(one, str) and _CONTEXT.fullmatch(one) for one in contexts):
        raise DossierError(f"{name} is no Web Annotation: its context is not {CONTEXT}.")
    types = listed(value.get("type"))
    if "AnnotationCollection" in types:
        first = value.get("first")
        if not isinstance(first, dict):
            raise DossierError(f"{name} is a collection whose pages are elsewhere; get them, and name them instead.")
        return _items(first, name, losses)
    if "AnnotationPage" in types or "@graph" in value:
        return _items_of_pages(value, name, losses)
    if "Annotation" not in types:
        raise DossierError(f"{name} holds something that is not said to be an Annotation (its type is {types}).")
    return [value]


def _items_of_pages(page: dict[str, Any], name: str, losses: Losses) -> list[dict[str, Any]]:
    """The annotations of a page and of those that follow in the file; a page that lies elsewhere is told."""
    found: list[dict[str, Any]] = []
    following: Any = page
    while isinstance(following, dict) and following:
        inner = following.get("items", following.get("@graph"))
        found += _items(inner, name, losses) if inner != [] else []
        following = following.get("next")
    if following:
        losses.tell(f"{name} goes on with a page that is elsewhere ({following}); get it, and name it as well.")
    return found


def _annotation(value: dict[str, Any], name: str, losses: Losses) -> WebAnnotation:
    identity = value.get("id", "")
    if not isinstance(identity, str):
        raise DossierError(f"{name}: an annotation has an id that is not one text.")
    what = f"{name}: annotation {identity}"
    for key in ("created", "modified", "generated", "bodyValue"):
        if key in value and not isinstance(value[key], str):
            raise DossierError(f"{what} has a “{key}” that is not one text.")
    if "bodyValue" in value and "body" in value:
        raise DossierError(f"{what} has both “body” and “bodyValue”.")
    for motivation in listed(value.get("motivation")):
        if not isinstance(motivation, str) or not (motivation in _MOTIVATIONS or ":" in motivation):
            raise DossierError(f"{what} has a motivation that there is not: {motivation}.")
    targets = [_target(one, what, losses) for one in _members(value.get("target"))]
    if not targets:
        raise DossierError(f"{what} has no target.")
    tags: list[str] = []
    comments: list[str] = [value["bodyValue"]] if "bodyValue" in value else []
    for body in listed(value.get("body")):
        _body(body, tags, comments)
    losses.lose("creators", "creator" in value)
    return WebAnnotation(identity, tuple(targets), tuple(dict.fromkeys(tags)), "\n".join(comments))


def _body(body: Any, tags: list[str], comments: list[str]) -> None:
    if isinstance(body, dict):
        inner = listed(body.get("items"))
        if inner:  # a choice, whose first is the default, or a set
            for one in inner[:1] if "Choice" in listed(body.get("type")) else inner:
                _body(one, tags, comments)
            return
        purposes = listed(body.get("purpose"))
        text = body.get("value", body.get("source", body.get("id", "")))
        text = text.get("id", "") if isinstance(text, dict) else text
        if isinstance(text, str) and text.strip():
            (tags if "tagging" in purposes or "classifying" in purposes else comments).append(text.strip())
    elif isinstance(body, str) and body.strip():
        comments.append(body.strip())


def _members(value: Any) -> list[Any]:
    """Targets one by one, those of a set or choice among them."""
    found = []
    for one in listed(value):
        inner = listed(one.get("items")) if isinstance(one, dict) else []
        found += _members(inner) if inner else [one]
    return found


def _target(target: Any, what: str, losses: Losses) -> Target:
    if isinstance(target, str):
        losses.lose("fragments of addresses", "#" in target)
        return Target(target.partition("#")[0])
    if not isinstance(target, dict):
        raise DossierError(f"{what} has a target that is neither an address nor a mapping.")
    source = target.get("source", target.get("id"))
    source = source.get("id") if isinstance(source, dict) else source
    if not isinstance(source, str) or not source:
        raise DossierError(f"{what} has a target without one source.")
    selectors: list[dict[str, Any]] = []
    for outer in listed(target.get("selector")):
        selector, parent = outer, None
        while isinstance(selector, dict):
            kind = selector.get("type")
            refined = selector if parent is None else _within(parent, selector)
            if refined is None or kind not in ("TextQuoteSelector", "TextPositionSelector"):
                losses.lose(f"selectors of the kind {kind}")
            else:
                selectors.insert(0, refined)  # the innermost counts
            selector, parent = selector.get("refinedBy"), refined or selector
    return target_of(source, selectors)


def _within(outer: dict[str, Any], inner: dict[str, Any]) -> dict[str, Any] | None:
    """A selector of words inside of what `outer` selects as one of the whole text; None when that cannot be told."""
    exact = outer.get("exact")
    if outer.get("type") != "TextQuoteSelector" or not isinstance(exact, str):
        return inner if inner.get("type") == "TextQuoteSelector" else None
    words, start, end = inner.get("exact"), inner.get("start"), inner.get("end")
    if inner.get("type") == "TextQuoteSelector" and isinstance(words, str):
        if exact.count(words) != 1:
            return inner
        start = exact.index(words)
        end = start + len(words)
    elif inner.get("type") != "TextPositionSelector" or not exact.isascii():  # units would matter
        return None
    if not (type(start) is int and type(end) is int and 0 <= start < end <= len(exact)):
        return None
    before, after = str(outer.get("prefix") or "") + exact[:start], exact[end:] + str(outer.get("suffix") or "")
    return {"type": "TextQuoteSelector", "exact": exact[start:end], "prefix": before, "suffix": after}
