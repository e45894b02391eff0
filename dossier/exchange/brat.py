"""brat standoff (https://brat.nlplab.org/standoff.html): a text and an `.ann` file of the same name.

Entities are people, delegations and issues, by their type; each mention is a link `about` from the article that rests
on the words. Events with a speaker and the words said are quotes, others events. Relations are links. Notes are notes,
normalizations aliases, an attribute `Stance` is a stance.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from dossier.exchange.brat_lines import Ann, BratSpan, read_ann
from dossier.exchange.brat_names import QUOTE_TYPES, Role, kind_of_type, role_name, split_words
from dossier.exchange.brat_own import CAST, is_own, own_parts
from dossier.exchange.brat_spans import join_fragments, selections_of
from dossier.exchange.detection import Detector
from dossier.exchange.formats import Library
from dossier.exchange.inputs import LARGEST_TEXT, Input, decode, gather, stem
from dossier.exchange.offsets import CONVENTIONS, EXCLUSIVE, Convention, Places
from dossier.exchange.records import (
    Connection,
    DocumentPassage,
    ExchangeDocument,
    ExchangePart,
    ImportOptions,
    Losses,
    Parts,
    Record,
)
from dossier.model.folding import fold
from dossier.model.problems import DossierError
from dossier.model.relations import ABOUT, STANCES

_SAYING = ("speaker", "source", "reporter", "agent", "cue-speaker")
_SAID = ("content", "quote", "statement", "said")
_ATTENDING = ("person", "delegation")


class BratImporter:
    """Pairs of texts and annotations, from a folder, a zip, or named one by one."""

    title = "brat"

    def read(self, files: Sequence[Path], library: Library, options: ImportOptions) -> Parts:
        """The pieces of what the files hold."""
        del library
        texts: dict[str, Input] = {}
        anns: dict[str, list[Input]] = {}
        for file in gather(files):
            base, _, ending = file.name.rpartition(".")
            if ending == "txt":
                texts[base] = file
            elif ending in ("ann", "a1", "a2"):
                anns.setdefault(base, []).append(file)
            elif ending == "conf":
                options.losses.lose("configuration files")
        if not anns:
            raise DossierError(f"{files[0]} holds no .ann file, so there is nothing of brat in it.")
        for base in anns:
            if base not in texts:
                raise DossierError(f"{anns[base][0].name} has no text beside it; name {base}.txt as well.")
        pairs = {base: (texts[base], anns[base]) for base in sorted(anns)}
        if any(stem(base + ".txt") == CAST and is_own(anns[base][0], options.encoding) for base in anns):
            yield from own_parts(pairs, options)
            return
        yield from _Import(pairs, options).parts()


class _Import:
    """An import of annotations that another program made."""

    def __init__(self, pairs: Mapping[str, tuple[Input, list[Input]]], options: ImportOptions) -> None:
        self._pairs = pairs
        self._options = options
        self._losses: Losses = options.losses
        self._types: dict[str, str] = {}

    def parts(self) -> Parts:
        """The pieces, a document each."""
        convention = self._convention()
        for base in self._pairs:
            text, ann = self._load(base)
            yield _Document(base, text, ann, Places(text, convention), self._types, self._losses).part()

    def _load(self, base: str) -> tuple[str, Ann]:
        text_file, ann_files = self._pairs[base]
        text = decode(text_file.read(LARGEST_TEXT), text_file.name, self._options.encoding)
        ann = Ann()
        for file in ann_files:
            read_ann(decode(file.read(), file.name, self._options.encoding), file.name, ann)
        return text, ann

    def _convention(self) -> Convention:
        if self._options.offsets:
            self._losses.convention = self._options.offsets
            return Convention.parse(self._options.offsets)
        detector = Detector()
        for base in self._pairs:
            text, ann = self._load(base)
            detector.add(text, [one for span in ann.spans.values() for one in selections_of(span)])
        if not detector.selections:
            return CONVENTIONS[0]
        what = "these files of brat" if len(self._pairs) > 1 else f"{next(iter(self._pairs))}.ann"
        found = detector.decide(what, EXCLUSIVE)
        self._losses.convention = str(found)
        self._losses.tell(detector.doubt)
        return found


class _Document:
    """A text with its annotations on the way to a piece."""

    def __init__(self, base: str, text: str, ann: Ann, places: Places, types: dict[str, str], losses: Losses) -> None:
        self._key = base
        self._text = text
        self._ann = ann
        self._places = places
        self._types = types
        self._losses = losses
        self._records: dict[str, Record] = {}
        self._links: list[Connection] = []
        self._keys: dict[str, str] = {}
        self._triggers = {event.trigger for event in ann.events.values()}
        self._contents = {
            argument: name
            for name, event in ann.events.items()
            for role, argument in event.roles
            if role_name(role) in _SAID and argument in ann.spans and kind_of_type(ann.spans[argument].type) == "quote"
        }
        """Spans of quotes that are the words of an event: the two are one quote."""

    def part(self) -> ExchangePart:
        """The piece."""
        for name, span in self._ann.spans.items():
            if name not in self._triggers and name not in self._contents:
                self._entity(name, span)
        for name in self._ann.events:
            self._keys[name] = f"{self._key} {name}"
        self._keys |= {name: self._keys[event] for name, event in self._contents.items()}
        for name in self._ann.events:
            self._event(name)
        for name, relation in self._ann.relations.items():
            ends = [self._keys.get(one, "") for one in relation.arguments]
            if len(ends) < 2 or not all(ends[:2]):
                self._losses.lose("relations whose ends are not there")
                continue
            at = (*self._passages(relation.arguments[0]), *self._passages(relation.arguments[1]))
            words = split_words(relation.type)
            self._links.append(Connection(ends[0], words, ends[1], at, note=self._remarks(name)))
        document = ExchangeDocument(self._key, self._text, stem(self._key + ".txt"))
        return ExchangePart(document, records=tuple(self._records.values()), connections=tuple(self._links))

    def _passages(self, name: str) -> tuple[DocumentPassage, ...]:
        event = self._ann.events.get(name)
        span = self._ann.spans.get(event.trigger if event else name)
        found = []
        for start, end in join_fragments(span.fragments, self._places, self._text) if span else ():
            found.append(DocumentPassage(self._key, start, end))
        if span and not found:
            self._losses.lose("spans outside of their text, or empty")
        return tuple(found)

    def _words(self, name: str) -> str:
        return " ".join(" ".join(self._text[p.start : p.end].split()) for p in self._passages(name))

    def _remarks(self, name: str) -> str:
        """Notes and attributes of an annotation, but for those that have a field of their own."""
        attributes = [
            f"{split_words(one.name)}: {one.value}" if one.value else split_words(one.name)
            for one in self._ann.attributes.get(name, ())
            if one.name.lower() != "stance"
        ]
        return "; ".join([*self._ann.notes.get(name, ()), *attributes])

    def _entity(self, name: str, span: BratSpan) -> None:
        passages = self._passages(name)
        if not passages:
            return
        words = self._words(name)
        kind = kind_of_type(span.type)
        first = self._ann.same_as.get(name, name)
        if first != name and first in self._keys:
            key = self._keys[first]
            self._alias(key, words)
        elif kind == "quote":
            key = f"{self._key} {name}"
            self._quote(key, (name,), passages, {})
        else:
            key = f"{kind} {split_words(span.type) if kind == 'issue' else ''} {fold(words).casefold()}"
            self._add_name(key, kind, words, span.type)
        self._keys[name] = key
        for reference, label in self._ann.normalizations.get(name, ()):
            if label:
                self._alias(key, label)
            else:
                self._losses.lose(f"references without a name, such as {reference}")
        if kind != "quote":
            self._links.append(Connection(self._key, ABOUT, key, passages, note=self._remarks(name)))

    def _add_name(self, key: str, kind: Role, words: str, type_: str) -> None:
        if key in self._records:
            return
        references: dict[str, tuple[str, ...]] = {}
        if kind == "issue":
            parent = f"type {type_}"
            self._records.setdefault(parent, Record(parent, "issue", split_words(type_).capitalize()))
            references["parent"] = (parent,)
        self._records[key] = Record(key, kind, words, references=references)

    def _alias(self, key: str, words: str) -> None:
        record = self._records[key]
        known = record.fields.get("aliases", [])
        assert isinstance(known, list)
        if fold(words) not in [fold(one) for one in (record.name, *known)] and record.kind != "quote":
            self._records[key] = replace(record, fields=record.fields | {"aliases": [*known, words]})

    def _event(self, name: str) -> None:
        event = self._ann.events[name]
        key = self._keys[name]
        passages = self._passages(name)
        roles = [(role_name(role), argument) for role, argument in event.roles]
        speakers = [self._keys[one] for role, one in roles if role in _SAYING and one in self._keys]
        said = [one for role, one in roles if role in _SAID and one in self._ann.spans]
        if event.type.lower() in QUOTE_TYPES or said:
            words = tuple(p for one in said for p in self._passages(one)) or passages
            self._quote(key, (name, *said), words, {"speaker": tuple(dict.fromkeys(speakers))})
            return
        people = tuple(dict.fromkeys(
            self._keys[one] for _, one in roles
            if one in self._keys and self._records.get(self._keys[one], Record("", "issue", "")).kind in _ATTENDING
        ))  # fmt: skip
        issues = tuple(dict.fromkeys(
            self._keys[one] for _, one in roles
            if one in self._keys and self._keys[one] in self._records and self._records[self._keys[one]].kind == "issue"
        ))  # fmt: skip
        others = [one for _, one in roles if one in self._ann.events]
        note = self._remarks(name)
        title = f"{split_words(event.type).capitalize()}: {self._words(name)}"
        references = {"participants": people, "issues": issues}
        fields = {"note": note} if note else {}
        self._records[key] = Record(key, "event", title, "", {**fields}, references, passages)
        for one in others:
            self._links.append(Connection(key, "related to", self._keys[one]))

    def _quote(
        self,
        key: str,
        names: Sequence[str],
        passages: tuple[DocumentPassage, ...],
        references: dict[str, tuple[str, ...]],
    ) -> None:
        note = "; ".join(filter(None, map(self._remarks, names)))
        attributes = [one for name in names for one in self._ann.attributes.get(name, ())]
        stance = next((one.value for one in attributes if one.name.lower() == "stance"), "")
        fields = {"stance": stance.lower() if stance.lower() in STANCES else "", "note": note}
        kept = {field: value for field, value in fields.items() if value}
        pieces = [self._text[start:end] for start, end in sorted((one.start, one.end) for one in passages)]
        words = " […] ".join(pieces) if len(pieces) > 1 else ""
        self._records[key] = Record(key, "quote", words, "", {**kept}, references, passages, unattributed=True)
