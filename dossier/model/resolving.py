"""How an anchor is found again in a text that may have changed since it was locked: every rule, every number.

The order is that of the format (format.md, "Anchors"):

1. The article is the one that was locked, byte for byte: the locked place. **exact**
2. The words stand once under what the author named before and after them. **exact**, or **moved** when the lock has
   another offset.
3. They stand several times, and just one of these places has the locked 32 characters before and behind it. **moved**.
   When several places were alike in that already when it was locked, the surroundings cannot decide and do not.
4. The words are gone, and their place is still to be recognised. **reworded**
   a) The locked characters before and behind each stand once, in order, no further apart than `GAP`; or
   b) the stretch most like the locked passage (before, words, behind; word by word) is so by at least `LEAST`, and
      ahead of the next by at least `LEAD`. Two that are nearly as like are a tie: **ambiguous**.
5. The words stand several times and nothing chooses. **ambiguous**
6. **missing**

An equal offset proves nothing in a changed article: rule 3 asks for the surroundings all the same. What has no line in
the lock is held against the versions of the article that were kept when it was revised, if there are any.

The 32 characters are the format's. Likeness is 1 less the cost of turning the passage into the stretch (Sellers 1980,
`dossier.model.resembling`) over the letters of the passage. `LEAST` and `LEAD` are ours, measured on passages of 3 to
40 words of American government releases of 2021 (`benchmarks/anchors.py --scores`): where a passage was deleted with
what stood around it, the best likeness left was 0.40 or less in 99 of 100 cases; where every tenth word was another and
one side of its surroundings too, the right place had 0.55 and more in 95 of 100, and a lead of 0.23.
"""

from collections.abc import Callable, Sequence
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from dossier.model.anchors import PLACES_TOLD, Found, in_context, locate, occurrences
from dossier.model.articles import body_start
from dossier.model.entries import Wanted
from dossier.model.folding import Folded, fold
from dossier.model.resembling import Likeness, Words, resembling, words_of

CONTEXT = 32
"""Characters before and behind the words that the lock keeps (format.md, "Anchors")."""

LEAST = 0.5
"""The least likeness, from 0 to 1, at which other words are taken for those of the locked place."""

LEAD = 0.1
"""By how much the likeness must exceed that of the next best place; less is a tie."""

GAP = 3.0
"""How many times as long as the locked words, and 100 characters more, what stands between its surroundings may be."""

TELLING = 8
"""The fewest characters before, and behind, that recognise a place by themselves."""


class Locked(Struct, frozen=True, gc=False, omit_defaults=True):
    """One line of `dossier.lock`: where an anchor was found, in which bytes, between what."""

    owner: str
    """Id of the entry, or key of the link, that rests on it."""
    ordinal: int
    """Which of its owner's anchors it was, from 0; for eyes and for the order of lines."""
    article: str
    """Id of the article."""
    start: int
    """Offset in the article, in characters."""
    end: int
    """Offset behind the last character."""
    text: str
    """The words, as they stand in the article."""
    before: str
    """Up to 32 characters before them."""
    after: str
    """Up to 32 characters behind them."""
    sha256: str
    """Of the article's bytes, in hexadecimal digits."""
    given_before: str = ""
    """The words before that the author named."""
    given_after: str = ""
    """The words behind that the author named."""
    occurrence: int = 0
    """Which occurrence the author named, from 1; 0 when none."""
    alike: int = 1
    """At how many places of the article the words stood between the same surroundings."""

    def speaks_of(self, owner: str, wanted: Wanted, words: str) -> bool:
        """Whether it is about this anchor: same owner, same article, same words (folded), chosen in the same way.

        The ordinal takes no part: another anchor written before this one does not make it another.
        """
        return (
            self.owner == owner
            and self.occurrence == wanted.occurrence
            and self.given_before == wanted.before
            and self.given_after == wanted.after
            and self.article == wanted.article
            and (self.text == wanted.text or fold(self.text) == words)
        )


class Version(Struct, frozen=True):
    """An earlier text of an article, kept when it was revised."""

    name: str
    """Its path in the dossier's folder."""
    text: str


class Text:
    """An article's text in which anchors are looked for; folded and taken apart only when that is needed."""

    def __init__(
        self,
        original: str,
        sha256: str,
        lines: Sequence[Locked] = (),
        versions: Callable[[], Sequence[Version]] = tuple,
        *,
        front: bool = True,
    ) -> None:
        """Take the text, the digest of its bytes, the lines of the lock about it, and its versions, latest first.

        `front` says whether it may begin with front matter.
        """
        self._front = front
        self.original = original
        self._sha256 = sha256
        self._lines: dict[str, list[Locked]] = {}
        for line in lines:
            self._lines.setdefault(line.owner, []).append(line)
        self._read_versions = versions

    @cached_property
    def folded(self) -> Folded:
        """The text in folded form; front matter is no part of an article's words and is blank."""
        body = self.body
        return Folded(" " * body + self.original[body:] if body else self.original)

    @cached_property
    def body(self) -> int:
        """The offset behind the front matter; 0 when there is none."""
        return body_start(self.original, front=self._front)

    @cached_property
    def words(self) -> Words:
        """The folded text word by word."""
        return words_of(self.folded.text)

    @cached_property
    def _versions(self) -> list[tuple[Version, "Text"]]:
        return [(version, Text(version.text, "", front=self._front)) for version in self._read_versions()]

    def find(self, owner: str, wanted: Wanted) -> Found:
        """What is to be said of an anchor in this text. `wanted` must name its article."""
        line = self.line(owner, wanted)
        if line is not None:
            return self._as_locked(wanted, line)
        found = locate(self.folded, wanted)
        if found.status == "exact":
            return found
        for version, text in self._versions:
            then = locate(text.folded, wanted)
            if then.status == "exact":
                line = text.lock(owner, 0, wanted, *then.spans[0])
                again = self._since(wanted, line)
                return Found(again.status, again.spans, f"{again.why}; as against {version.name}")
        return found

    def line(self, owner: str, wanted: Wanted) -> Locked | None:
        """The line of the lock about an anchor; None when there is none."""
        lines = self._lines.get(owner)
        if not lines:
            return None
        words = fold(wanted.text)
        return next((line for line in lines if line.speaks_of(owner, wanted, words)), None)

    def lock(self, owner: str, ordinal: int, wanted: Wanted, start: int, end: int) -> Locked:
        """The line that holds an anchor found at `start` to `end`."""
        text = self.original
        line = Locked(
            owner,
            ordinal,
            wanted.article,
            start,
            end,
            text[start:end],
            text[max(start - CONTEXT, self.body) : start],
            text[end : end + CONTEXT],
            self._sha256,
            wanted.before,
            wanted.after,
            wanted.occurrence,
        )
        everywhere = occurrences(self.folded.text, fold(wanted.text))
        return line if len(everywhere) <= 1 else replace(line, alike=len(self._between(everywhere, line)))

    def _as_locked(self, wanted: Wanted, line: Locked) -> Found:
        text, start, end = self.original, line.start, line.end
        if line.sha256 != self._sha256:
            return self._since(wanted, line)
        around = text[max(start - CONTEXT, self.body) : start] == line.before
        if around and text[end : end + CONTEXT] == line.after and text[start:end] == line.text:
            return Found("exact", ((start, end),))
        return locate(self.folded, wanted)  # such a line was not written by us

    def _since(self, wanted: Wanted, line: Locked) -> Found:
        """What became of a locked anchor in a changed text."""
        folded, words = self.folded.text, fold(wanted.text)
        everywhere = occurrences(folded, words)
        chosen = [at for at in everywhere if in_context(folded, at, at + len(words), wanted)]
        if len(chosen) == 1 and wanted.occurrence <= 1:
            return self._again(chosen[0], words, line)
        same = self._between(chosen, line) if line.alike == 1 else []
        if len(same) == 1:
            return self._again(same[0], words, line)
        if len(chosen) > 1:
            if len(same) > 1:
                why = f"the words stand at {len(same)} places between the same surroundings as those locked"
                return Found("ambiguous", self._spans(same, words), why)
            why = f"the words stand at {len(chosen)} places, none of them to be recognised by its surroundings"
            return Found("ambiguous", self._spans(chosen, words), why)
        return self._other_words(words, line) or locate(self.folded, wanted)

    def _again(self, at: int, words: str, line: Locked) -> Found:
        spans = self._spans([at], words)
        if spans[0][0] == line.start:
            return Found("exact", spans)
        elsewhere = "" if self._between([at], line) else ", in other surroundings"
        return Found("moved", spans, f"it was at {line.start} when it was locked{elsewhere}")

    def _spans(self, found: list[int], words: str) -> tuple[tuple[int, int], ...]:
        text = self.folded
        return tuple((text.start(at), text.end(at + len(words))) for at in found[:PLACES_TOLD])

    def _between(self, places: list[int], line: Locked) -> list[int]:
        """Those of the places of the locked words that stand between the locked surroundings."""
        folded, length = self.folded.text, len(fold(line.text))
        before, after = Folded(line.before).text.strip(" "), Folded(line.after).text.strip(" ")
        return [
            at
            for at in places
            if folded[max(at - 2 * CONTEXT, 0) : at].rstrip(" ").endswith(before)
            and folded[at + length : at + length + 2 * CONTEXT].lstrip(" ").startswith(after)
        ]

    def _other_words(self, words: str, line: Locked) -> Found | None:
        """What stands at the locked place when the words do not; None when the place is not to be recognised."""
        held = self._held(words, line)
        if held is not None:
            start, end = held
            if not any(map(str.isalnum, self.folded.text[start:end])):
                return Found("missing", (), "the words were taken out; what stood around them is still there")
            return self._reworded([Likeness(1.0, start, end)], words, "the locked place reads differently now")
        passage = (Folded(line.before).text, words, Folded(line.after).text)
        alike = resembling(self.words, *passage)
        if not alike or alike[0].score < LEAST:
            return None
        best = [one for one in alike if alike[0].score - one.score < LEAD]
        if len(best) > 1:
            scores = ", ".join(f"{one.score:.2f}" for one in best)
            spans = tuple((self.folded.start(one.start), self.folded.end(one.end)) for one in best[:PLACES_TOLD])
            return Found("ambiguous", spans, f"the words are gone; {len(best)} places are like them ({scores})")
        score = f"{best[0].score:.2f}"
        return self._reworded(best, words, f"the locked place reads differently now (likeness {score})")

    def _reworded(self, best: list[Likeness], words: str, why: str) -> Found | None:
        start, end = best[0].start, best[0].end
        if self.folded.text[start:end] == words:
            return None
        return Found("reworded", ((self.folded.start(start), self.folded.end(end)),), why)

    def _held(self, words: str, line: Locked) -> tuple[int, int] | None:
        """What stands between the locked surroundings, when each of them stands just once, in order and near."""
        folded = self.folded.text
        before, after = Folded(line.before).text.strip(" "), Folded(line.after).text.strip(" ")
        if min(len(before), len(after)) < TELLING or folded.count(before) != 1 or folded.count(after) != 1:
            return None
        start, end = folded.find(before) + len(before), folded.find(after)
        if not 0 <= end - start <= GAP * len(words) + 100:
            return None
        between = folded[start:end]
        return start + len(between) - len(between.lstrip(" ")), max(
            end - len(between) + len(between.rstrip(" ")), start
        )
