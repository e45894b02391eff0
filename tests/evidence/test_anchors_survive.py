"""Whatever is done to an article, a quotation is found, or is said to be lost; it is never somewhere else in silence."""

import hashlib
import random
import re

import pytest
from article_edits import WORDS, articles, edit, passages, places, plain

from dossier.model.articles import body_start
from dossier.model.entries import Anchor
from dossier.model.resolving import Text

SOUND = ("exact", "moved")


def locked(rng: random.Random, text: str, count: int):
    """Anchors on a text, with the lines that hold them; those whose words stand several times are left out."""
    found, held = Text(text, digest(text)), []
    for number, words in enumerate(passages(rng, text, count, body_start(text))):
        wanted = Anchor(words, "a")
        status = found.find(f"q{number}", wanted)
        if status.status == "exact":
            held.append((f"q{number}", wanted, found.lock(f"q{number}", 0, wanted, *status.spans[0])))
    return held


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def judge(text: str, owner: str, wanted: Anchor, line, told: dict[str, int], *, lock: bool) -> None:
    """Judge one anchor in one edited text by the words alone."""
    found = Text(text, digest(text), [line] if lock else []).find(owner, wanted)
    body = plain(text[body_start(text) :])
    words = plain(wanted.text)
    there = places(body, words)
    told[found.status] = told.get(found.status, 0) + 1
    if found.status in (*SOUND, "reworded"):
        assert len(found.spans) == 1
        start, end = found.spans[0]
        same = plain(text[start:end]) == words
        assert same == (found.status in SOUND), f"{found.status}: {text[start:end]!r} for {wanted.text!r}"
    if found.status in SOUND and len(there) > 1:
        around = plain(f"{line.before}{line.text}{line.after}")
        assert lock, "several places, and nothing to choose by"
        assert body.count(around) == 1 or line.sha256 == digest(text), "chosen among several places by luck"
    if len(there) == 1:
        told["once"] = told.get("once", 0) + 1
        told["found"] = told.get("found", 0) + (found.status in SOUND)


def ordeal(seed: int, folder, edits: int) -> dict[str, int]:
    """So many random edits, several on top of each other, with ten anchors in each article."""
    rng = random.Random(seed)
    told: dict[str, int] = {}
    done = 0
    texts = articles(rng, folder, max(edits // 20, 5))
    while done < edits:
        text = rng.choice(texts)
        anchors = locked(rng, text, 10)
        for _ in range(rng.randint(1, 8)):
            text = edit(rng, text)
            done += 1
            for owner, wanted, line in anchors:
                judge(text, owner, wanted, line, told, lock=True)
            judge(text, *anchors[0], told, lock=False) if anchors else None
    return told


def tell(told: dict[str, int], edits: int) -> None:
    rate = told["found"] / told["once"]
    print(f"\n{edits} edits; {told}; found where they stand once: {rate:.2%}")
    assert rate >= 0.99


def test_no_edit_makes_an_anchor_lie_and_almost_none_loses_it():
    tell(ordeal(1, None, 400), 400)


def test_no_edit_of_a_real_article_makes_an_anchor_lie(shared_data, tmp_path):
    tell(ordeal(2, shared_data("whitehouse-2021", tmp_path), 150), 150)


@pytest.mark.thorough
def test_ten_thousand_edits_of_real_articles(shared_data, tmp_path):
    tell(ordeal(3, shared_data("whitehouse-2021", tmp_path), 10_000), 10_000)


@pytest.mark.parametrize("seed", range(40))
def test_among_near_duplicates_nothing_is_chosen_by_luck(seed):
    """Lists, boilerplate and repeated sentences: the original deleted or altered must never lead to its twin."""
    rng = random.Random(seed)
    rows = [
        f"{n}. The delegation of country {rng.choice('ABC')} voted {rng.choice(['yes', 'no'])} on item {n % 3}."
        for n in range(12)
    ]
    text = "\n\n".join(rows + ["The meeting was adjourned."] * 3 + rows[:4])
    told: dict[str, int] = {}
    anchors = locked(rng, text, 30)
    for _ in range(6):
        text = edit(rng, text)
        for owner, wanted, line in anchors:
            judge(text, owner, wanted, line, told, lock=True)


def held(old: str, words: str, **chosen):
    """The line of an anchor that is sound in the old text."""
    wanted = Anchor(words, "a", **chosen)
    text = Text(old, digest(old))
    found = text.find("q", wanted)
    assert found.status == "exact"
    return wanted, text.lock("q", 0, wanted, *found.spans[0])


def again(new: str, wanted: Anchor, line):
    found = Text(new, digest(new), [line]).find("q", wanted)
    return found.status, [new[start:end] for start, end in found.spans]


OLD = "The envoy spoke first. He said that trade is open to all, and sat down. The host then thanked him for his words."


def test_words_that_stand_elsewhere_have_moved():
    wanted, line = held(OLD, "trade is open to all")
    assert again("Today. " + OLD, wanted, line) == ("moved", ["trade is open to all"])


def test_an_altered_quotation_is_reworded_and_shows_what_stands_there_now():
    wanted, line = held(OLD, "trade is open to all")
    assert again(OLD.replace("open to all", "closed to most"), wanted, line) == (
        "reworded",
        ["trade is closed to most"],
    )


def test_a_quotation_replaced_altogether_is_still_seen_at_its_place():
    wanted, line = held(OLD, "trade is open to all")
    assert again(OLD.replace("trade is open to all", "nobody may enter"), wanted, line) == (
        "reworded",
        ["nobody may enter"],
    )


def test_a_quotation_taken_out_is_missing_and_nothing_is_offered_for_it():
    wanted, line = held(OLD, "trade is open to all")
    assert again(OLD.replace("trade is open to all", ""), wanted, line) == ("missing", [])


def test_two_places_as_like_the_old_words_are_a_tie():
    wanted, line = held(OLD, "trade is open to all")
    twice = OLD.replace("open", "closed") + "\n\n" + OLD.replace("open", "barred")
    assert again(twice, wanted, line) == ("ambiguous", ["trade is closed to all", "trade is barred to all"])


def test_a_copied_paragraph_makes_its_quotation_ambiguous():
    wanted, line = held(OLD, "trade is open to all")
    assert again(OLD + "\n\n" + OLD, wanted, line)[0] == "ambiguous"


def test_the_locked_surroundings_tell_the_place_from_another_with_the_same_words():
    wanted, line = held(OLD, "trade is open to all")
    new = "Rumour has it: trade is open to all of us. " + OLD
    found = Text(new, digest(new), [line]).find("q", wanted)
    assert found.status == "moved"
    assert found.spans[0][0] > new.index("The envoy")


def test_an_equal_offset_proves_nothing_in_a_changed_article():
    old = "aaa no deal bbb. Then came the end of it all, and no deal ccc after a long day of talks in the city."
    wanted, line = held(old, "no deal", occurrence=1)
    new = "xxx no deal yyy. Then came the end of it all, aaa no deal bbb. Then came a long day of talks in the city."
    assert new.index("no deal") == line.start
    assert again(new, wanted, line)[0] == "ambiguous"


def test_surroundings_that_were_never_unique_decide_nothing():
    """Of five equal rows the third was meant; when the first is deleted, nobody can say which of four it is."""
    rows = "Row: yes and no, as agreed by all the parties here.\n" * 5
    wanted, line = held(rows, "yes and no", occurrence=3)
    assert line.alike >= 2
    assert again(rows[len(rows) // 5 :], wanted, line)[0] == "ambiguous"


def test_the_twin_of_a_deleted_place_is_not_taken_for_it():
    row = "In the hall in the evening they said: yes and no, as agreed by all the parties here.\n"
    wanted, line = held(f"{row}{row}Elsewhere it was yes and no again.\n", "yes and no", occurrence=1)
    assert line.alike == 2
    assert again(f"{row}Elsewhere it was yes and no again.\n", wanted, line)[0] == "ambiguous"


def test_the_lock_of_the_very_same_bytes_decides():
    wanted, line = held(OLD, "trade is open to all")
    assert again(OLD, wanted, line) == ("exact", ["trade is open to all"])


def test_a_lock_that_points_at_other_words_is_not_believed():
    from msgspec.structs import replace

    wanted, line = held(OLD, "trade is open to all")
    assert again(OLD, wanted, replace(line, start=0, end=20)) == ("exact", ["trade is open to all"])


@pytest.mark.parametrize(
    "changed",
    [
        OLD.replace(" ", "\u00a0"),
        OLD.replace("open", "op\u200ben"),
        OLD.replace(". ", ".\r\n\r\n"),
        OLD.replace("trade is", "trade  is"),
        "\ufeff" + OLD,
    ],
    ids=["no-break", "zero-width", "CRLF", "two spaces", "byte order mark"],
)
def test_typography_hides_no_quotation(changed):
    wanted, line = held(OLD, "trade is open to all")
    status, words = again(changed, wanted, line)
    assert status in SOUND
    assert plain(words[0]) == "trade is open to all"


def test_quotes_dashes_and_composed_letters_match_and_the_words_shown_are_the_articles():
    old = "He said: “Beyoncé’s café – all of it – is ‘open’ now”, and left the city for good that day."
    wanted = Anchor("Beyonce\u0301's cafe\u0301 - all of it - is 'open' now", "a")
    found = Text(old, digest(old)).find("q", wanted)
    assert (found.status, old[slice(*found.spans[0])]) == ("exact", "Beyoncé’s café – all of it – is ‘open’ now")


def test_front_matter_is_no_evidence():
    text = "---\ntitle: Trade is open\n---\nThe envoy said: Trade is open today.\n"
    found = Text(text, digest(text)).find("q", Anchor("Trade is open", "a"))
    assert found.status == "exact"
    assert found.spans[0][0] > text.index("envoy")


def test_an_unlocked_quotation_is_held_against_the_version_kept_at_the_revision():
    from dossier.model.article_text import Version

    new = OLD.replace("open", "closed")
    found = Text(new, digest(new), [], lambda: [Version("versions/a.txt", OLD)]).find(
        "q", Anchor("trade is open to all", "a")
    )
    assert (found.status, new[slice(*found.spans[0])]) == ("reworded", "trade is closed to all")


SETTINGS = (
    " {} ",
    "\n\n{}\n\n",
    '\n\nMax Stone of the South shouted: "{}"\n\n',
    '\n\nCorrection: An earlier version of this article said "{}", which is wrong.\n\n',
    " Mr. Stone said: “{}”. ",
    "\n\n[Photo: {}]\n\n",
)
"""Where the old words turn up again: in another mouth, in a correction, in a caption, in a paragraph of their own."""


def elsewhere(rng: random.Random, text: str, line) -> str:
    """The text with other words between the locked surroundings, and the locked words somewhere far from there."""
    instead = rng.choice(
        ["no such thing", "not " + line.text, f"{line.text.split()[0]} or not", "", "nothing at all to say"]
    )
    new = text[: line.start] + instead + text[line.end :]
    if rng.random() < 0.3:  # one of the surroundings is edited too
        at = rng.choice([line.start - rng.randint(1, 30), line.start + len(instead) + rng.randint(1, 30)])
        new = new[:at] + rng.choice(WORDS) + new[at + rng.randint(0, 3) :]
    spots = [
        at
        for at in (match.end() for match in re.finditer(r"[.!?]\s", new[body_start(text) :]))
        if not line.start - 200 < at + body_start(text) < line.start + 300
    ]
    at = body_start(text) + rng.choice(spots) if spots else len(new)
    return new[:at] + rng.choice(SETTINGS).format(line.text) + new[at:]


def removals(seed: int, folder, count: int) -> dict[str, int]:
    rng = random.Random(seed)
    told: dict[str, int] = {}
    texts = articles(rng, folder, max(count // 20, 5))
    for _ in range(count):
        text = rng.choice(texts)
        for owner, wanted, line in locked(rng, text, 4):
            if line.start - body_start(text) < 64 or line.end + 64 > len(text):
                continue
            new = elsewhere(rng, text, line)
            found = Text(new, digest(new), [line]).find(owner, wanted)
            told[found.status] = told.get(found.status, 0) + 1
            if found.status in SOUND:
                now = plain(new[max(found.spans[0][0] - 40, 0) : found.spans[0][1] + 40])
                assert plain(line.before[-12:]) in now or plain(line.after[:12]) in now, (line, new)
                raise AssertionError((found, line, new))
    return told


def test_words_that_turn_up_elsewhere_are_never_sound_while_their_surroundings_stand():
    told = removals(11, None, 400)
    assert told["reworded"] > 500, told


def test_words_of_real_articles_that_turn_up_elsewhere_are_never_sound(shared_data, tmp_path):
    removals(12, shared_data("whitehouse-2021", tmp_path), 200)
