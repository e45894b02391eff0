"""Parse a query: a grammar of our own that never fails, reports each mistake, and answers what is valid."""

import re
from difflib import get_close_matches
from typing import NamedTuple

from dossier.model import query as queries
from dossier.search.query.printer import plain
from dossier.search.query.reference import DEPTH, FIELDS, LONGEST, NEAR, TERMS, WIDEST
from dossier.search.query.values import choice_of, range_of
from dossier.search.text.chunks import chunks

_QUOTES = '"“”„‟«»‹›「」『』＂'
_DASHES = "-−–—‐‑－"
_PUNCTUATION = frozenset(".,;:!?…'’‘`´/\\()[]{}*~_&" + _DASHES + _QUOTES)
"""Signs that nobody expects to be searched for."""
_TOKEN = re.compile(
    rf"(?P<open>[(（])|(?P<close>[)）])|(?P<quote>[{_QUOTES}][^{_QUOTES}]*[{_QUOTES}]?)"
    rf"|(?P<minus>[{re.escape(_DASHES)}](?=[^\s{re.escape(_DASHES)}]))"
    rf"|(?P<field>[^\W\d_]+:)(?P<value>[{_QUOTES}][^{_QUOTES}]*[{_QUOTES}]?|[^\s(){_QUOTES}]*)"
    rf"|(?P<word>[^\s(){_QUOTES}]+)"
)
_NEAR = re.compile(r"NEAR(?:/(\d*))?")


class QueryPiece(NamedTuple):
    """A stretch of the text that means one thing."""

    kind: str
    text: str
    start: int
    value: str = ""


def parse(text: str, *, typing: bool = False) -> queries.Parsed:
    """Parse the query `text`. With `typing`, a word that the text ends in is taken for the beginning of one."""
    parser = _Parser(text, typing=typing)
    query = parser.either(0)
    while parser.at < len(parser.pieces):
        stray = parser.pieces[parser.at]
        parser.tell(stray.start, 1, "This parenthesis closes none; it is ignored.")
        parser.at += 1
        query = join([query, parser.either(0)])
    mistakes = tuple(sorted(parser.mistakes, key=lambda mistake: mistake.position))
    return queries.Parsed(text, query, plain(query) if query else "", mistakes)


def join(parts: list[queries.Query | None]) -> queries.Query | None:
    """The parts as one query that asks for all of them; a lone `Not` gets all passages to take away from."""
    flat: list[queries.Query] = []
    for part in parts:
        if isinstance(part, queries.And):
            flat += [inner for inner in part.parts if not isinstance(inner, queries.Every)]
        elif part is not None and not isinstance(part, queries.Every):
            flat.append(part)
    if flat and all(isinstance(part, queries.Not) for part in flat):
        flat.insert(0, queries.Every())
    return queries.And(tuple(flat)) if len(flat) > 1 else flat[0] if flat else None


class _Parser:
    def __init__(self, text: str, *, typing: bool) -> None:
        self.mistakes: list[queries.Mistake] = []
        if len(text) > LONGEST:
            self.tell(LONGEST, len(text) - LONGEST, f"Only the first {LONGEST} characters are read.")
            text = text[:LONGEST]
        self.text = text
        self.pieces = [
            QueryPiece(
                "field" if match["field"] else match.lastgroup or "", match.group(), match.start(), match["value"] or ""
            )
            for match in _TOKEN.finditer(text)
        ]
        self.typing = typing
        self.at = 0
        self.terms = 0

    def tell(self, position: int, length: int, message: str) -> None:
        self.mistakes.append(queries.Mistake(position, length, message))

    def peek(self) -> QueryPiece:
        return self.pieces[self.at] if self.at < len(self.pieces) else QueryPiece("end", "", len(self.text))

    def either(self, depth: int) -> queries.Query | None:
        """Parts with `OR` between them."""
        parts: list[queries.Query] = []
        while True:
            part = self.all(depth)
            if part is not None:
                parts.append(part)
            word = self.peek()
            if word.kind == "word" and word.text in ("OR", "|"):
                self.at += 1
                after = self.peek()
                if part is None or after.kind in ("end", "close") or after.text in ("OR", "|"):
                    self.tell(word.start, len(word.text), "OR needs something on both sides; it is ignored.")
                continue
            break
        flat = [inner for part in parts for inner in (part.parts if isinstance(part, queries.Or) else (part,))]
        return queries.Or(tuple(flat)) if len(flat) > 1 else flat[0] if flat else None

    def all(self, depth: int) -> queries.Query | None:
        """Parts beside each other."""
        parts: list[queries.Query | None] = []
        while (piece := self.peek()).kind not in ("end", "close"):
            if piece.kind == "word" and piece.text in ("OR", "|"):
                break
            if piece.kind == "word" and piece.text in ("AND", "&&", "+"):
                self.at += 1
            elif piece.kind == "word" and _NEAR.fullmatch(piece.text):
                parts.append(self.near(piece, parts.pop() if parts else None))
            else:
                parts.append(self.one(depth))
        return join(parts)

    def near(self, piece: QueryPiece, left: queries.Query | None) -> queries.Query | None:
        """Tie the operands before and after `NEAR/5` together when both are words or phrases."""
        self.at += 1
        match = _NEAR.fullmatch(piece.text)
        number = match[1] if match else ""
        distance = int(number[:4]) if number else NEAR
        if not 1 <= distance <= WIDEST:
            distance = min(max(distance, 1), WIDEST)
            self.tell(piece.start, len(piece.text), f"NEAR takes 1 to {WIDEST} words; {distance} is taken.")
        following = self.peek()
        usual = following.kind in ("word", "quote") and not _NEAR.fullmatch(following.text) and following.text != "OR"
        typing, self.typing = self.typing, False
        right = self.one(0) if usual else None
        self.typing = typing
        if isinstance(left, queries.Word | queries.Phrase) and isinstance(right, queries.Word | queries.Phrase):
            return queries.Near(left, right, distance)
        self.tell(
            piece.start, len(piece.text), "NEAR needs a word or a phrase on both sides; all are searched for anyhow."
        )
        return join([left, right])

    def one(self, depth: int) -> queries.Query | None:
        """A word, a phrase, a field, a parenthesis, or one of them negated."""
        piece = self.peek()
        self.at += 1
        if piece.kind == "minus" or (piece.kind == "word" and piece.text == "NOT"):
            return self.without(piece, depth)
        if piece.kind == "open":
            return self.group(piece, depth)
        if piece.kind == "word":
            return self.counted(piece, self.word(piece))
        if piece.kind == "quote":
            return self.counted(piece, self.phrase(piece))
        return self.counted(piece, self.field(piece))

    def without(self, piece: QueryPiece, depth: int) -> queries.Query | None:
        if self.peek().kind in ("end", "close", "minus"):
            self.tell(piece.start, len(piece.text), "Nothing follows that could be left out.")
            return None
        typing, self.typing = self.typing, False
        part = self.one(depth)
        self.typing = typing
        return (
            queries.Not(part) if part is not None and not isinstance(part, queries.Not) else part.part if part else None
        )

    def group(self, piece: QueryPiece, depth: int) -> queries.Query | None:
        if depth >= DEPTH:
            self.tell(piece.start, 1, f"Parentheses stand in each other at most {DEPTH} deep; this one is ignored.")
            return None
        part = self.either(depth + 1)
        if self.peek().kind == "close":
            self.at += 1
            if part is None:
                self.tell(piece.start, 2, "There is nothing in these parentheses.")
        elif not self.typing:
            self.tell(piece.start, 1, "This parenthesis is not closed; it is taken to end with the query.")
        return part

    def counted(self, piece: QueryPiece, query: queries.Query | None) -> queries.Query | None:
        if query is None:
            return None
        self.terms += 1
        if self.terms > TERMS:
            if self.terms == TERMS + 1:
                self.tell(piece.start, len(self.text) - piece.start, f"Only the first {TERMS} terms are searched for.")
            return None
        return query

    def word(self, piece: QueryPiece) -> queries.Query | None:
        start = piece.start
        text = piece.text.lstrip("*~")
        core = text.rstrip("*~0123456789") if "~" in text else text.rstrip("*")
        ending = text[len(core.rstrip("*~")) :] if "~" not in text else text[text.index("~") :]
        core = core.rstrip("*~")
        if not chunks(core).search(core):
            if piece.text.strip(_DASHES):
                self.tell(start, len(piece.text), f"There is no letter or digit in {piece.text[:20]} to search for.")
            return None
        if len(text) < len(piece.text) or "*" in core or "~" in core:
            self.tell(start, len(piece.text), "A star or tilde counts only at the end of a word; others are ignored.")
            core = re.sub(r"[*~]+", " ", core).strip()
            return queries.Phrase(core)
        self.tell_of_signs(piece, core)
        if ":" in core:
            core = core.strip(":")
        if ending.startswith("~"):
            if ending != "~":
                self.tell(start + len(piece.text) - len(ending), len(ending), "A tilde allows for one letter, no more.")
            return queries.Fuzzy(core)
        if ending or (self.typing and start + len(piece.text) == len(self.text)):
            return queries.Prefix(core)
        return queries.Phrase(core) if ":" in core or core[:1] in _DASHES else queries.Word(core)

    def tell_of_signs(self, piece: QueryPiece, core: str) -> None:
        """Say what is searched for when a word has signs that are no part of it, such as `C++` and `@name`."""
        words = chunks(core)
        signs = "".join(dict.fromkeys(sign for sign in words.sub("", core) if sign not in _PUNCTUATION))
        if signs:
            read = " ".join(words.findall(core))
            self.tell(
                piece.start, len(piece.text), f"Signs such as {signs[0]} are not searched: {read} is searched for."
            )

    def phrase(self, piece: QueryPiece) -> queries.Query | None:
        closed = len(piece.text) > 1 and piece.text[-1] in _QUOTES
        text = " ".join(piece.text.strip(_QUOTES).split())
        if not chunks(text).search(text):
            if closed or not self.typing:
                self.tell(piece.start, len(piece.text), "There is nothing in these quotation marks to search for.")
            return None
        if closed or not self.typing:
            if not closed:
                self.tell(
                    piece.start, 1, "This quotation mark is not closed; the phrase is taken to end with the query."
                )
            return queries.Phrase(text)
        begun, _, last = text.rpartition(" ")
        ended = piece.text[-1:].isspace() or not chunks(last).search(last)
        if ended or not chunks(begun).search(begun):
            return queries.Phrase(text) if ended else queries.Prefix(last)
        return join([queries.Phrase(begun), queries.Prefix(last)])

    def field(self, piece: QueryPiece) -> queries.Query | None:
        name = piece.text[: -len(piece.value)] if piece.value else piece.text
        name = name.rstrip(":").lower()
        value = " ".join(piece.value.strip(_QUOTES).split())
        if name not in FIELDS:
            return self.no_field(piece, name, value)
        if not value:
            if not (self.typing and piece.start + len(piece.text) == len(self.text)):
                example = FIELDS[name].example
                self.tell(piece.start, len(piece.text), f"{name}: needs a value, such as {name}:{example}.")
            return None
        if name == "date":
            first, last, problem = range_of(value)
            if problem:
                self.tell(piece.start, len(piece.text), f"{problem}; the date is ignored.")
                return None
            return queries.Dates(first, last)
        chosen, problem = choice_of(FIELDS[name], value)
        if problem:
            self.tell(piece.start, len(piece.text), problem)
        return queries.Field(name, (chosen,)) if chosen else None

    def no_field(self, piece: QueryPiece, name: str, value: str) -> queries.Query | None:
        typed = self.typing and piece.start + len(piece.text) == len(self.text)
        if (value or not typed) and not value.startswith("//"):
            near = get_close_matches(name, FIELDS, 1, 0.6)
            hint = f"did you mean {near[0]}:?" if near else f"there are {', '.join(FIELDS)}."
            self.tell(piece.start, len(name) + 1, f"There is no field {name}: it is searched for as words; {hint}")
        if not value:
            return queries.Word(piece.text.partition(":")[0])
        return queries.Phrase(" ".join(piece.text.strip(":").replace(piece.value, f" {value}").split()))
