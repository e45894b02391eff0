"""Entries as they are asked for, in JSON or by the browser, made into the fields that are written."""

import difflib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from dossier.desk.annotate.field_values import field_value, text_value
from dossier.desk.annotate.quotes_in_pieces import from_offsets, in_pieces
from dossier.model.anchor_search import locate, places
from dossier.model.choosing import choosing_context
from dossier.model.entries import Anchor, Kind, one_of_kinds
from dossier.model.fields import LINK_FIELDS, SECTION_OF
from dossier.model.folding import fold
from dossier.model.problems import DossierError
from dossier.model.resolving import Text
from dossier.model.text_spans import is_quoted, trimmed
from dossier.store.yaml.rendering import BlockScalar, New

Request = Mapping[str, Any]
"""An entry as it is asked for: `kind`, and the fields of the format; for words, also their offsets."""

KINDS = ("quote", "event", "link", "person", "delegation", "issue", "alias")
"""What can be written."""

_OWN: dict[str, tuple[str, ...]] = {
    "quote": ("article", "start", "end", "pieces", "before", "after", "occurrence"),
    "event": ("article", "start", "end"),
    "link": ("article", "start", "end"),
    "person": ("delegation",),
    "alias": ("entry", "alias"),
}
_CHOOSING = ("before", "after", "occurrence")
_ANCHOR_KEYS = ("text", "article", "start", "end", "pieces", *_CHOOSING)
_UNANCHORED = frozenset({"paraphrase", "inferred"})


class Composed(Struct, frozen=True):
    """An entry ready to be written."""

    fields: dict[str, New]
    """In the order in which they are written."""
    start: int = -1
    """Offset in the article of the first words it rests on; -1 when it rests on none."""


class LocatedWords(Struct, frozen=True):
    """Words found in an article."""

    words: BlockScalar
    """As they stand there."""
    chosen: dict[str, New]
    """What tells their place from others where the same words stand."""
    start: int = -1
    """Offset in the article; -1 when they were not found."""
    end: int = -1
    """Offset behind them, or behind the first piece of a quote in pieces."""


def check_names(request: Request) -> str:
    """The kind of a request, after looking at the names of its fields.

    Raises:
        DossierError: its kind or one of its fields does not exist.

    """
    kind = request.get("kind")
    if kind not in KINDS:
        raise DossierError(f"An entry needs a kind, one of {', '.join(KINDS)}; it has {kind!r}.")
    known = [*_field_names(kind), *_OWN.get(kind, ()), "kind", "id"]
    for name in request:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"it may have {', '.join(known[:-2])}."
            raise DossierError(f"{one_of_kinds(kind).capitalize()} has no field “{name}”; {hint}")
    return str(kind)


def _field_names(kind: str) -> list[str]:
    if kind == "link":
        return [field.name for field in LINK_FIELDS]
    if kind == "alias":
        return []
    section: Kind = kind  # type: ignore[assignment]
    return [field.name for field in SECTION_OF[section].fields if field.form != "members"]


class Composer:
    """Makes fields of requests; the words of every anchor are taken from the article, never from the request."""

    def __init__(self, text_of: Callable[[str], Text]) -> None:
        """`text_of` gives an article's text by its id."""
        self._text_of = text_of

    def quote(self, request: Request, article: str, *, default: str) -> Composed:
        """A quote whose own words stand in `article`; `default` is the article that its file speaks of.

        Raises:
            DossierError: a value has not the shape it needs, or words do not stand where they should.

        """
        own, others = _split(request)
        if not own.get("text") and "start" not in own and "pieces" not in own:
            raise DossierError("A quote needs text, or start and end.")
        attribution = request.get("attribution")
        loose = attribution in _UNANCHORED and bool(others)
        placed = self.place(own, article, strict=not loose)
        fields = plain_fields(request, "quote")
        if attribution is None and placed.start >= 0:
            quoted = is_quoted(self._text_of(article).original, placed.start, placed.end)
            fields["attribution"] = "direct" if quoted else "paraphrase"
        fields["text"] = placed.words
        at: list[New] = (
            [placed.chosen | _article_field(article, default)] if placed.chosen or article != default else []
        )
        starts = [placed.start]
        for other in others:
            made, start = self.anchor(other, article, default)
            at.append(made)
            starts.append(start)
        if at:
            fields["at"] = at[0] if len(at) == 1 else at
        return Composed(_order_fields(fields, _field_names("quote")), _first_start(starts))

    def resting(self, request: Request, kind: str, article: str, *, default: str) -> Composed:
        """An event or a link, with the words that it rests on.

        Raises:
            DossierError: a value has not the shape it needs, or words do not stand where they should.

        """
        fields = plain_fields(request, kind)
        raw = list(_anchors(request.get("at")))
        if "start" in request or "end" in request:
            span = {name: request[name] for name in ("start", "end") if name in request}
            raw = [raw[0] | span, *raw[1:]] if raw else [span]
        made = [self.anchor(one, article, default) for one in raw]
        if made:
            fields["at"] = made[0][0] if len(made) == 1 else [one for one, _ in made]
        return Composed(_order_fields(fields, _field_names(kind)), _first_start([start for _, start in made]))

    def anchor(self, raw: Request, article: str, default: str) -> tuple[New, int]:
        """Return one anchor as it is written, and the offset of its words; -1 when they are not in that article."""
        named = str(raw.get("article") or article)
        placed = self.place(raw, named)
        more = placed.chosen | _article_field(named, default)
        start = placed.start if named == article else -1
        return ({"text": placed.words, **more} if more else placed.words), start

    def place(self, raw: Request, article: str, *, strict: bool = True) -> LocatedWords:
        """Find words in an article: at their offsets while they stand there, else wherever they stand alone.

        Raises:
            DossierError: they do not stand there, or at several places and nothing chooses.

        """
        if not article:
            raise DossierError("Words need an article: the dossier has several; give its id as article.")
        text = self._text_of(article)
        words = text_value(raw.get("text", ""), "text")
        if "pieces" in raw:
            words = from_offsets(text, raw["pieces"])
        span = _offsets(raw, text) if "pieces" not in raw else None
        if span is not None:
            start, end = span
            slice_ = text.original[start:end]
            if not words or fold(words) == fold(slice_):
                return _choose_place(text, start, end, {})
        given: dict[str, New] = {name: str(raw[name]) for name in _CHOOSING if raw.get(name)}
        wanted = Anchor(words, article, **_context(given))
        found = locate(text.folded, wanted)
        if found.status == "exact":
            start, end = found.spans[0]
            broken, first_end = in_pieces(text, words, start)
            return (
                LocatedWords(BlockScalar(broken), given, start, first_end)
                if broken
                else _choose_place(text, start, end, given)
            )
        if not strict or (found.status == "missing" and any(mark in words for mark in ("…", "...", "["))):
            return LocatedWords(BlockScalar(words.strip()), given)  # the check looks for its pieces
        shown = words if len(words) <= 60 else words[:59] + "…"
        if found.status == "ambiguous":
            where = ", ".join(str(start) for start, _ in found.spans)
            raise DossierError(
                f"“{shown}” in {article}: {found.why}, at the offsets {where}; give start and end, before, after or "
                "occurrence."
            )
        raise DossierError(f"“{shown}” in {article}: {found.why or 'the words are not in the article'}.")


def plain_fields(request: Request, kind: str) -> dict[str, New]:
    """The fields of a request that are no anchors, as they are written.

    Raises:
        DossierError: a value is neither a text, a number, yes or no, nor a list of texts.

    """
    names = [name for name in _field_names(kind) if name not in ("at", "text")]
    return {name: field_value(request[name], name) for name in names if request.get(name) not in (None, "", [])}


def _order_fields(fields: dict[str, New], names: list[str]) -> dict[str, New]:
    return {name: fields[name] for name in names if name in fields}


def _split(request: Request) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The fields of a quote that describe its own words, and its other anchors."""
    own = {name: request[name] for name in _ANCHOR_KEYS if name in request}
    others = []
    for one in _anchors(request.get("at")):
        if one.get("text") in (None, "", request.get("text")):
            own = {**own, **{name: value for name, value in one.items() if value not in (None, "")}}
        else:
            others.append(one)
    return own, others


def _anchors(raw: object) -> Iterator[dict[str, Any]]:
    """The anchors of an `at`, each as a mapping."""
    if raw in (None, "", []):
        return
    pair = isinstance(raw, list) and len(raw) == 2 and all(isinstance(one, int) for one in raw)
    if pair:
        assert isinstance(raw, list)
        yield {"start": raw[0], "end": raw[1]}
        return
    for one in raw if isinstance(raw, list) else [raw]:
        if isinstance(one, str):
            yield {"text": one}
        elif isinstance(one, dict):
            wrong = next((name for name in one if name not in _ANCHOR_KEYS), None)
            if wrong is not None:
                raise DossierError(f"An anchor has no field “{wrong}”; it may have {', '.join(_ANCHOR_KEYS)}.")
            yield dict(one)
        else:
            raise DossierError("“at” must be words, a mapping with text or start and end, or a list of these.")


def _offsets(raw: Request, source: Text) -> tuple[int, int] | None:
    start, end, text = raw.get("start"), raw.get("end"), source.original
    if start is None and end is None:
        return None
    if type(start) is not int or type(end) is not int or not source.body <= start < end <= len(text):
        raise DossierError(f"The offsets {start} to {end} are not in the article, which has {len(text)} characters.")
    start, end = trimmed(text, start, end)
    if start == end:
        raise DossierError(f"Only white space stands at {start}; give the offsets of words.")
    return start, end


def _context(given: Mapping[str, New]) -> dict[str, Any]:
    number = str(given.get("occurrence", "0"))
    if not number.isdecimal():
        raise DossierError(f"“occurrence” must be a whole number from 1, not {number}.")
    return {"before": given.get("before", ""), "after": given.get("after", ""), "occurrence": int(number)}


def _choose_place(text: Text, start: int, end: int, given: dict[str, New]) -> LocatedWords:
    words = text.original[start:end].replace("\r\n", "\n")
    folded, at = text.folded, text.folded.position(start)
    everywhere = [one.start for one in places(folded, words)]
    if at not in everywhere:
        raise DossierError(f"“{words[:60]}” at {start} is cut out of longer words; take whole words.")
    chosen = given
    if len(everywhere) > 1 and not given:
        chosen = {name: str(value) for name, value in choosing_context(folded, Anchor(words), at).items()}
    return LocatedWords(BlockScalar(words), chosen, start, end)


def _article_field(article: str, default: str) -> dict[str, New]:
    return {"article": article} if article != default else {}


def _first_start(starts: list[int]) -> int:
    return min((start for start in starts if start >= 0), default=-1)
