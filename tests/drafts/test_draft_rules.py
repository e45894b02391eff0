"""The rules on sentences written for them: shapes of attribution that news uses, each with who speaks."""

import pytest

from dossier.drafts.engine import draft_article
from dossier.drafts.records import DraftInput, KnownName


def quotes(text, language="en", **given):
    return [one for one in draft_article(DraftInput(text, language, **given)) if one.kind == "quote"]


def the_quote(text, words, language="en"):
    """The one draft of a quote that begins with `words`."""
    found = [one for one in quotes(text, language) if one.text.startswith(words)]
    assert len(found) == 1, [(one.text, one.rule) for one in quotes(text, language)]
    return found[0]


SPEAKERS = [
    ("“This is a good day,” Ms. Clinton said at a rally in Ohio on Monday.", "This", "Clinton"),
    ("“This is a good day,” said Robby Mook, the campaign manager for Mrs. Clinton.", "This", "Robby Mook"),
    ("“This is a good day,” said Mr. Trump’s spokeswoman, Hope Hicks.", "This", "Hope Hicks"),
    ("“This is a good day,” said the spokeswoman, Hope Hicks.", "This", "Hope Hicks"),
    ("“This is a good day,” Paul Ryan, the House speaker, told reporters.", "This", "Paul Ryan"),
    ("“This is a good day,” said a White House aide with ties to the family.", "This", "a White House aide"),
    ("“This is a good day,” said study co-author and Royal Society Research Fellow Martin How.", "This", "Martin How"),
    ("“This is a good day,” Senator Bernie Sanders of Vermont said.", "This", "Bernie Sanders"),
    ("“This is a good day,” Sen. Ted Cruz (R-Texas) said in a statement.", "This", "Ted Cruz"),
    ("“This is a good day,” Cruz, who was born in Canada, added.", "This", "Cruz"),
    ("“We will win,” the candidate said.", "We", "the candidate"),
    ("“We will win!” Donald Trump shouted.", "We", "Donald Trump"),
    ("“Will we win?” asked Jake Tapper of CNN.", "Will", "Jake Tapper"),
    ("Asked about the vote, Marco Rubio replied: “I will never vote for that man.”", "I will", "Marco Rubio"),
    ("John Kasich, the Ohio governor, said on CNN that “the party needs a new voice in the fall.”", "the party", "John Kasich"),
    ("In a statement, the company said: “We take the safety of our users very seriously.”", "We take", "the company"),
    ("Mr. Sanders called the plan “a gift to the richest people in America.”", "a gift", "Sanders"),
    ("The plan was described by Elizabeth Warren as “a gift to the richest people in America.”", "a gift", "Elizabeth Warren"),
    ("According to Nate Silver, “the race is closer than anyone thought in June.”", "the race", "Nate Silver"),
    ("“The race is closer than anyone thought,” according to Nate Silver.", "The race", "Nate Silver"),
    ("“I was never told,” said one of the officials, who asked not to be named.", "I was", "one of the officials"),
    ("“It is a mess,” a senior Republican aide told Politico.", "It is", "a senior Republican aide"),
    ("Hillary Clinton walked on stage. “Thank you all for being here,” she said.", "Thank", "Hillary Clinton"),
    ("Tim Kaine spoke in Miami. He told the crowd, “We are stronger together, all of us.”", "We are", "Tim Kaine"),
    ("“I like it,” Mike Pence said. “I like it a lot, and so do the people.”", "I like it a lot", "Mike Pence"),
    ("As Kellyanne Conway put it, the race was over. “We never gave up,” Ms. Conway said Tuesday.", "We never", "Kellyanne Conway"),
    ("Mr. Obama, speaking in Philadelphia, said, “Don’t boo. Vote. It is as simple as that.”", "Don’t", "Obama"),
    ("“Don’t boo,” Barack Obama, the president, speaking in Philadelphia, said.", "Don’t", "Barack Obama"),
    ("Rudy Giuliani, a former mayor of New York, tweeted: “Nobody has done more for this city than he has.”", "Nobody", "Rudy Giuliani"),
    ("“That’s a lie,” he said. Reporters laughed at Newt Gingrich.", "That’s", "he"),
    ("'We are ready for the talks,' Angela Merkel said.", "We are", "Angela Merkel"),
    ("‘We won’t go to the workers’ meeting,’ Theresa May said.", "We won’t", "Theresa May"),
    ("The FBI director, James B. Comey, wrote in a letter that the bureau “cannot yet assess whether this is significant.”", "cannot", "James B. Comey"),
    ("“No comment,” said Jen Psaki, a State Department spokeswoman, when asked about it on Friday.", "No comment", "Jen Psaki"),
    ("Police Chief Terrence M. Cunningham, president of the group, said: “Past actions have done harm to many people.”", "Past", "Terrence M. Cunningham"),
    ("“She has been great to me,” says Brooklyn-born Barbara Boxer.", "She has", "Barbara Boxer"),
    ("“The numbers are not good,” admitted a person familiar with the campaign’s thinking.", "The numbers", "a person"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "who"), SPEAKERS, ids=[text[:50] for text, _, _ in SPEAKERS])
def test_a_quote_is_given_to_who_speaks(text, words, who):
    draft = the_quote(text, words)
    assert draft.speaker.name.startswith(who)
    assert text[draft.start : draft.end] == draft.text
    assert text[draft.speaker.start : draft.speaker.end]


NO_SPEAKER = [
    "The so-called “experts” met in Geneva on Monday and went home.",
    "They sang “Day after Day” and nobody in the hall was sad.",
    "The measure, known as the “millionaire tax,” failed on Tuesday.",
    "The 'workers' of the plant and the farmers' union met.",
    "It is the farmers' fault, and the drivers' as well, that prices rise.",
]


@pytest.mark.parametrize("text", NO_SPEAKER)
def test_marks_around_a_label_or_a_doubt_name_no_speaker(text):
    assert all(one.tier == "ask" and one.speaker is None for one in quotes(text))


PARAPHRASES = [
    ("Officials said that the talks would resume on Tuesday.", "the talks would resume", "Officials"),
    ("Speaker Paul D. Ryan (R-Wis.) on Thursday said he would not go.", "he would not go", "Paul D. Ryan"),
    ("White House aides said that the talks would resume soon.", "the talks would resume", "White House aides"),
    ("Mr. Kerry said the talks would resume on Tuesday.", "the talks would resume", "Kerry"),
    ("The talks would resume on Tuesday, Mr. Kerry said.", "The talks would resume", "Kerry"),
    ("Mr. Kerry told reporters on Monday that the talks would resume soon.", "the talks would resume", "Kerry"),
    ("According to the ministry, the talks were broken off at noon.", "the talks were broken off", "the ministry"),
    ("The talks were broken off at noon, according to the ministry.", "The talks were broken off", "the ministry"),
    ("However, the U.S. argued that China violated the agreement.", "China violated", "U.S."),
]


@pytest.mark.parametrize(("text", "words", "who"), PARAPHRASES, ids=[text[:50] for text, _, _ in PARAPHRASES])
def test_indirect_speech_is_a_paraphrase_of_who_is_said_to_say_it(text, words, who):
    draft = the_quote(text, words)
    assert draft.speaker.name == who
    nameless = who[0].islower() or who in {"Officials", "White House aides"}
    assert draft.attribution == ("anonymous" if nameless else "paraphrase")


@pytest.mark.parametrize(
    "text",
    [
        "The state has a budget that grows every single year.",
        "Initial reports were of three dead people in the city.",
        "He promised to retract the measures it had taken in May.",
        "Does the president agree with that or does he want four years?",
        "There are websites in many states that provide access.",
        "I’d also note that the party is over for them.",
        "They proposed a law that would change the system for all.",
    ],
)
def test_what_only_looks_like_saying_is_no_paraphrase(text):
    assert quotes(text) == []


def test_a_quote_broken_by_its_attribution_is_one_in_pieces():
    text = "“What is so sad for me,” Hatice Cengiz said, “is not seeing the punishment of those who did it.”"
    (draft,) = quotes(text)
    assert draft.text == "What is so sad for me … is not seeing the punishment of those who did it."
    assert (text[draft.start : draft.start + 4], text[draft.end - 3 : draft.end]) == ("What", "it.")


def test_a_sentence_that_ends_before_its_attribution_does_is_a_quote_of_its_own():
    text = "“I like it,” Mike Pence said. “I like it a lot, and so do the people.”"
    assert [one.text for one in quotes(text)] == ["I like it", "I like it a lot, and so do the people."]


def test_a_quote_over_several_paragraphs_opens_each_and_is_one():
    text = "Mr. Obama said: “The first thing is this.\n\n“The second thing is that, and it matters.”"
    (draft,) = quotes(text)
    assert draft.text == "The first thing is this. … The second thing is that, and it matters."
    assert draft.speaker.name == "Obama"


def test_marks_inside_a_quotation_open_no_second_one():
    text = 'Ann Lee wrote, "The "United States" is not holding them. He said, \'No.\' and left."'
    (draft,) = quotes(text)
    assert draft.text.startswith("The")
    assert draft.text.endswith("left.")


def test_what_a_medium_reports_of_nameless_people_is_theirs_via_the_medium():
    (draft,) = quotes(
        "Bloomberg reported, citing two officials, that 'the administration is ready to lift the controls.'"
    )
    assert (draft.speaker.name, draft.attribution, draft.via) == ("two officials", "anonymous", ("Bloomberg",))


def test_a_medium_that_passes_words_on_is_via():
    (draft,) = quotes("Nancy Pelosi called the conduct a “breach of his duties as president,” according to NBC.")
    assert (draft.speaker.name, draft.via) == ("Nancy Pelosi", ("NBC",))


def test_a_speaker_who_is_an_entry_is_found_by_name_alias_and_last_name():
    known = [KnownName("Donald Trump", "trump", "person"), KnownName("The Donald", "trump", "person")]
    for who in ("Donald Trump", "President Trump", "Mr. Trump", "Trump"):
        (draft,) = quotes(f"“We are doing well with them,” {who} said.", known=known)
        assert draft.speaker.id == "trump"
    (draft,) = quotes("“We are doing well with them,” Ivanka Trump said.", known=known)
    assert draft.speaker.id == ""


def test_a_surname_that_two_people_bear_is_neither():
    known = [KnownName("Donald Trump", "donald", "person"), KnownName("Ivanka Trump", "ivanka", "person")]
    (draft,) = quotes("“We are doing well with them,” Trump said.", known=known)
    assert draft.speaker.id == ""
    (draft,) = quotes("Alan Kurdi and Tima Kurdi came. “We are doing well,” Kurdi said.")
    assert draft.speaker.name == "Kurdi"


def test_people_come_with_their_roles():
    text = "Vice Premier He Lifeng met Scott Bessent, the U.S. Secretary of the Treasury, and bowed to Jo Ann Lee."
    people = [one for one in draft_article(DraftInput(text)) if one.kind == "person"]
    assert [(one.speaker.name, one.role) for one in people] == [
        ("He Lifeng", "Vice Premier"),
        ("Scott Bessent", "U.S. Secretary of the Treasury"),
    ]


DATES = [
    ("The talks were held on Monday in London.", "2025-06-09"),
    ("The talks were held yesterday in London.", "2025-06-09"),
    ("The talks were held on May 5, 2024, in London.", "2024-05-05"),
    ("The talks were held on 5 May in London.", "2025-05-05"),
    ("The talks were held in November 2023 in London.", "2023-11"),
    ("The talks were held on December 24 in London.", "2024-12-24"),
]


@pytest.mark.parametrize(("text", "when"), DATES)
def test_an_event_has_the_date_its_sentence_names(text, when):
    (event,) = [one for one in draft_article(DraftInput(text, published="2025-06-10")) if one.kind == "event"]
    assert (event.when, event.text) == (when, text)


@pytest.mark.parametrize(
    "text", ["The talks are held next Monday.", "June 10, 2025", "Monday is a day of rest, he said."]
)
def test_a_date_that_tells_no_event_is_none(text):
    assert [one for one in draft_article(DraftInput(text, published="2025-06-10")) if one.kind == "event"] == []


LANGUAGES = [
    ("fr", "« Nous ne céderons pas », a déclaré la ministre Marie Dupont lundi à Paris.", "Nous", "Marie Dupont"),
    ("fr", "Emmanuel Macron est venu. « C’est une erreur », a-t-il ajouté.", "C’est", "Emmanuel Macron"),
    ("fr", "Selon Marie Dupont, « les salariés n’ont rien obtenu du tout ».", "les salariés", "Marie Dupont"),
    ("de", "„Wir werden nicht nachgeben“, sagte Bundeskanzlerin Angela Merkel am Montag.", "Wir", "Angela Merkel"),
    ("de", "Außenminister Heiko Maas erklärte: „Das ist ein schwerer Fehler.“", "Das", "Heiko Maas"),
    ("de", "Ein Sprecher der Polizei sagte: „Die Lage ist unter Kontrolle.“", "Die", "Ein Sprecher"),
    ("es", "«No vamos a ceder ante nadie», dijo el presidente Pedro Sánchez el lunes.", "No", "Pedro Sánchez"),
    ("es", "Según Ana García, portavoz del sindicato, «los trabajadores no han obtenido nada».", "los", "Ana García"),
    ("zh", "外交部发言人华春莹表示：“中方不会接受。”", "中方", "外交部发言人华春莹"),
    ("zh", "「談判進展順利。」商務部長劉鶴說。", "談判", "商務部長劉鶴"),
]


@pytest.mark.parametrize(("language", "text", "words", "who"), LANGUAGES)
def test_other_languages_have_their_own_marks_and_verbs(language, text, words, who):
    assert the_quote(text, words, language).speaker.name.startswith(who)


def test_a_language_without_a_table_has_no_drafts():
    assert draft_article(DraftInput("“Ja,” sade han.", "sv")) == []


def test_an_id_stays_when_the_article_changes_elsewhere():
    text = "“We will win,” Ann Lee said."
    (before,) = quotes(text)
    (after,) = quotes(f"Something new was put in front of it.\n\n{text}")
    assert before.id == after.id
    first, second = quotes(f"{text}\n\n{text}")
    assert first.id == before.id != second.id
