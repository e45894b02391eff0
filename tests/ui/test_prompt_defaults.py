"""A line for a quote begins with what drafts, the names in the words, and the last quote suggest."""

from types import SimpleNamespace

import pytest

from dossier.drafts.records import Draft, Speaker
from dossier.model.text_spans import TextSpan
from dossier.ui.work.article_drafts import ArticleDrafts
from dossier.ui.work.prompt_defaults import PromptDefaults
from dossier.ui.work.stretches import stretches

TEXT = (
    "Ada Byron spoke of tariffs. Lin Po said that steel and grain are open to talks, Ada Byron noted. “We will see.”\n"
)
KINDS = {"byron": "person", "po": "person", "tariffs": "issue", "steel": "issue", "grain": "issue"}


def span_of(words):
    start = TEXT.index(words)
    return TextSpan(start, start + len(words))


def view(text=TEXT, article="talks"):
    names = {"Ada Byron": "byron", "Lin Po": "po", "tariffs": "tariffs", "steel": "steel", "grain": "grain"}
    found = [
        SimpleNamespace(entry=entry, start=at, end=at + len(name))
        for name, entry in names.items()
        for at in range(len(TEXT))
        if TEXT.startswith(name, at)
    ]
    mentions = tuple(sorted(found, key=lambda one: one.start))
    return SimpleNamespace(entry=SimpleNamespace(id=article), text=text, mentions=mentions)


def draft(words, speaker, tier="sure"):
    span = span_of(words)
    return Draft("d", "quote", words, span.start, span.end, speaker, "paraphrase", "rule", tier)


def defaults(*drafts):
    made = PromptDefaults(lambda entry: KINDS.get(entry, ""))
    made.drafts = ArticleDrafts("talks", TEXT, drafts)
    return made


def test_issues_named_in_the_words_come_before_those_of_the_last_quote():
    made = defaults()
    made.remember(SimpleNamespace(kind="quote", values={"speaker": "po", "issues": ["tariffs", "!new"]}))
    assert made.issues(view(), span_of("steel and grain are open to talks")) == ("steel", "grain")
    assert made.issues(view(), span_of("We will see.")) == ("tariffs",)


def test_a_speaker_comes_from_a_draft_then_from_the_sentence_then_from_the_last_quote():
    words = span_of("steel and grain are open to talks")
    made = defaults()
    made.remember(SimpleNamespace(kind="quote", values={"speaker": "byron", "issues": []}))
    assert made.speaker(view(), words) == "po", "the first one named beside the words"
    assert made.speaker(view(), span_of("We will see.")) == "byron"
    made = defaults(draft("steel and grain", Speaker(id="", name="Max Roe", start=0, end=0)))
    assert made.speaker(view(), words) == "!Max Roe"
    made = defaults(draft("steel and grain", Speaker(id="byron", name="Ada Byron", start=0, end=0), "ask"))
    assert made.speaker(view(), words) == "", "a draft that leaves the speaker open gives nobody"


@pytest.mark.parametrize("open_now", [{"article": "another"}, {"text": TEXT + "One sentence more.\n"}])
def test_drafts_of_another_article_or_of_an_older_text_give_no_speaker(open_now):
    """Their places are elsewhere: the words of one person would be put down to another."""
    words = span_of("steel and grain are open to talks")
    made = defaults(draft("steel and grain", Speaker(id="", name="Max Roe", start=0, end=0)))
    assert made.speaker(view(**open_now), words) == "po"


def test_the_selection_stops_at_drafted_words_in_place_of_their_sentence():
    words = span_of("steel and grain are open to talks")
    assert [one.words(TEXT) for one in stretches(TEXT, [words])] == [
        "Ada Byron spoke of tariffs.", "steel and grain are open to talks", "We will see.",
    ]  # fmt: skip
