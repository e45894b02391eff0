"""Resolve an anchor in a text that may have changed since it was locked: every rule, every number.

The order is that of the format (format.md, "Anchors"):

1. The article is the one that was locked, byte for byte: the locked place. **exact**
2. The words stand at one place between the locked 32 characters before and behind. **exact** when the paragraph is the
   locked one, or the offset is; else **moved**. If several places had the same surroundings already when it was locked,
   the surroundings do not decide.
3. The locked surroundings still stand, in order and near, with other words between them: **reworded**, whatever else
   the old words now occur in; **missing** when nothing is between them.
4. The words stand once, and a part of the locked surroundings stands beside them, or nothing is left of the locked
   surroundings anywhere. **moved**, or **exact** at the same offset.
5. The words are gone, and a stretch beside a part of the locked surroundings is most like the locked passage (before,
   words, behind; word by word): by at least `MIN_SIMILARITY`, and ahead of the next by at least `MIN_MARGIN`.
   **reworded**. Two that are nearly as like are a tie: **ambiguous**. What stood elsewhere in the locked text already
   is not taken for it.
6. The words stand several times and nothing chooses. **ambiguous**
7. **missing**

An equal offset proves nothing in a changed article: the surroundings have to agree all the same. What has no line in
the lock is held against the versions of the article that were kept when it was revised, if there are any.

The 32 characters are the format's. Likeness is 1 less the cost of turning the passage into the stretch (Sellers 1980,
`dossier.model.similarity`) over the letters of the passage. `MIN_SIMILARITY` and `MIN_MARGIN` are ours, measured on
passages of 3 to 40 words of American government releases of 2021 (`benchmarks/anchors.py --scores`): where a passage
was deleted with what stood around it, the best likeness left was 0.40 or less in 99 of 100 cases; where every tenth
word was another and one side of its surroundings too, the right place had 0.55 and more in 95 of 100, and a lead of
0.23.
"""

import hashlib
from collections.abc import Sequence

from msgspec.structs import replace

from dossier.model.anchor_search import MAX_PLACES, in_context, in_whole_words, judge, locate, places
from dossier.model.anchors import AnchorMatch, Evidence
from dossier.model.article_text import ArticleText
from dossier.model.entries import Anchor
from dossier.model.folding import Folded, fold
from dossier.model.locked import CONTEXT, Locked
from dossier.model.quotations import QuotationMatch
from dossier.model.similarity import Likeness, similarity
from dossier.model.surroundings import LockedContext

MIN_SIMILARITY = 0.5
"""The least likeness, from 0 to 1, at which other words are taken for those of the locked place."""

PARTLY_OTHER = ", in partly other surroundings"
NOTHING_LEFT = "; nothing of what stood around it is left"
"""Reason added where evidence has moved and its surroundings have not moved with it."""

CHANGED_BESIDE = "other words stand beside it in its paragraph than when it was locked"
"""Reason added to evidence in its old place whose context has changed: it may have another speaker now."""

MAX_GAP = 24
"""Maximum distance, in characters, between a reworded stretch and its surroundings."""

MIN_MARGIN = 0.1
"""By how much the likeness must exceed that of the next best place; less is a tie."""


class Text(ArticleText):
    """An article's text in which anchors are looked for."""

    def find(self, owner: str, wanted: Anchor) -> AnchorMatch:
        """Resolve an anchor in this text. `wanted` must name its article."""
        line = self.line(owner, wanted)
        if line is not None:
            return self._resolve_locked(wanted, line)
        found = locate(self.folded, wanted)
        for version, text in self._versions:
            then = locate(text.folded, wanted)
            if then.status == "exact":
                line = text.lock(owner, 0, wanted, *then.spans[0])
                again = self._resolve_changed(wanted, line)
                if again.status == "exact":
                    return again
                return AnchorMatch(again.status, again.spans, f"{again.why}; as against {version.name}")
        return found

    def lock(self, owner: str, ordinal: int, wanted: Anchor, start: int, end: int) -> Locked:
        """The line that holds an anchor found at `start` to `end`."""
        text = self.original
        words = text[start:end]
        line = Locked(
            owner,
            ordinal,
            wanted.article,
            start,
            end,
            words,
            text[max(start - CONTEXT, self.body) : start],
            text[end : end + CONTEXT],
            self._sha256,
            wanted.before,
            wanted.after,
            wanted.occurrence,
            given="" if words == wanted.text or fold(words) == fold(wanted.text) else wanted.text,
            paragraph=self._paragraph_digest(start, end),
        )
        everywhere = places(self.folded, wanted.text)
        if len(everywhere) <= 1:
            return line
        around = LockedContext(self._written, line)
        return replace(line, alike=sum(around.enclose(*self._spans_in_markup(one)) for one in everywhere))

    def _resolve_locked(self, wanted: Anchor, line: Locked) -> AnchorMatch:
        text, start, end = self.original, line.start, line.end
        if line.sha256 != self._sha256:
            return self._resolve_changed(wanted, line)
        around = text[max(start - CONTEXT, self.body) : start] == line.before
        if around and text[end : end + CONTEXT] == line.after and text[start:end] == line.text:
            if not line.given:
                return AnchorMatch("exact", ((start, end),))
            for one in places(self.folded, wanted.text):
                if self._spans([one]) == ((start, end),):
                    return judge(self.folded, one, ((start, end),))
        return locate(self.folded, wanted)  # such a line was not written by us

    def _resolve_changed(self, wanted: Anchor, line: Locked) -> AnchorMatch:
        """Resolve a locked anchor in a changed text."""
        words = fold(wanted.text)
        everywhere = places(self.folded, wanted.text)
        chosen = [one for one in everywhere if in_context(self.folded, one.start, one.end, wanted)]
        around = LockedContext(self._written, line)
        same = [one for one in chosen if around.enclose(*self._spans_in_markup(one))] if line.alike == 1 else []
        if len(same) == 1:
            return self._match_with_note(same[0], line, "")
        if not same:
            held = [self._spans_in_plain(*one) for one in around.enclosed(line.end - line.start)]
            inside = [one for one in chosen if self._is_in_context(one, held)]
            if len(inside) == 1 and len(held) == 1 and line.alike == 1:
                return self._match_with_note(inside[0], line, ", with other marks beside it")
            if held and not inside:
                return self._reworded_in_context(held, words, everywhere)
            if len(chosen) == 1 and (changed := self._reads_otherwise(chosen[0], line, around)):
                return self._reworded_in_context([changed], words, everywhere)
        if len(chosen) == 1 and wanted.occurrence <= 1:
            return self._judge_only_place(chosen[0], words, line, around)
        if len(chosen) > 1:
            if len(same) > 1:
                why = f"the words stand at {len(same)} places between the same surroundings as those locked"
                return AnchorMatch("ambiguous", self._spans(same), why)
            why = f"the words stand at {len(chosen)} places, none of them to be recognised by its surroundings"
            return AnchorMatch("ambiguous", self._spans(chosen), why)
        return self._most_similar_span(words, line, around) or locate(self.folded, wanted)

    def _reads_otherwise(self, one: QuotationMatch, line: Locked, around: LockedContext) -> tuple[int, int] | None:
        """Return the one stretch between what stood next to the words, where other words are between it now."""
        held = [self._spans_in_plain(*stretch) for stretch in around.nearly_enclosed(line.end - line.start)]
        if len(held) != 1 or self._is_in_context(one, held):
            return None
        unchanged = bool(line.paragraph) and line.paragraph == self._paragraph_digest(*self._spans([one])[0])
        return None if unchanged else held[0]

    def _judge_only_place(self, one: QuotationMatch, words: str, line: Locked, around: LockedContext) -> AnchorMatch:
        """Judge words that stand once, but not between the locked surroundings."""
        written = self._spans_in_markup(one)
        unchanged = bool(line.paragraph) and line.paragraph == self._paragraph_digest(*self._spans([one])[0])
        if unchanged or around.hold(*written):
            changed = not unchanged and (around.changed_beside(*written) or around.changed_in_sentence(*written))
            return self._match_with_note(one, line, PARTLY_OTHER + (f"; {CHANGED_BESIDE}" if changed else ""))
        if not around.survive_apart_from(*written):
            return self._match_with_note(one, line, NOTHING_LEFT)
        reworded = self._most_similar_span(words, line, around)
        if reworded is not None and reworded.status != "ambiguous":
            return AnchorMatch(reworded.status, reworded.spans, reworded.why + self._other_places_note([one]))
        return AnchorMatch(
            "missing", (), "what stood around the words is still there, without them" + self._other_places_note([one])
        )

    def _match_with_note(self, one: QuotationMatch, line: Locked, note: str) -> AnchorMatch:
        spans = self._spans([one])
        found = judge(self.folded, one, spans)
        start, end = spans[0]
        same = start == line.start and note != NOTHING_LEFT
        same = same or (bool(line.paragraph) and line.paragraph == self._paragraph_digest(start, end))
        if found.status != "exact":
            return found
        if same:
            beside = CHANGED_BESIDE if CHANGED_BESIDE in note else ""
            return AnchorMatch("exact", spans, "; ".join(filter(None, (found.why, beside))))
        return AnchorMatch("moved", spans, f"it was at {line.start} when it was locked{note}")

    def _is_in_context(self, one: QuotationMatch, held: Sequence[tuple[int, int]]) -> bool:
        """Return whether words still stand between the locked surroundings, with nothing but marks put in."""
        text = self.folded.text
        return any(
            first <= one.start
            and one.end <= last
            and not any(map(str.isalnum, text[first : one.start] + text[one.end : last]))
            for first, last in held
        )

    def _reworded_in_context(
        self, held: Sequence[tuple[int, int]], words: str, everywhere: Sequence[QuotationMatch]
    ) -> AnchorMatch:
        """The words that the locked surroundings enclose instead of the words."""
        spoken = [(start, end) for start, end in held if any(map(str.isalnum, self.folded.text[start:end]))]
        note = self._other_places_note(everywhere)
        if not spoken:
            why = "the words were taken out; what stood around them is still there"
            return AnchorMatch("missing", (), why + note)
        if len(spoken) > 1:
            spans = tuple((self.folded.start(start), self.folded.end(end)) for start, end in spoken[:MAX_PLACES])
            why = f"other words stand between the locked surroundings at {len(spoken)} places"
            return AnchorMatch("ambiguous", spans, why + note)
        found = self._reworded_match(*spoken[0], words, "the locked place reads differently now" + note)
        return found or AnchorMatch("missing", (), "the words stand there only as parts of longer words" + note)

    def _most_similar_span(self, words: str, line: Locked, around: "LockedContext") -> AnchorMatch | None:
        """The stretch beside a part of the locked surroundings that is most like the locked passage, if it is so."""
        passage = (Folded(line.before).text, words, Folded(line.after).text)
        alike = [
            one
            for one in similarity(self.words, *passage)
            if one.start < one.end
            and any(around.touch(*self._spans_in_markup(QuotationMatch(one.start, one.end)), MAX_GAP))
            and not self._was_in_locked_text(one, words, line)
        ]
        if not alike or alike[0].score < MIN_SIMILARITY:
            return None
        best = [one for one in alike if alike[0].score - one.score < MIN_MARGIN]
        if len(best) > 1:
            scores = ", ".join(f"{one.score:.2f}" for one in best)
            spans = tuple((self.folded.start(one.start), self.folded.end(one.end)) for one in best[:MAX_PLACES])
            return AnchorMatch("ambiguous", spans, f"the words are gone; {len(best)} places are like them ({scores})")
        why = f"the locked place reads differently now (likeness {best[0].score:.2f})"
        return self._reworded_match(best[0].start, best[0].end, words, why)

    def _was_in_locked_text(self, found: Likeness, words: str, line: Locked) -> bool:
        """Return whether a stretch stood in the locked text already, as another passage."""
        stretch = self.folded.text[found.start : found.end]
        return stretch != words and any(
            stretch in text.folded.text for version, text in self._versions if _digest(version.text) == line.sha256
        )

    def _reworded_match(self, start: int, end: int, words: str, why: str) -> AnchorMatch | None:
        text = self.folded
        start, end = in_whole_words(text, start, end)
        if text.text[start:end] == words:
            return None
        return AnchorMatch("reworded", ((text.start(start), text.end(end)),), why)


def in_other_surroundings(evidence: Evidence) -> bool:
    """Return whether evidence has moved and its surroundings have not moved with it: a person has to look."""
    return evidence.status == "moved" and (PARTLY_OTHER in evidence.why or NOTHING_LEFT in evidence.why)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
