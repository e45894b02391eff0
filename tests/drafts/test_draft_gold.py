"""The rules against articles that were annotated by hand before any rule was written."""

import json

import pytest
from draft_figures import DATA, HALVES, measure, share

from dossier.drafts.engine import draft_article
from dossier.drafts.records import DraftInput

SPEAKERS_RIGHT = {"tuned": 93, "untouched": 93, "second-tuned": 93, "second-untouched": 92}
PARAPHRASES_RIGHT = {"tuned": 88, "untouched": 85, "second-tuned": 90, "second-untouched": 90}


@pytest.mark.parametrize("half", HALVES)
def test_speakers_tiers_and_paraphrases_are_as_good_as_docs_drafts_promises(half):
    figures = measure(half)
    assert figures.gold > 100
    assert share(figures.right, figures.gold) >= SPEAKERS_RIGHT[half]
    assert share(figures.tiers_right["sure"], figures.tiers["sure"]) >= 95
    assert share(figures.good, figures.proposed) >= 97
    assert figures.labels <= 2
    assert share(figures.paraphrases_right, figures.paraphrases_proposed) >= PARAPHRASES_RIGHT[half]


@pytest.mark.parametrize("half", HALVES)
def test_what_is_proposed_are_always_words_of_the_article(half):
    for article in json.loads((DATA / f"wikinews-{half}.json").read_text(encoding="utf-8"))["articles"]:
        text = article["text"]
        for draft in draft_article(DraftInput(text, "en", article["date"])):
            at = draft.start
            for piece in draft.text.split(" … "):
                at = text.index(piece, at) + len(piece)
            assert at == draft.end
            if draft.speaker is not None:
                assert 0 <= draft.speaker.start < draft.speaker.end <= len(text)


@pytest.mark.parametrize("half", HALVES)
def test_the_annotation_points_at_its_words_and_names_its_source(half):
    data = json.loads((DATA / f"wikinews-{half}.json").read_text(encoding="utf-8"))
    assert "CC BY 2.5" in data["licence"]
    for article in data["articles"]:
        assert article["url"].startswith("https://en.wikinews.org/")
        for one in [*article["quotes"], *article["paraphrases"]]:
            assert article["text"][one["start"] : one["end"]].startswith(one["text"])
