"""Forty sentences each of French, German, Spanish and Chinese, written for this test after the manner of their press."""

import json

import pytest
from draft_figures import DATA

from dossier.drafts.engine import draft_article
from dossier.drafts.records import DraftInput

SENTENCES = json.loads((DATA / "sentences.json").read_text(encoding="utf-8"))
LEAST = {"fr": 26, "de": 31, "es": 34, "zh": 28}
"""Sentences whose speaker is found; attributions inside the marks and verbs in two parts are mostly what is missed."""


def speakers(text, language):
    return [
        one.speaker.name for one in draft_article(DraftInput(text, language)) if one.kind == "quote" and one.speaker
    ]


@pytest.mark.parametrize("language", SENTENCES)
def test_most_speakers_are_found_and_hardly_one_is_wrong(language):
    found, wrong = 0, []
    for text, who in SENTENCES[language]:
        names = speakers(text, language)
        if who is not None and names and (names[0] in who or who in names[0]):
            found += 1
        elif names and who is not None:
            wrong.append((text, names[0]))
    assert len(wrong) <= 1, wrong
    assert found >= LEAST[language]


@pytest.mark.parametrize("language", SENTENCES)
def test_no_draft_of_a_language_that_was_not_measured_is_sure(language):
    tiers = [draft.tier for text, _ in SENTENCES[language] for draft in draft_article(DraftInput(text, language))]
    assert tiers
    assert "sure" not in tiers
