"""Long lists are written as they are read: a reader of the JSON must not see a difference."""

import json

import click
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from dossier.cli import saying

VALUES = st.text(max_size=8) | st.integers() | st.none() | st.lists(st.text(max_size=4), max_size=2)
ITEMS = st.lists(st.dictionaries(st.text(max_size=4), VALUES, max_size=3), max_size=7)


def printed(work):
    return CliRunner().invoke(click.command()(work)).output


@given(ITEMS, st.dictionaries(st.sampled_from(["id", "title"]), st.text(max_size=5), max_size=2))
def test_it_is_the_same_as_in_one_piece(items, before):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(saying, "_AT_ONCE", 3)
        streamed = printed(lambda: saying.say_json_list(iter(items), "items", **before))
    assert streamed == printed(lambda: saying.say_json(before | {"items": items}))
    assert json.loads(streamed) == before | {"items": items}


def test_a_list_is_not_held_until_its_end():
    """A dossier of 10,000 articles has 65,000 dated things."""
    written = []

    def items():
        for number in range(2 * saying._AT_ONCE):
            yield {"number": number, "written": len(written)}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(click, "echo", lambda text, **_: written.append(text))
        saying.say_json_list(items(), "items")
    assert json.loads("".join(written))["items"][-1]["written"] == 1
