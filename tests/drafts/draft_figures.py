"""How far the rules agree with the annotated articles of `tests/data/drafts`; used by a test and by the benchmark."""

import json
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from dossier.drafts.engine import draft_article
from dossier.drafts.records import DraftInput

DATA = Path(__file__).resolve().parents[1] / "data" / "drafts"
HALVES = ("tuned", "untouched", "second-tuned", "second-untouched")


@dataclass
class Figures:
    """Counts of one half."""

    gold: int = 0
    found: int = 0
    right: int = 0
    proposed: int = 0
    good: int = 0
    labels: int = 0
    """Labels and doubts in marks that were proposed as quotes of a speaker."""
    tiers: Counter = field(default_factory=Counter)
    tiers_right: Counter = field(default_factory=Counter)
    rules: Counter = field(default_factory=Counter)
    rules_right: Counter = field(default_factory=Counter)
    paraphrases: int = 0
    paraphrases_found: int = 0
    paraphrases_proposed: int = 0
    paraphrases_right: int = 0
    words: int = 0
    seconds: float = 0.0


def share(part, whole):
    """Per cent."""
    return 100 * part / whole if whole else 0.0


def same_speaker(name, wanted):
    """Return whether a proposed name is one of those in the annotation: by its last word, as people are named on."""
    return any(one.split()[-1].lower().rstrip("s") in name.lower() for one in wanted)


def measure(half):
    """The figures of one half. A stretch in marks of which the annotation leaves open who says it counts nowhere."""
    figures = Figures()
    for article in json.loads((DATA / f"wikinews-{half}.json").read_text(encoding="utf-8"))["articles"]:
        text = article["text"]
        begun = time.perf_counter()
        drafts = draft_article(DraftInput(text, "en", article["date"]))
        figures.seconds += time.perf_counter() - begun
        figures.words += len(text.split())
        marked = [(one["start"], one["end"]) for one in article["quotes"]]
        kinds = [[], []]
        for draft in drafts:
            if draft.kind == "quote" and draft.rule != "transcript":  # the annotation leaves out turns of interviews
                direct = text[draft.start - 1] in '"“' or any(start == draft.start for start, _ in marked)
                kinds[direct].append(draft)
        _count_quotes(figures, article, kinds[True])
        _count_paraphrases(figures, article, kinds[False])
    return figures


def _count_quotes(figures, article, drafts):
    for gold in article["quotes"]:
        hits = [draft for draft in drafts if draft.start < gold["end"] and draft.end > gold["start"]]
        if gold["speaker"] is None:
            figures.labels += any(draft.speaker is not None for draft in hits)
        if not gold["speaker"]:
            continue
        figures.gold += 1
        if not hits:
            continue
        draft = hits[0]
        right = draft.speaker is not None and same_speaker(draft.speaker.name, gold["speaker"])
        figures.found += 1
        figures.right += right
        figures.tiers[draft.tier] += 1
        figures.tiers_right[draft.tier] += right
        figures.rules[draft.rule] += 1
        figures.rules_right[draft.rule] += right
    for draft in drafts:
        figures.proposed += 1
        figures.good += any(
            one["speaker"] is not None and draft.start < one["end"] and draft.end > one["start"]
            for one in article["quotes"]
        )


def _count_paraphrases(figures, article, drafts):
    """Count by overlap: the second annotation marks whole sentences, so that it tells nothing of edges within one."""
    gold = article["paraphrases"]
    figures.paraphrases += len(gold)
    found = set()
    for draft in drafts:
        hits = [number for number, one in enumerate(gold) if _overlap(draft, one)]
        speaker = draft.speaker.name if draft.speaker is not None else ""
        right = [number for number in hits if same_speaker(speaker, gold[number]["speaker"])]
        found.update(hits)
        figures.paraphrases_proposed += 1
        figures.paraphrases_right += bool(right)
    figures.paraphrases_found += len(found)


def _overlap(draft, one):
    shared = min(draft.end, one["end"]) - max(draft.start, one["start"])
    return shared > 0.5 * min(one["end"] - one["start"], draft.end - draft.start)
