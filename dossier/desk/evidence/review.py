"""The review: the evidence that needs a look, one piece at a time, and the decisions on it.

A decision is a minimal edit of the YAML, of the lock, or of both, the YAML first: when the program ends between the
two, the decision stands in the YAML and only the memory of the place is missing. Each file is replaced whole or not at
all.
"""

import re
from collections.abc import Callable, Collection
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from dossier.desk.evidence.anchors import Anchored, put
from dossier.desk.evidence.corrections import nearest_places
from dossier.model.anchor_search import places as found_places
from dossier.model.anchors import Evidence
from dossier.model.articles import paragraph_at, paragraphs
from dossier.model.choosing import choosing_context
from dossier.model.folding import fold
from dossier.model.locked import Locked
from dossier.model.markdown_words import as_read
from dossier.model.problems import DossierError
from dossier.model.resolving import Text
from dossier.model.word_diff import Difference, differences
from dossier.store.sync import lockfile
from dossier.store.yaml.edits import choose, reword

if TYPE_CHECKING:
    from dossier.desk.desk import Desk

SHOWN = 160
"""How many characters around a place are shown."""

_BREAKS = re.compile("[ \t]*[\r\n\x0b\x0c\x85\u2028\u2029]\\s*")
_NOTHING = re.compile("[\u200b\u2060\ufeff\u00ad]")


class Candidate(Struct, frozen=True):
    """A place of an article that an anchor may mean."""

    start: int
    """Offset in the article, in characters."""
    end: int
    text: str
    """What stands there."""
    before: str
    """What stands before it, up to 160 characters."""
    after: str
    """What stands behind it, up to 160 characters."""
    paragraph: int
    """Which paragraph of the article, from 1."""
    same: bool
    """Whether its words are those of the anchor."""
    differences: tuple[Difference, ...] = ()
    """Where they differ from the anchor's words (old) to those here (new)."""
    words: str = ""
    """The words as they would be written: in one line, without markup."""


class ReviewItem(Struct, frozen=True):
    """A piece of evidence to look at."""

    anchored: Anchored
    old: str
    """The words that the evidence names."""
    candidates: tuple[Candidate, ...]
    """For moved and reworded evidence its place; for ambiguous evidence the first places; for missing evidence those
    most like it, if any."""
    locked: Locked | None = None
    """Where it was, as the lock has it."""

    @property
    def evidence(self) -> Evidence:
        """The match that was found for it."""
        return self.anchored.evidence

    @property
    def shifted(self) -> bool:
        """Return whether it has moved only because something else in the article became longer or shorter."""
        if self.evidence.status != "moved" or self.locked is None or not self.candidates:
            return False
        place = self.candidates[0]
        return place.before.endswith(self.locked.before) and place.after.startswith(self.locked.after)

    @property
    def key(self) -> tuple[str, int, str]:
        """The identity of an item: its owner, its number there, and the file in which it is written."""
        return self.evidence.owner, self.evidence.ordinal, self.evidence.wanted.place.file


class ReviewDecision(Struct, frozen=True):
    """A decision that was taken, and how to take it back."""

    says: str
    """What was decided, in one sentence."""
    files: tuple[tuple[str, str | None, str], ...]
    """Path, text before (None when there was no file) and text after, of each file changed."""


class Review:
    """A review of a dossier. Decisions can be taken back, the last one first, as long as it lives."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._anchoring = desk.anchoring
        self._taken: list[ReviewDecision] = []

    @property
    def taken(self) -> tuple[ReviewDecision, ...]:
        """The decisions that can be taken back, the last one last."""
        return tuple(self._taken)

    def items(self, article: str = "", *, shifted: bool = False) -> list[ReviewItem]:
        """Every item that needs a look, or those that point into one article, in the order in which they are written.

        What has merely `shifted` is told only when asked for.
        """
        unsound = [
            (number, one) for number, one in enumerate(self._anchoring.all(article)) if one.evidence.status != "exact"
        ]
        found: dict[int, ReviewItem] = {}
        named = lambda one: one[1].evidence.article  # noqa: E731 - to sort and to group by
        for source, of_source in groupby(sorted(unsound, key=named), key=named):
            text = self._text(source)  # one at a time: taken apart, a text takes some 25 times its file
            found |= {number: self._item(one, text) for number, one in of_source}
        return [item for _, item in sorted(found.items()) if shifted or not item.shifted]

    def _text(self, article: str) -> Text | None:
        try:
            return self._anchoring.text(article)
        except DossierError:  # told by the check
            return None

    def _item(self, anchored: Anchored, text: Text | None) -> ReviewItem:
        evidence = anchored.evidence
        if text is None:
            return ReviewItem(anchored, evidence.wanted.text, ())
        places = list(evidence.places)
        if evidence.start >= 0:
            places = [(evidence.start, evidence.end)]
        elif evidence.status == "missing":
            places = nearest_places(text, evidence.owner, evidence.wanted)
        ranges = paragraphs(text.original, text.body)
        own = {
            (text.folded.start(one.start), text.folded.end(one.end))
            for one in found_places(text.folded, evidence.wanted.text)
        }
        made = tuple(
            _candidate(text, start, end, evidence.wanted.text, paragraph_at(ranges, start), own)
            for start, end in places
        )
        return ReviewItem(anchored, evidence.wanted.text, made, text.line(evidence.owner, evidence.wanted))

    def accept_place(self, item: ReviewItem) -> ReviewDecision:
        """Hold moved evidence in the lock where it is now; an `occurrence` that has become another is written anew.

        Raises:
            DossierError: it has not moved, or something was changed meanwhile.

        """
        evidence = item.evidence
        if evidence.status != "moved":
            raise DossierError(f"{evidence.owner} has not moved; it is {evidence.status}.")
        chosen = item.candidates[0]
        says = f"{evidence.owner}: the new place in {evidence.article} is the right one."
        given: dict[str, str | int] = {}
        if evidence.wanted.occurrence:
            text = self._anchoring.text(evidence.article)
            given = choosing_context(text.folded, evidence.wanted, text.folded.position(chosen.start))
            if given.get("occurrence") == evidence.wanted.occurrence:
                given = {}
        return self._decide(item, says, (lambda file: choose(file, evidence.wanted.place, given)) if given else None)

    def accept_wording(self, item: ReviewItem, candidate: int = 0) -> ReviewDecision:
        """Make the words of a candidate the words of the evidence, and say which are meant if there are several such.

        Raises:
            DossierError: it is not there, or something was changed meanwhile, or the YAML cannot be edited so.

        """
        chosen, wanted = _candidate_at(item, candidate), item.evidence.wanted
        words = chosen.words
        text = self._anchoring.text(item.evidence.article).folded
        given = choosing_context(text, replace(wanted, text=words), text.position(chosen.start))

        def edit(file: str) -> str:
            file = reword(file, wanted.place, words)
            return choose(file, wanted.place, given) if given else file

        return self._decide(item, f"{item.evidence.owner}: the words are now “{words}”.", edit)

    def choose(self, item: ReviewItem, candidate: int) -> ReviewDecision:
        """Say in the YAML that one of several places with the same words is meant: by the words before or behind it
        where these tell it from the others, else by its number.

        Raises:
            DossierError: other words stand there, or something was changed meanwhile, or the YAML cannot be edited so.

        """
        chosen = _candidate_at(item, candidate)
        if not chosen.same:
            raise DossierError(
                f"{item.evidence.owner}: other words stand there; take them over as its wording instead."
            )
        evidence = item.evidence
        text = self._anchoring.text(evidence.article)
        given = choosing_context(text.folded, evidence.wanted, text.folded.position(chosen.start))
        says = f"{evidence.owner}: the words in ¶ {chosen.paragraph} of {evidence.article} are meant."
        return self._decide(item, says, lambda file: choose(file, evidence.wanted.place, given))

    def undo(self) -> ReviewDecision:
        """Take the last decision back.

        Raises:
            DossierError: there is none, or a file was changed since.

        """
        if not self._taken:
            raise DossierError("There is no decision to take back.")
        with self._desk.annotations.exclusive_write():
            return self._take_back()

    def _take_back(self) -> ReviewDecision:
        decision = self._taken[-1]
        for path, _, after in decision.files:
            if self._now(path) != after:
                raise DossierError(f"{path} was changed since; take the decision back by hand.")
        for path, before, _ in reversed(decision.files):
            if before is None:
                Path(self._anchoring.folder.root / path).unlink()
            else:
                put(self._anchoring.folder.root, path, before)
        self._taken.pop()
        self._desk.refresh()
        return decision

    def _decide(self, item: ReviewItem, says: str, edit: Callable[[str], str] | None) -> ReviewDecision:
        """Carry out a decision while nobody else writes: the edit of the YAML, then the line of the lock."""
        with self._desk.annotations.exclusive_write():
            return self._carry_out(item, says, edit)

    def _carry_out(self, item: ReviewItem, says: str, edit: Callable[[str], str] | None) -> ReviewDecision:
        owner, ordinal, file = item.key
        self._desk.refresh()
        if all(one.evidence != item.evidence for one in self._anchoring.all(item.evidence.article)):
            raise DossierError(f"{owner}: this was changed meanwhile; look at it again.")
        before = {path: self._now(path) for path in (file, lockfile.FILE)}
        if edit is not None:
            text = before[file]
            assert text is not None
            put(self._anchoring.folder.root, file, edit(text))
            self._desk.refresh()
        now = [one.evidence for one in self._anchoring.all() if _key(one.evidence) == (owner, ordinal, file)]
        self._anchoring.hold(one for one in now if one.sound)
        after = {path: self._now(path) for path in before}
        changed = [(path, before[path], now or "") for path, now in after.items() if now != before[path]]
        decision = ReviewDecision(says, tuple(changed))
        self._taken.append(decision)
        return decision

    def _now(self, path: str) -> str | None:
        if not (self._anchoring.folder.root / path).exists():
            return None
        return self._anchoring.read(path).decode()


def _key(evidence: Evidence) -> tuple[str, int, str]:
    return evidence.owner, evidence.ordinal, evidence.wanted.place.file


def _candidate_at(item: ReviewItem, candidate: int) -> Candidate:
    if not 0 <= candidate < len(item.candidates):
        raise DossierError(f"{item.evidence.owner} has no place {candidate + 1}; there are {len(item.candidates)}.")
    return item.candidates[candidate]


def _candidate(
    text: Text, start: int, end: int, wanted: str, paragraph: int, own: Collection[tuple[int, int]]
) -> Candidate:
    original = text.original
    words = original[start:end]
    before, after = original[max(start - SHOWN, 0) : start], original[end : end + SHOWN]
    same = (start, end) in own or fold(words) == fold(wanted)
    read = as_read(words) if text.markdown else words
    read = _NOTHING.sub("", _BREAKS.sub(" ", read))
    found = () if same else differences(wanted, words)
    return Candidate(start, end, words, before, after, paragraph, same, found, read)
