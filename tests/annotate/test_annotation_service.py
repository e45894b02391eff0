"""What is written to a dossier: where it goes, what it says, and what is refused."""

import shutil

import pytest
from annotated_worlds import TEXT, content, entries, make

from dossier.desk.annotate import completion
from dossier.desk.desk import Desk
from dossier.desk.state import BrowseState, View
from dossier.desk.user import saved_state
from dossier.model.problems import DossierError


@pytest.fixture
def root(tmp_path):
    return make(tmp_path, "block")


@pytest.fixture
def desk(root):
    desk = Desk.open(root)
    desk.anchoring.lock()
    yield desk
    desk.close()


def quote(**fields):
    return {"kind": "quote", "article": "a", **fields}


def lock_lines(root):
    return (root / "dossier.lock").read_text().splitlines()


def test_words_are_written_as_they_stand_in_the_article(desk, root):
    desk.annotations.write([quote(text="It is a cut:  20 % #of all, and {more}.", id="cut", speaker="ada")])
    assert "    text: >-\n      It is a cut: 20 % #of all, and {more}.\n" in (root / "articles/a.yaml").read_text()
    assert entries(root)["cut"]["attribution"] == "direct"
    assert any('"owner":"cut"' in line for line in lock_lines(root))
    assert not desk.problems()


def test_entries_stand_in_reading_order(desk, root):
    desk.annotations.write([quote(text="The engine is not built.", id="late")])
    desk.annotations.write([quote(text="The talks began on Monday", id="early")])
    desk.annotations.write([quote(text="said Ada Lovelace", id="between")])
    assert [name for name in entries(root) if name in ("accept", "late", "early", "between")] == [
        *("early", "accept", "between", "late"),
    ]


def test_words_at_several_places_are_refused_unless_something_chooses(desk, root):
    before = content(root)
    with pytest.raises(DossierError, match="at the offsets 0,"):
        desk.annotations.write([quote(text="The talks began")])
    assert content(root) == before
    at = TEXT.rindex("The talks began")
    desk.annotations.write([quote(start=at, end=at + 15, id="again")])
    assert set(entries(root)["again"]["at"]) <= {"before", "after", "occurrence"}
    assert desk.evidence_of("again")[0].start == at
    desk.annotations.write([quote(text="The talks began", at={"occurrence": 1}, id="first")])
    assert desk.evidence_of("first")[0].start == 0


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (quote(text="words that are not there"), "not in the article"),
        (quote(text="he engine would"), "parts of longer words"),
        (quote(start=1, end=9), "cut out of longer words"),
        (quote(start=5, end=100_000), "offsets"),
        (quote(text="The engine is not built.", speaker="nobody"), "unknown-id"),
        (quote(text="The engine is not built.", speaker="engine"), "wrong-kind"),
        (quote(text="The engine is not built.", date="yesterday"), "bad-date"),
        (quote(text="The engine is not built.", stance="maybe"), "bad-choice"),
        (quote(text="The engine is not built.", id="ada"), "in use"),
        (quote(text="The engine is not built.", id="Not An Id"), "bad-id"),
        (quote(text="The engine is not built.", speeker="ada"), "did you mean speaker"),
        (quote(text="The engine is not built.", article="zzz"), "no article with the id zzz"),
        ({"kind": "quote", "text": "The engine is not built."}, "several"),
        ({"kind": "link", "from": "ada", "to": "engine"}, "rel"),
        ({"kind": "link", "from": "ada", "rel": "hugs", "to": "engine"}, "unknown-relation"),
        ({"kind": "issue", "name": ""}, "needs"),
        ({"kind": "issue", "name": "x\x1b[2J"}, r"U\+001B, a control character"),
        ({"kind": "alias", "id": "takers", "alias": "a\u202eb"}, "control character"),
        ({"kind": "person", "name": "X", "delegation": "engine"}, "not a delegation"),
        ({"kind": "alias", "id": "takers", "alias": "Takers"}, "already"),
        ({"kind": "thing"}, "kind"),
        (quote(text="The engine is not built.", note="\ud800"), "half a character"),
        (quote(text={"a": 1}), "must be a text"),
        ({"kind": "event", "name": "x", "at": {"words": "y"}, "article": "a"}, "no field"),
        ({"kind": "issue", "name": "x", "parent": "ada"}, "wrong-kind"),
    ],
)
def test_what_would_be_an_error_is_refused_and_with_it_all_that_came_with_it(desk, root, entry, message):
    before = content(root)
    with pytest.raises(DossierError, match=message):
        desk.annotations.write([quote(text="said Ada Lovelace"), entry])
    assert content(root) == before
    assert desk.annotations.history() == ([], [])


def test_a_later_entry_may_refer_to_an_earlier_one_and_all_is_one_step(desk, root):
    before = content(root)
    written = desk.annotations.write(
        [
            {"kind": "delegation", "id": "press", "name": "The press"},
            {"kind": "person", "delegation": "press", "name": "Charles Babbage"},
            {"kind": "issue", "name": "Delay"},
            quote(text="The engine is not built.", speaker="babbage", issues=["delay", "engine"], stance="against"),
            {"kind": "alias", "id": "engine", "alias": "difference engine"},
            {"kind": "event", "article": "a", "name": "Talks", "when": "2024-04-29", "at": "The talks began on Monday"},
            {"kind": "link", "article": "a", "from": "press", "rel": "opposes", "to": "delay", "at": "She left."},
        ]
    )
    said = entries(root)
    assert said["engine"]["aliases"] == ["machine", "difference engine"]
    assert written[3].id == "babbage-engine-built"
    assert said[written[3].id]["speaker"] == "babbage"
    lines = {one.id: (root / one.file).read_text().splitlines()[one.line - 1] for one in written}
    assert "press:" in lines["press"]
    assert lines["press opposes delay"].strip().startswith("- from: press")
    assert not [one for one in desk.problems() if one.severity == "error"]
    desk.annotations.undo()
    assert content(root) == before


def test_the_file_of_an_article_is_made_when_there_is_none(desk, root):
    (written,) = desk.annotations.write([{"kind": "quote", "article": "b", "text": "The loom is not built."}])
    assert written.file == "articles/b.yaml"
    assert (root / written.file).read_text().startswith("article: b\n")
    desk.annotations.undo()
    assert not (root / written.file).exists()


def test_the_file_that_names_the_article_is_taken_whatever_it_is_called(root):
    (root / "articles/a.yaml").rename(root / "notes.yaml")
    (root / "other.yaml").write_text("article: b\n")
    desk = Desk.open(root)
    assert desk.annotations.write([quote(text="She left.")])[0].file == "notes.yaml"
    loom = {"kind": "quote", "article": "b", "text": "The loom is not built."}
    assert desk.annotations.write([loom])[0].file == "other.yaml"
    desk.close()


def test_offsets_of_a_text_that_has_changed_lead_to_the_words_or_to_a_refusal(desk, root):
    start = TEXT.index("The engine is not built.")
    asked = quote(start=start, end=start + 24, text="The engine is not built.")
    (root / "articles/a.txt").write_text("A new beginning. " + TEXT)
    desk.annotations.write([asked | {"id": "moved"}])
    assert desk.evidence_of("moved")[0].start == start + 17
    (root / "articles/a.txt").write_text(TEXT.replace("not built", "nearly built"))
    with pytest.raises(DossierError, match="not in the article"):
        desk.annotations.write([asked])


def test_a_file_that_changed_on_disk_is_read_again_and_the_edit_applied_to_it(desk, root):
    path = root / "articles/a.yaml"
    path.write_text(path.read_text().replace("# the first", "# by another hand"))
    desk.annotations.write([quote(text="She left.", id="left")])
    assert "# by another hand" in path.read_text()
    assert "left" in entries(root)


def test_undo_is_refused_when_the_file_has_changed_since(desk, root):
    desk.annotations.write([quote(text="She left.", id="left")])
    path = root / "articles/a.yaml"
    changed = path.read_text() + "# more\n"
    path.write_text(changed)
    with pytest.raises(DossierError, match=r"articles/a\.yaml was changed since"):
        desk.annotations.undo()
    assert path.read_text() == changed


def test_lines_that_others_put_into_the_lock_stay_through_an_undo(desk, root):
    desk.annotations.write([quote(text="She left.", id="left")])
    other = lock_lines(root)[1].replace('"owner":"accept"', '"owner":"zzz"')
    (root / "dossier.lock").write_text("\n".join([*lock_lines(root), other]) + "\n")
    desk.annotations.undo()
    assert other in lock_lines(root)
    assert not any('"owner":"left"' in line for line in lock_lines(root))


def test_a_deletion_tells_first_what_refers_to_the_entry(desk, root):
    before = content(root)
    assert [one.field for one in desk.annotations.references("ada")] == ["speaker"]
    with pytest.raises(DossierError, match="referred to by accept"):
        desk.annotations.delete("ada")
    assert content(root) == before
    desk.annotations.delete("ada", references=True)
    assert "ada" not in entries(root)
    assert "speaker" not in entries(root)["accept"]
    with pytest.raises(DossierError, match="referred to by"):
        desk.annotations.delete("engine")
    desk.annotations.delete("engine", references=True)
    assert not [name for name in entries(root) if name.startswith("link")]
    assert not desk.problems()
    for _ in range(2):
        desk.annotations.undo()
    assert content(root) == before


def test_a_deleted_quote_leaves_the_lock_with_it(desk, root):
    assert any('"owner":"accept"' in line for line in lock_lines(root))
    desk.annotations.delete("accept")
    assert not any('"owner":"accept"' in line for line in lock_lines(root))


def test_a_quote_of_an_article_that_is_gone_leaves_the_lock_with_it(desk, root):
    """Its line would else be told as evidence that somebody removed from the dossier, which is what was just asked for."""
    (root / desk.entry("a").text("file")).unlink()
    before = content(root)
    desk.annotations.delete("accept")
    assert not any('"owner":"accept"' in line for line in lock_lines(root))
    desk.annotations.undo()
    assert content(root) == before


def test_fields_are_changed_and_new_words_are_taken_from_the_article(desk, root):
    service = desk.annotations
    service.edit("accept", {"text": "It  is a cut: 20 % #of all, and {more}.", "issues": ["engine"], "speaker": None})
    said = entries(root)["accept"]
    assert said == {"text": "It is a cut: 20 % #of all, and {more}.", "issues": ["engine"]}
    service.edit("makers opposes engine", {"rel": "supports", "at": "She left."})
    assert {"from": "makers", "rel": "supports", "to": "engine", "at": "She left."} in entries(root).values()
    at = TEXT.rindex("The talks began")
    service.edit("accept", {"start": at, "end": at + 15})
    assert desk.evidence_of("accept")[0].start == at
    service.edit("accept", {"text": "She left."})
    assert "at" not in entries(root)["accept"]
    with pytest.raises(DossierError, match="no field"):
        service.edit("accept", {"speakr": "ada"})
    with pytest.raises(DossierError, match="not in the article"):
        service.edit("accept", {"text": "never there"})


def test_an_entry_is_renamed_everywhere_but_in_words(desk, root):
    (root / "more.yaml").write_text("searches: {On ada: 'speaker:ada engine', Words: ada}\n")
    desk.refresh()
    state = BrowseState(View(entry="ada", lens=("ada",)), marks=("ada", "accept"))
    saved_state.save(
        root, saved_state.SavedState(state=state, notes={"ada": "says ada"}, queries=("speaker:ada", "ada"))
    )
    before = content(root)
    desk.annotations.rename("ada", "lovelace")
    assert entries(root)["accept"]["speaker"] == "lovelace"
    assert "{On ada: 'speaker:lovelace engine', Words: ada}" in (root / "more.yaml").read_text()
    kept = saved_state.load(root)[0]
    assert kept.state.view.entry == "lovelace"
    assert kept.state.marks == ("lovelace", "accept")
    assert kept.notes == {"lovelace": "says ada"}
    assert kept.queries == ("speaker:lovelace", "ada")
    desk.annotations.rename("makers", "builders")
    assert any('"owner":"builders opposes engine"' in line for line in lock_lines(root))
    assert not desk.problems()
    with pytest.raises(DossierError, match="is that of"):
        desk.annotations.rename("builders", "takers")
    desk.annotations.undo()
    desk.annotations.undo()
    assert content(root) == before
    assert saved_state.load(root)[0].state.marks == ("ada", "accept")


def test_an_article_is_renamed_with_its_lines_in_the_lock(desk, root):
    desk.annotations.rename("a", "first")
    assert (root / "articles/a.yaml").read_text().startswith("# on a\narticle: first\n")
    assert '"article":"first"' in lock_lines(root)[1]
    assert not desk.problems()


def test_an_article_is_moved_with_its_versions_and_found_again_by_its_hash(desk, root):
    versions = root / "articles/versions"
    versions.mkdir()
    (versions / "a.2024-01-01.txt").write_text("old")
    desk.refresh()
    before = content(root)
    assert desk.annotations.move("a", "texts/first.txt") == "texts/first.txt"
    assert (root / "texts/first.txt").read_text() == TEXT
    assert (root / "texts/versions/first.2024-01-01.txt").read_text() == "old"
    assert not (root / "articles/a.txt").exists()
    assert not desk.problems()
    desk.annotations.undo()
    assert content(root) == before
    for path, message in (("../out.txt", "leads out"), ("articles/b.txt", "there already"), ("x.yaml", "no place")):
        with pytest.raises(DossierError, match=message):
            desk.annotations.move("a", path)
    shutil.move(root / "articles/a.txt", root / "elsewhere.txt")
    desk.refresh()
    assert desk.annotations.move("a") == "elsewhere.txt"
    assert not desk.problems()


def test_proposals_go_by_names_aliases_and_ids(desk):
    propose = desk.annotations.propose
    assert [one.id for one in propose("lov", ["person"])] == ["ada"]
    assert [one.id for one in propose("mach", ["issue", "person"])] == ["engine"]
    assert [one.id for one in propose("", ["delegation"], first=["takers"])] == ["takers", "makers"]
    assert [one.id for one in propose("tte", ["delegation"])] == ["takers"]
    desk.annotations.write([{"kind": "person", "name": "Lovely Rita"}])
    assert [one.id for one in propose("lov", ["person"])] == ["rita", "ada"]


def test_what_another_program_wrote_meanwhile_is_known_before_an_id_is_given(desk, root):
    desk.annotations.write([{"kind": "issue", "name": "First"}])
    other = Desk.open(root)
    other.annotations.write([{"kind": "quote", "article": "b", "text": "The loom is not built.", "id": "same"}])
    with pytest.raises(DossierError, match="in use"):
        desk.annotations.write([quote(text="She left.", id="same")])
    other.annotations.undo()
    desk.annotations.write([quote(text="She left.", id="same")])
    assert not desk.problems()
    other.close()


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_words_over_several_lines_and_paragraphs_come_back_line_by_line(root, end):
    (root / "articles/a.txt").write_bytes(TEXT.replace(" on Monday", "\non  Monday").replace("\n", end).encode())
    desk = Desk.open(root)
    text = (root / "articles/a.txt").read_bytes().decode()
    desk.annotations.write(
        [quote(start=0, end=text.index(" She left"), id="long"), quote(text="began on Monday", id="two")]
    )
    assert entries(root)["long"]["text"].startswith("The talks began\non  Monday in London.\n\n“We")
    assert entries(root)["two"]["text"] == "began\non  Monday"
    assert {one.status for name in ("long", "two") for one in desk.evidence_of(name)} == {"exact"}
    desk.close()


def test_a_screen_that_holds_what_it_shows_gets_what_a_desk_beside_it_writes(desk, root):
    desk.synced_elsewhere = True
    desk.pin_snapshot()
    side = desk.clone()
    side.annotations.write([{"kind": "person", "id": "rita", "name": "Rita"}])
    side.annotations.write([quote(text="She left.", id="left", speaker="rita")])
    assert desk.entry("rita") is None
    desk.pin_snapshot()
    assert desk.entry("left").title == "She left."
    assert desk.evidence_of("left")[0].status == "exact"
    side.close()
    desk.synced_elsewhere = False


def test_what_a_command_after_it_reads_is_what_was_written(desk, root):
    desk.annotations.write([quote(text="She left.", id="left"), {"kind": "issue", "name": "Delay"}])
    desk.annotations.undo()
    known = {entry: desk.entry(entry) for entry in ("left", "delay", "accept")}
    counts, problems = desk.anchor_counts(), desk.problems()
    shutil.rmtree(desk.home)
    fresh = Desk.open(root)
    assert {entry: fresh.entry(entry) for entry in known} == known
    assert (fresh.anchor_counts(), fresh.problems()) == (counts, problems)
    fresh.close()


def test_letters_longer_than_every_name_are_compared_with_none(london, monkeypatch):
    """A paste that the terminal does not mark comes key by key, and every name was looked through at each: 2.1 seconds."""
    desk = Desk.open(london)
    asked = []
    monkeypatch.setattr(completion, "_rank", lambda *words: asked.append(words))
    assert desk.annotations.propose("united states " * 40, ("delegation", "person", "issue")) == []
    assert asked == []
    desk.annotations.propose("united", ("delegation",))
    assert asked
    desk.close()
