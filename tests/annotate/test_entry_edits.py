"""An edit of a YAML file says what was meant, in every layout, and leaves all else as it is, byte for byte."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.model.problems import DossierError
from dossier.store.yaml.entry_edits import insert_item, insert_pair, remove, set_value
from dossier.store.yaml.rendering import BlockScalar

LAYOUTS = {
    "block": "# head\narticle: a\n\nquotes:\n  # first\n  one:\n    text: one # no comment\n    issues: [x]\n\n"
    "  # second\n  two:\n    text: >-\n      several words\n      of it\nlinks:\n  - {from: a, rel: b, to: c}\n",
    "wide": "quotes:\n    one:\n        text: one\n    two: {text: two}\nlinks:\n- from: a\n  rel: b\n  to: c\n",
    "flow": "quotes: {one: {text: one}, two: {text: 'two'}}  # all\nlinks: [{from: a, rel: b, to: c}]\n",
    "all flow": "{quotes: {one: {text: one}, two: {text: two}}, links: [{from: a, rel: b, to: c}]}\n",
    "empty": "quotes: {}  # none yet\nlinks: []\n",
    "bare": "quotes:\n  # to come\n\nlinks:\n",
    "none": "title: x",
    "nothing": "",
    "comments": "# only this\n---\n# and this\n",
    "kept": "quotes:\n  one:\n    text: |+\n      one\n\n  two:\n    text: |+\n      two\n\n\n",
    "ended": "---\nquotes:\n  one: {text: one}\n...\n",
    "tail": "quotes:\n  one:\n    text: one\n    # of one\n# of the end\n",
    "literal": "quotes:\n  one:\n    text: |2\n        deep\n      less\n",
}
WAYS = {
    "": lambda text: text,
    "crlf": lambda text: text.replace("\n", "\r\n"),
    "bom": lambda text: "\ufeff" + text,
    "open end": lambda text: text.rstrip("\n"),
}
VALUES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    st.text("ab :#'\"-,{}[]&*!|>%@`?\n\t\\\u2028\u00a0é", min_size=1, max_size=40),
)


def read(text):
    return yaml.load(text.removeprefix("\ufeff"), yaml.BaseLoader) or {}


def layouts():
    return [
        pytest.param(way(text), id=f"{name} {how}")
        for name, text in LAYOUTS.items()
        for how, way in WAYS.items()
        if (name, how) not in (("kept", "open end"), ("literal", "open end"))  # a line end more: tested below
    ]


def kept(before, after):
    """Return what is left of a file when the one stretch that was put in is taken out again."""
    least = min(len(before), len(after))
    first = next((at for at in range(least) if before[at] != after[at]), least)
    return before[first:] if after.endswith(before[first:]) else None


@pytest.mark.parametrize("text", layouts())
@pytest.mark.parametrize("index", [0, None])
def test_an_entry_is_put_into_any_layout_and_nothing_else_changes(text, index):
    before = read(text)
    quotes = before.get("quotes") or {}
    if index == 0 and not quotes:
        index = None
    fields = {"text": BlockScalar("new: words # and, {more}"), "issues": ["x", "y"], "at": {"before": "a: b"}}
    after = insert_pair(text, ["quotes"], "new", fields, index)
    expected = {"text": "new: words # and, {more}", "issues": ["x", "y"], "at": {"before": "a: b"}}
    assert read(after) == before | {"quotes": quotes | {"new": expected}}
    assert list(read(after)["quotes"]) == (["new", *quotes] if index == 0 else [*quotes, "new"])
    if "{}" not in text:
        assert kept(text, after) is not None
    if "\r\n" in text:
        assert "\n" not in after.replace("\r\n", "")
    undone = remove(after, ["quotes", "new"])
    assert (read(undone).get("quotes") or {}) == quotes


@pytest.mark.parametrize("text", layouts())
def test_a_link_is_put_into_any_layout(text):
    before = read(text)
    links = before.get("links") or []
    fields = {"from": "a", "rel": "responds to", "to": "d", "at": BlockScalar("some: words")}
    after = insert_item(text, ["links"], fields)
    assert read(after) == before | {"links": [*links, fields]}
    first = insert_item(text, ["links"], fields, 0) if links else after
    assert read(first)["links"][0] == fields


@pytest.mark.parametrize("text", layouts())
def test_a_field_is_set_replaced_and_taken_out_in_any_layout(text):
    before = read(text)
    for name, entry in (before.get("quotes") or {}).items():
        for value in ("plain", "a: b #", ["x", "y"], BlockScalar("long words"), {"before": "x"}):
            for field in ("text", "stance"):
                after = set_value(text, ["quotes", name, field], value)
                assert read(after) == before | {"quotes": before["quotes"] | {name: entry | {field: value}}}
        assert name not in (read(remove(text, ["quotes", name])).get("quotes") or {})


@pytest.mark.parametrize("text", layouts())
@given(words=VALUES, note=VALUES, data=st.data())
@settings(max_examples=25)
def test_any_words_come_back_as_they_were(text, words, note, data):
    before = read(text)
    index = data.draw(st.integers(0, len(before.get("quotes") or {})))
    fields = {
        "text": BlockScalar(words),
        "note": note,
        "via": [note, "b"],
        "at": [BlockScalar(words), {"text": BlockScalar(words)}],
    }
    after = insert_pair(text, ["quotes"], "new", fields, index if before.get("quotes") else None)
    assert read(after)["quotes"]["new"] == fields
    assert {**read(after)["quotes"], "new": None} == {**(before.get("quotes") or {}), "new": None}
    changed = set_value(after, ["quotes", "new", "text"], BlockScalar(note + words))
    assert read(changed)["quotes"]["new"]["text"] == note + words


def test_a_tab_before_a_no_break_space_can_be_read_by_every_parser():
    """Libyaml reads it in a plain text, the scanner in plain Python does not: the file would be broken for others."""
    text = insert_pair("quotes: {}\n", ["quotes"], "new", {"text": BlockScalar("\u00a00\t\u00a0")})
    changed = set_value(text, ["quotes", "new", "text"], BlockScalar("\u00a00\u00a00\t\u00a0"))
    assert read(changed)["quotes"]["new"]["text"] == "\u00a00\u00a00\t\u00a0"
    changed = set_value("quotes: {one: {text: ab}}\n", ["quotes", "one", "text"], BlockScalar("ab\t\u00a0c"))
    assert read(changed)["quotes"]["one"]["text"] == "ab\t\u00a0c"


def test_what_an_alias_repeats_is_refused():
    text = "quotes:\n  one: &q {text: a}\n  two: *q\n"
    for steps in (["quotes", "one", "note"], ["quotes", "two", "note"]):
        with pytest.raises(DossierError, match="alias"):
            set_value(text, steps, "x")
    assert read(insert_pair(text, ["quotes"], "three", {"text": "b"}))["quotes"]["three"] == {"text": "b"}


@pytest.mark.parametrize("style", ["|", ">", "|+"])
def test_a_block_at_the_open_end_of_a_file_gets_no_more_than_a_line_end(style):
    text = f"quotes:\n  one:\n    text: {style}\n      words of it"
    after = insert_pair(text, ["quotes"], "two", {"text": "b"})
    assert after.startswith(text)
    one = read(after)["quotes"]["one"]["text"]
    assert one.rstrip("\n") == "words of it"
