"""What caches hold in bytes, counted: nothing read in an hour of use is held for the rest of it."""

import gc
import sys
from types import FunctionType, ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.desk.desk import Desk
from dossier.model.bounded import MOST_BYTES, BoundedDict, CallCache, size_of
from dossier.model.paged import Paged
from dossier.search.engines.bitsets import BitsetCache
from dossier.store.sync import kept_rows
from dossier.store.sync.sources import ArticleSources
from dossier.store.yaml import kept_sheets, source_positions
from dossier.ui.widgets.hit_lines import size_of_lines
from dossier.ui.work.reading import Reading

ARTICLES, ROOM = 6, 3_000_000
SHEET = """format: 1
title: Long articles
articles:
"""


def counted(*held):
    """Bytes of all that these objects lead to, told by the interpreter, but code and what the dossier is read from."""
    seen, waiting, total = set(), list(held), 0
    while waiting:
        one = waiting.pop()
        if id(one) in seen or isinstance(one, type | ModuleType | FunctionType | Desk):
            continue
        seen.add(id(one))
        total += sys.getsizeof(one)
        waiting += gc.get_referents(one)
    return total


@pytest.fixture(scope="module")
def long_articles(tmp_path_factory):
    """Articles of a megabyte each, with quotes in them."""
    folder = tmp_path_factory.mktemp("long")
    sheet = [SHEET]
    quotes = ["people:\n  ann: {name: Ann Lane}\nquotes:\n"]
    for number in range(ARTICLES):
        paragraph = f"Article {number} says that Ann Lane said it would not do so again and again in many words. " * 6
        text = "\n\n".join(f"{paragraph}{at}" for at in range(1_000_000 // len(paragraph)))
        (folder / f"a{number}.txt").write_text(text)
        sheet.append(f"  a{number}: {{file: a{number}.txt, title: Article {number}}}\n")
        quotes.append(f"  q{number}: {{text: 'it would not do so again', speaker: ann, at: {{article: a{number}}}}}\n")
    (folder / "dossier.yaml").write_text("".join([*sheet, *quotes]))
    return folder


def test_articles_of_a_megabyte_read_one_after_another_are_let_go(long_articles, monkeypatch):
    monkeypatch.setattr("dossier.ui.work.reading._ARTICLE_BYTES", ROOM)
    desk = Desk.open(long_articles)
    try:
        reading = Reading(desk)
        kept = (reading._articles, reading._views, reading._rows)
        assert 1_000_000 < counted(reading.article("a0")) < ROOM
        for number in range(ARTICLES):
            reading.article(f"a{number}")
            for entry in (f"a{number}", f"q{number}"):
                reading.view(entry)
                reading.row(entry)
            assert reading.article(f"a{number}") is reading.article(f"a{number}")
        for each in kept:
            assert each
            assert counted(dict(each)) <= 1.2 * (ROOM if each is reading._articles else MOST_BYTES)
        assert counted(dict(reading._articles)) <= 1.2 * reading._articles.held
    finally:
        desk.close()


def test_each_state_of_a_large_file_that_is_edited_is_let_go():
    """Trees, sheets and rows of the last states of a file of 100 KB took over 30 MB, for the rest of the session."""
    entries = "".join(f"  i{number}: {{name: Issue {number}, aliases: [A{number}]}}\n" for number in range(2_300))
    caches = (source_positions._kept, kept_sheets._kept_sheet, kept_rows._kept_rows)
    for cache in caches:
        cache.clear()
    for state in range(8):
        text = f"format: 1\ntitle: State {state}\nissues:\n{entries}"
        assert source_positions.parse(text) is source_positions.parse(text)
        sheet, rows = kept_rows.known_rows("dossier.yaml", text.encode())
        assert sheet is kept_sheets.read_known_sheet("dossier.yaml", text.encode())
        assert rows
    for cache, most in zip(caches, (source_positions._MOST_BYTES, MOST_BYTES, MOST_BYTES), strict=True):
        assert 100_000 < counted(dict(cache._kept)) <= 1.2 * most
        cache.clear()


def test_small_results_of_the_last_calls_are_kept():
    calls = []
    cache = CallCache(lambda text: calls.append(text) or [text], 3, 1_000, len)
    for text in "abcabcdd":
        cache(text)
    assert calls == ["a", "b", "c", "d"]
    cache("a")
    assert calls == ["a", "b", "c", "d", "a"]


@given(st.lists(st.tuples(st.integers(0, 9), st.text(max_size=300), st.booleans())))
def test_a_cache_holds_its_bytes_and_the_last_item_at_least(steps):
    cache = BoundedDict(5, 600)
    for key, text, forget in steps:
        cache[key] = text
        assert cache[key] == text
        assert cache.held == sum(map(sys.getsizeof, cache.values()))
        assert len(cache) == 1 or cache.held <= 600
        assert len(cache) <= 5
        if forget:
            del cache[next(iter(cache))]
    cache.clear()
    assert cache.held == 0


def test_what_was_used_last_is_let_go_last():
    cache = BoundedDict(2)
    cache["a"], cache["b"] = 1, 2
    assert cache.use("a") == 1
    cache["c"] = 3
    assert set(cache) == {"a", "c"}


def test_pages_of_long_texts_are_let_go_by_their_bytes():
    class Texts(Paged):
        page_size = 10

        def read_page(self, places):
            return [str(place) * 10_000 for place in places]

    texts = Texts(range(1000, 2000))
    for at in range(len(texts)):
        assert texts[at].startswith(str(1000 + at))
    assert counted(dict(texts._pages)) <= 1.1 * texts.most_bytes


def fill_long_sheet(folder, *, quotes, names):
    """A dossier with many quotes of one article, and sides and issues whose names are long."""
    words = "who spoke for the delegation of the islands in the talks on fisheries " * 4
    sheet = ["format: 1\ntitle: T\narticles: {a: {file: a.txt, title: A}}\nissues:\n"]
    sheet += [f"  issue-{n}: {{name: {words}{n}}}\n" for n in range(names)]
    sheet += ["delegations:\n", *(f"  side-{n}: {{name: {words}{n}}}\n" for n in range(names)), "quotes:\n"]
    sheet += [
        f"  quote-with-a-rather-long-id-{n}: {{text: Line {n} of it, at: {{article: a}}, speaker: side-{n % names},"
        f" issues: [issue-{n // names % names}], stance: for, date: 2021-0{n % 9 + 1}-1{n % 7}}}\n"
        for n in range(quotes)
    ]
    (folder / "a.txt").write_text("".join(f"Line {n} of it.\n\n" for n in range(quotes)))
    (folder / "dossier.yaml").write_text("".join(sheet))


def test_lists_read_to_their_end_are_let_go_by_the_bytes_they_take(tmp_path, monkeypatch):
    """Of a list of thousands of lines only the first are known when it is asked for: what it grows to counts too."""
    room = 150_000
    monkeypatch.setattr("dossier.desk.listing.lists._BYTES", room)
    fill_long_sheet(tmp_path, quotes=400, names=10)
    desk = Desk.open(tmp_path)
    try:
        for sort in ("written", "name", "date"):
            for lens in ((), *((f"side-{n}",) for n in range(10)), *((f"issue-{n}",) for n in range(10))):
                listing = desk.listing("quotes", lens, sort)
                assert desk.listing("quotes", lens, sort) is listing
                assert len(list(listing)) == (40 if lens else 400)
                listing.position("quote-with-a-rather-long-id-399")
        held = [(list(one.places), dict(one._pages), dict(one._positions)) for one in desk._lists._kept.values()]
        assert room / 4 < counted(held) <= 1.2 * (room + counted(held[-1]))
        assert len(held) < 20
    finally:
        desk.close()


def test_matrices_of_many_lenses_are_let_go_by_the_bytes_of_their_cells(tmp_path, monkeypatch):
    room = 50_000
    monkeypatch.setattr("dossier.desk.matrix.matrix._BYTES", room)
    fill_long_sheet(tmp_path, quotes=400, names=10)
    desk = Desk.open(tmp_path)
    try:
        whole = desk.weighing.matrix()
        dated = desk.weighing.matrix(as_of="2021-05")
        for n in range(10):
            for lens in ((f"side-{n}",), (f"issue-{n}",), (f"side-{n}", f"issue-{n}")):
                desk.weighing.matrix(lens=lens)
                held = counted(*desk.weighing._cells.values())
                assert len(desk.weighing._cells) == 1 or held <= 1.2 * room
        assert room / 4 < held
        assert (desk.weighing.matrix(), desk.weighing.matrix(as_of="2021-05")) == (whole, dated)
    finally:
        desk.close()


@pytest.mark.parametrize("passages", [12_000, 240_000])
def test_an_hour_of_searches_leaves_the_lanes_of_the_last_of_them(passages):
    """Of 12,000 passages two thousand lanes were kept, 24 MB, of words that nobody would ask for again."""
    cache = BitsetCache(passages)
    for word in range(3_000):
        cache.get(word, lambda: bytes(passages))
    held = counted(dict(cache._lanes))
    assert cache.get(2_999, lambda: pytest.fail("it is let go")) == bytes(passages)
    assert held <= (6_000_000 if passages < 20_000 else 25_000_000)


def test_the_size_of_a_record_counts_what_it_shares_once():
    text = "x" * 10_000
    assert 10_000 < size_of((text, [text], {text: text})) < 11_000


def test_words_looked_for_in_every_article_leave_their_texts_alone_in_memory(tmp_path, monkeypatch):
    """The forms in which they are searched took 20 MB of 300 articles, and were never given back to the system."""
    made = []

    class Watched(ArticleSources):
        def __init__(self, *arguments):
            super().__init__(*arguments)
            made.append(self)

    monkeypatch.setattr("dossier.store.sync.sources.ArticleSources", Watched)
    articles = range(40)
    for number in articles:
        (tmp_path / f"a{number}.md").write_text(f"*Article* {number} has  no   more than these {number} words.\n" * 20)
    sheet = [f"  a{number}: {{file: a{number}.md, title: Article {number}}}\n" for number in articles]
    quotes = [
        f"  q{number}: {{text: Article {number} has no more, speaker: ann, at: {{article: a{(number + 1) % 40}}}}}\n"
        for number in articles
    ]
    (tmp_path / "dossier.yaml").write_text(
        "".join(["format: 1\ntitle: T\narticles:\n", *sheet, "people: {ann: {name: Ann Lane}}\nquotes:\n", *quotes])
    )
    desk = Desk.open(tmp_path)
    try:
        messages = [problem.message for problem in desk.problems()]
    finally:
        desk.close()
    assert sum(f"they stand in a{number}, ¶" in message for number in articles for message in messages) == 40
    sources = made[-1]
    assert 0 < len(sources._read) <= 16
    assert counted(dict(sources._read), dict(sources._texts), sources.explanations._new) < 1_000_000


@given(st.lists(st.tuples(st.integers(0, 2**29), st.integers(0, 2**29)), max_size=2), st.booleans(), st.booleans())
def test_the_lines_of_a_hit_take_no_more_bytes_than_are_counted_for_them(lines, before, behind):
    assert size_of((lines, before, behind)) <= size_of_lines((lines, before, behind))


def test_a_cache_does_not_measure_a_value_that_it_holds_alone():
    measured = []
    cache = BoundedDict(5, 600, lambda text: measured.append(text) or len(text))
    cache[1] = "a" * 1_000
    cache[1] = "b" * 1_000
    assert cache.use(1)
    assert not measured
    cache[2] = "c"
    assert list(cache) == [2]
    assert measured == ["b" * 1_000, "c"]
    cache[3] = "d" * 599
    assert cache.held == 600
    assert len(measured) == 3
