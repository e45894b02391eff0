"""An answer is what its reader needs: hits with their words in view, exact counts, and the reason for each."""

import subprocess
import sys
from collections import Counter
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from search_worlds import dossiers, names, queries, texts

from dossier.model.articles import paragraphs
from dossier.model.clean import HOSTILE
from dossier.model.passages import Most, Passage
from dossier.search.engines.engine import open_engine
from dossier.search.engines.scan import ScanEngine
from dossier.search.finder import Finder
from dossier.search.query.names import Names, resolved
from dossier.search.query.parser import parse
from dossier.search.query.suggestions import distance
from dossier.search.snippets import WIDTH, highlights, snippet

ARTICLE = Path(__file__).parents[2] / "seeds/london-trade-talks/articles/2025-06-10-london.txt"
ENTRIES = [
    ("united-states", "delegation", ["United States", "U.S.", "US", "Washington"]),
    ("china", "delegation", ["China"]),
    ("he-lifeng", "person", ["He Lifeng", "Vice Premier He", "何立峰"]),
    ("bessent", "person", ["Scott Bessent", "Bessent"]),
    ("trump", "person", ["Donald Trump", "President Trump", "Trump"]),
    ("rare-earths", "issue", ["Rare-earth exports", "rare earths", "rare earth"]),
]


def london():
    """The shipped article by paragraph, a quote, and the entries that are named."""
    text = ARTICLE.read_text("utf-8")
    found = [
        Passage(f"paragraph:london:{one.number}", "london", "paragraph", "US, China hold trade talks", text[one.start : one.end],
                article="london", paragraph=one.number, date="2025-06-10", language="en", digest="d")
        for one in paragraphs(text)
    ]  # fmt: skip
    found += [
        Passage(f"{kind}:{key}", key, kind, called[0], "", names=tuple(called), digest="d")
        for key, kind, called in ENTRIES
    ]
    found.append(Passage("quote:easy", "easy", "quote", "China is not easy to deal with.", "China is not easy to deal with.",
                         speaker=("trump",), delegation=("united-states",), article="london", paragraph=8, date="2025-06-09",
                         attribution="direct", publisher="Yonhap News Agency", digest="d"))  # fmt: skip
    return found


@pytest.fixture
def finder(empty):
    one = Finder(empty, Names(ENTRIES))
    one.refresh(london())
    return one


def kinds(answer):
    return {hit.key for hit in answer.hits}


def test_a_list_by_kind_gets_the_first_of_each_and_the_exact_counts(finder):
    """The hits that are left out are those that no list shows at first; none of the others, and no number, may go."""
    all_of_them = finder.find("china OR us OR trade")
    some = finder.find("china OR us OR trade", most=Most(each=2, alone=3))
    expected, seen = [], Counter()
    for hit in all_of_them.hits:
        seen[hit.kind] += 1
        expected += [hit] if seen[hit.kind] <= 2 else []
    assert list(some.hits) == expected != list(all_of_them.hits)
    assert (some.total, some.counts) == (all_of_them.total, all_of_them.counts)
    alone = finder.find("kind:paragraph trade", most=Most(each=2, alone=3))
    assert alone.hits == finder.find("kind:paragraph trade").hits[:3]


def test_the_queries_of_the_first_issue(finder):
    assert {"delegation:united-states", "paragraph:london:4"} <= kinds(finder.find("US"))
    assert finder.find("US").hits[0].key == "delegation:united-states"
    assert "export controls" in [hit.snippet[slice(*hit.spans[0])] for hit in finder.find('"export controls"').hits]
    assert "paragraph:london:4" in kinds(finder.find("rare ea", typing=True))
    assert kinds(finder.find("speaker:trump")) == {"quote:easy"}
    assert kinds(finder.find('speaker:"Donald Trump"')) == {"quote:easy"}
    assert "paragraph:london:10" not in kinds(finder.find("-china tariffs"))
    assert finder.find("date:2025-06-09").total == 1
    assert finder.find("publisher:yonhap").total == 1


def test_names_reach_the_entry_and_say_so(finder):
    answer = finder.find("何立峰")
    assert answer.hits[0].key == "person:he-lifeng"
    reasons = {hit.key: hit.why for hit in answer.hits}
    assert reasons["paragraph:london:5"] == "matched: He Lifeng = 何立峰"
    assert finder.find("何立峰", mode="exact").total == 1
    assert "paragraph:london:1" in kinds(finder.find("Washington"))
    assert "paragraph:london:1" not in kinds(finder.find("Washington", mode="exact"))
    assert finder.find("us").hits[0].why == ""
    assert "paragraph:london:1" not in kinds(finder.find("us"))


def test_every_hit_says_why_it_is_there(finder):
    assert {hit.why for hit in finder.find("negotiating").hits} == {"stem: negotiation", "stem: negotiations"}
    assert finder.find("Luth*").total == 0
    assert {hit.why for hit in finder.find("Lutn*").hits} == {"prefix: Lutnick"}
    assert {hit.why for hit in finder.find("lutnik~").hits} == {"one letter off: Lutnick"}
    assert {hit.why for hit in finder.find("lutnik", mode="fuzzy").hits} == {"one letter off: Lutnick"}
    assert {hit.why for hit in finder.find("Lutnick").hits} == {""}
    assert "matched: Scott Bessent = Bessent" in {hit.why for hit in finder.find("besent", mode="fuzzy").hits}


def test_little_found_offers_other_spellings(finder):
    assert finder.find("besent").suggestions == ("Bessent",)
    assert finder.find("tarrifs").suggestions[0] == "tariffs"
    assert finder.find("tarrifs china").suggestions[0] == "tariffs china"
    assert finder.find("qqqqqq").suggestions == ()
    assert finder.find("controls").suggestions == ()


def test_counts_are_exact_and_pages_follow_each_other(finder):
    answer = finder.find("china", limit=3)
    assert answer.total == sum(answer.facets.values()) > 3
    assert list(answer.facets) == ["delegation", "quote", "paragraph"]
    every = finder.find("china", limit=100).hits
    assert [*answer.hits, *finder.find("china", limit=100, offset=3).hits] == list(every)
    assert len(every) == answer.total
    dated = finder.find("china", limit=100, sort="date").hits
    assert [hit.date for hit in dated] == sorted((hit.date for hit in dated), reverse=True)
    assert {hit.key for hit in dated} == {hit.key for hit in every}
    assert finder.find("china", limit=0).total == answer.total


def test_a_lens_narrows_to_ids_and_keys(finder):
    assert kinds(finder.find("china", within=frozenset({"easy", "paragraph:london:1"}))) == {
        "quote:easy",
        "paragraph:london:1",
    }
    assert finder.find("china", within=frozenset()).total == 0
    assert finder.find("china", within=frozenset({"london"})).facets.keys() == {"paragraph"}


def test_mistakes_are_told_and_the_rest_answers(finder):
    answer = finder.find('china "export')
    assert answer.total
    assert answer.notes == ("7: This quotation mark is not closed; the phrase is taken to end with the query.",)
    assert answer.understood == 'china "export"'
    assert finder.find("").notes == ()
    assert finder.find("-").notes == ("There is nothing to search for in this.",)
    assert (
        "speaker: nothing is called Donld Trump. Did you mean speaker:trump?"
        in finder.find('speaker:"Donld Trump"').notes
    )
    assert kinds(finder.find("speaker:tr", typing=True)) == {"quote:easy"}


def test_a_search_that_nobody_waits_for_stops(finder):
    answer = finder.find("china", cancelled=lambda: True)
    assert answer.partial
    assert answer.notes == ("Time ran out: there may be more.",)
    assert finder.find("china").total


@pytest.mark.parametrize("typed", ["china", "chin", '"export controls"', "rare earth", "trump OR he"])
def test_a_search_that_is_stopped_anywhere_is_partial_and_takes_no_index_for_damaged(tmp_path, typed):
    """What is typed next stops a search wherever it is; an index that is called damaged is made anew."""
    engine = open_engine("whoosh", tmp_path)
    finder = Finder(engine, Names(ENTRIES))
    finder.refresh(london())
    whole = finder.find(typed, typing=True)
    assert not whole.partial
    for most in range(100):
        asked = count()
        answer = finder.find(typed, typing=True, cancelled=lambda: next(asked) >= most)
        if not answer.partial:
            break
    assert answer.hits == whole.hits
    assert most > 1, "or it was never stopped in its midst"
    engine.close()


def test_refreshing_takes_in_what_is_new_and_takes_out_what_is_gone(finder):
    passages = london()
    told = []
    assert finder.refresh(passages, progress=lambda done, total: told.append(done))
    assert told == []
    changed = [*passages[1:], Passage("event:talks", "talks", "event", "Talks", "A zebra.", digest="d")]
    assert finder.refresh(changed, progress=lambda done, total: told.append(total))
    assert told[-1] == 1
    assert kinds(finder.find("zebra")) == {"event:talks"}
    assert "paragraph:london:1" not in kinds(finder.find("china", limit=100))


def test_names_in_fields_and_beginnings_of_them():
    known = Names(ENTRIES)
    for text, ids in [
        ("speaker:US", ("united-states",)),
        ("speaker:us", ("united-states",)),
        ("speaker:nobody", ("nobody",)),
        ("issue:rare-earths", ("rare-earths",)),
    ]:
        assert resolved(parse(text).query, known, typing=False)[0].values == ids
    assert known.resolve(("person",), "tru", begun=True) == ["trump"]
    assert [named.id for named in known.called("u.s.")] == []
    assert [named.id for named in known.called("U.S.")] == ["united-states"]
    assert [named.id for named in known.nearly("Bessant")] == ["bessent"]


@settings(deadline=None, max_examples=150)
@given(world=dossiers(4), asked=queries(), mode=st.sampled_from(("exact", "aliases", "fuzzy")))
def test_snippets_are_short_inert_lines_with_marks_in_them(world, asked, mode):
    finder = Finder(ScanEngine(), names())
    finder.refresh(world)
    for hit in finder.find(asked, mode=mode, seconds=60).hits:
        assert len(hit.snippet) <= WIDTH
        assert "\n" not in hit.snippet
        ends = [at for span in hit.spans for at in span]
        assert ends == sorted(ends)
        assert all(0 <= first < last <= len(hit.snippet) for first, last in hit.spans)


@settings(deadline=None, max_examples=300)
@given(st.lists(st.one_of(texts(20), st.text(max_size=200)), max_size=4).map(" ".join), queries())
def test_a_snippet_shows_a_match_when_there_is_one(text, asked):
    query = parse(asked).query
    if query is None:
        return
    line, spans, why = snippet(Passage("k", "i", "paragraph", "t", text, language="en"), query)
    assert not HOSTILE.search(line + why)
    assert len(line) <= WIDTH
    assert bool(spans) == bool(highlights(text.replace("\n", " ").replace("\r", " "), "en", query)) or not spans


def test_long_paragraphs_are_cut_around_the_words():
    text = "filler words " * 300 + "the rare earth exports of China " + "more filler " * 300
    line, spans, _ = snippet(
        Passage("k", "i", "paragraph", "t", text, language="en"), parse('"rare earth" china').query
    )
    assert [line[first:last] for first, last in spans] == ["rare earth", "China"]
    assert line[0] == line[-1] == "…"
    text = "x" * 5000 + " needle"
    assert snippet(Passage("k", "i", "paragraph", "t", text, language="en"), parse("needle").query)[0].endswith(
        "needle"
    )
    hostile = "a\x1b]52;c;evil\x07 needle \u202e txt \x9b31m"
    line = snippet(Passage("k", "i", "paragraph", "t", hostile, language="en"), parse("needle").query)[0]
    assert not HOSTILE.search(line)


def test_phrases_are_marked_as_a_whole_and_single_words_of_them_are_not():
    text = "Export controls. Control of export, controls.\n\nexport\n\ncontrols"
    marked = highlights(text, "en", parse('"export controls"').query)
    assert [text[first:last] for first, last in marked] == ["Export controls", "export, controls"]
    near = highlights(text, "en", parse("control NEAR/1 export").query)
    assert [text[first:last] for first, last in near] == ["Export", "controls", "Control", "export", "controls"]
    assert highlights(text, "en", parse("-export").query) == []


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_distance_counts_the_letters_that_are_off(word, other):
    far = distance(word, other, 9)
    assert far == distance(other, word, 9)
    assert (far == 0) == (word == other)
    assert abs(len(word) - len(other)) <= far <= max(len(word), len(other))
    assert distance(word, other, 1) == min(far, 2)


def test_looking_at_the_search_loads_no_engine():
    code = (
        "import sys, dossier.search.finder, dossier.search.engines.engine, dossier.search.query.reference;"
        "print(sorted({'whoosh', 'tantivy', 'snowballstemmer', 'yaml', 'dataclasses'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
