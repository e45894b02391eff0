"""Shapes of political news and of transcripts that the rules once took for something else."""

import pytest

from dossier.drafts.engine import draft_article
from dossier.drafts.records import DraftInput, KnownName


def quotes(text, language="en", **given):
    return [one for one in draft_article(DraftInput(text, language, **given)) if one.kind == "quote"]


def speaker_of(text, words):
    found = [one for one in quotes(text) if one.text.startswith(words)]
    assert len(found) == 1, [(one.text, one.rule) for one in quotes(text)]
    return found[0].speaker.name


SPEAKERS = [
    ("Ann Lee accused Bob May of “running the worst campaign,” telling supporters that he lied.", "running", "Ann Lee"),
    ("“That’s horrifying,” Mrs. Clinton shot back.", "That’s", "Clinton"),
    ("“No way,” laughed Ann Lee.", "No way", "Ann Lee"),
    ("“This hurts us,” said one Republican strategist in Florida who asked not to be named.", "This", "one Republican"),
    ("Brian Fallon said the campaign would not respond to “conspiracy theories.”", "conspiracy", "Brian Fallon"),
    ("Mr. Trump’s running mate, Gov. Mike Pence of Indiana, urged them to “release it all.”", "release", "Mike Pence"),
    ("Tom Watson called Prime Minister Theresa May's proposed deal \"lousy\" and left.", "lousy", "Tom Watson"),
    ('According to Ann Lee, the contest shows young people the "social elevators" of today.', "social", "Ann Lee"),
    ('It lies near Washington, D.C. They also stated "the arrests were made abroad by others".', "the arrests", "They"),
    ("The minister, Ann Lee, spoke first.\n\n“We are ready,” the minister added.", "We are", "Ann Lee"),
    ("Ann Lee, the head of the bank, left.\n\n“It is over,” the head said.", "It is", "Ann Lee"),
    ("Bob May spoke.\n\n“I have asked her about it many times.\n\n“She agreed,” Ann Lee said.", "I have", "Ann Lee"),
    ("Mr. May left.\n\nOn CNN, Lee insisted that he was joking. “It was fun,” she said.", "It was", "Lee"),
    ("The chairwoman said in prepared remarks that risks were “roughly balanced.”", "roughly", "The chairwoman"),
    ("Ann Lee told lawmakers that it was her “solemn duty” to report his concerns.", "solemn", "Ann Lee"),
    ("Lee said so.\n\n“They wanted us on our knees, and we will stand tall.”", "They wanted", "Lee"),
    ("Trump spoke.\n\nTrump sat.\n\nMr. Trump left.\n\nMelania Trump came.\n\n“It is over,” Mr. Trump said.", "It is", "Trump"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "who"), SPEAKERS, ids=[text[:50] for text, _, _ in SPEAKERS])
def test_a_quote_is_given_to_who_speaks(text, words, who):
    assert speaker_of(text, words).startswith(who)


PARAPHRASES = [
    ("Dr. Fauci warned that the virus was spreading fast.", "the virus was spreading fast."),
    ("Mr. Trump has suggested, falsely, that millions of people voted illegally.", "millions of people voted"),
    ("Dmitri Peskov told Russian news agencies that the Kremlin knew of it.", "the Kremlin knew"),
    ("According to a Twitter post by Ann Lee, director of the event, the tusk came from the wall.", "the tusk came"),
]


@pytest.mark.parametrize(("text", "words"), PARAPHRASES)
def test_a_paraphrase_begins_with_its_clause(text, words):
    (draft,) = quotes(text)
    assert draft.text.startswith(words)


@pytest.mark.parametrize(
    "text",
    [
        "Pelosi has proposed legislation that would fund the government through September.",
        "Trump declared a state of emergency last Friday so he could fund a wall on the border.",
        "Later, Baker found early success with a blues band where he met Jack Bruce.",
    ],
)
def test_an_object_is_no_paraphrase(text):
    assert quotes(text) == []


def test_what_was_posted_as_a_joke_was_said_by_no_joke():
    assert not any(
        one.speaker is not None and "joke" in one.speaker.name
        for one in quotes('Roberts says his event, "Storm the place, they can\'t stop us", was posted as a joke.')
    )


BRIEFING = """11:07 A.M. EDT

MS. PSAKI:  Hi, everyone.  We have a new guest today, and
she will take questions.

He said, "We will act," and he will.

(Laughter.)

Q    Thank you, Jen.  When will the report come out?

MS. PSAKI:  Soon.

THE PRESIDENT:  I can tell you more on Monday.

END     12:05 P.M. EDT
"""


def test_a_transcript_is_quotes_of_who_has_the_floor():
    drafts = quotes(BRIEFING, known=[KnownName("Jen Psaki", "psaki", "person")])
    assert [(one.speaker.name, one.speaker.id, one.tier, one.text.split()[0]) for one in drafts] == [
        ("Psaki", "psaki", "sure", "Hi,"),
        ("Psaki", "psaki", "likely", "He"),
        ("Q", "", "sure", "Thank"),
        ("Psaki", "psaki", "sure", "Soon."),
        ("THE PRESIDENT", "", "sure", "I"),
    ]
    assert all(BRIEFING[one.start : one.end] == one.text and one.rule == "transcript" for one in drafts)
    assert [one.attribution for one in drafts] == ["direct", "direct", "anonymous", "direct", "direct"]


@pytest.mark.parametrize(
    "text",
    [
        "UPDATE: The talks are over.\n\nThe minister left at noon.",
        "Background: The talks began in May.\n\nBackground: They ended in June.",
        "**Targets: Fall 2021**\n\nMore is to come.\n\n**Targets: Fall 2022**\n\n**Funds: Spring**\n\n**Funds: Fall**",
    ],
)
def test_headings_with_a_colon_are_no_transcript(text):
    assert quotes(text) == []


@pytest.mark.parametrize(
    ("text", "who", "group"),
    [
        ("Khan was seen there, according to The Times.", "The Times", True),
        ("Khan was seen there at noon, according to CNN.", "CNN", True),
        ("Broadcaster Piers Morgan said that he was a Polish chef.", "Piers Morgan", False),
        ("Merkel said that the talks would go on.", "Merkel", False),
    ],
)
def test_organisations_are_told_from_people(text, who, group):
    (draft,) = quotes(text)
    assert (draft.speaker.name, draft.speaker.group) == (who, group)
