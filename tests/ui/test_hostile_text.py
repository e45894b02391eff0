"""Text from a file reaches the screen as itself and does nothing there: no markup, no escape, no reversed line."""

import ast
import re
from pathlib import Path

import pytest
from hostile_dossier import BRACKETS, NASTY, write
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style
from screen_text import lines_of, press, screen_of, until

from dossier.model.clean import HOSTILE
from dossier.ui.drawing import text as door

UI = Path(__file__).resolve().parents[2] / "dossier" / "ui"
PLAIN = Style()


@given(st.text(max_size=80), st.integers(0, 60), st.text(max_size=10))
def test_a_line_is_inert_and_exactly_as_wide_as_asked(text, width, right):
    segments = door.line([(text, PLAIN)], width, PLAIN, [(right, PLAIN)])
    shown = "".join(segment.text for segment in segments)
    assert not HOSTILE.search(shown)
    assert "\n" not in shown
    assert cell_len(shown) == width or sum(cell_len(segment.text) for segment in segments) == width


@given(st.text(st.sampled_from("ab\x1b\x9b\u202e\x00\n\r\t"), max_size=40))
def test_words_keep_their_length_and_lose_their_power(text):
    segments = door.words(text, [], PLAIN, (0, 0))
    shown = "".join(segment.text for segment in segments)
    assert len(shown) == len(text)
    assert not HOSTILE.search(shown)


@pytest.mark.parametrize("shape", BRACKETS)
def test_brackets_are_shown_to_the_letter(shape):
    assert "".join(segment.text for segment in door.line([(shape, PLAIN)], 60, PLAIN)).rstrip() == shape
    assert str(door.content(shape)) == shape
    assert not door.content(shape).spans


def test_what_was_taken_out_leaves_a_mark():
    assert str(door.content("a\x1bb\x9bc\u202ed")) == "a␛b\ufffdc\ufffdd"
    shown = "".join(segment.text for segment in door.line([("a\x1bb\x9bc\u202ed", PLAIN)], 20, PLAIN))
    assert shown.rstrip() == "a␛b\ufffdc\ufffdd"


SINKS = {"Segment", "Strip", "Content", "Text", "Static", "Label", "Markdown", "Button", "OptionList", "DataTable", "Tree", "Input",
         "notify", "render_str", "from_markup", "border_title", "border_subtitle", "tooltip", "print", "write", "print_exception"}  # fmt: skip
ALLOWED = {
    ("drawing/text.py", "Segment"), ("drawing/text.py", "Strip"), ("drawing/text.py", "Content"),
    ("run.py", "print"),  # cleaned there: `_tell`
    ("work/copying.py", "write"),  # base64 of cleaned words
    ("work/terminal_driver.py", "write"),  # the one question to the terminal, a constant
    ("run.py", "write"),  # the modes of the terminal, and nothing from any file
    ("screens/browse/panes.py", "Button"), ("widgets/screen.py", "Button"), ("widgets/dialog.py", "Button"),  # a record of ours
    ("screens/browse/annotation.py", "write"), ("work/annotator.py", "write"),  # into the YAML, by the desk
    ("work/terminal_output.py", "write"), ("work/terminal_output.py", "notify"),  # of what Textual has drawn; a lock's
}  # fmt: skip


def test_no_text_goes_around_the_one_door():
    """A new sink must be led through `ui/drawing/text.py`, or be argued for in the list above."""
    found = set()
    for module in UI.rglob("*.py"):
        name = module.relative_to(UI).as_posix()
        for node in ast.walk(ast.parse(module.read_text())):
            used = ""
            if isinstance(node, ast.Call):
                used = getattr(node.func, "id", getattr(node.func, "attr", ""))
            elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                used = node.attr
            if used in SINKS:
                found.add((name, used))
    assert found <= ALLOWED, found - ALLOWED
    assert found >= ALLOWED, "the list above names what is no longer there"


async def visit(pilot):
    """Goes everywhere and yields what is on the screen there."""
    for keys in (
        ["1"],
        ["2"],
        ["3"],
        ["j"],
        ["enter"],
        ["J"],
        ["5"],
        ["j"],
        ["j"],
        ["enter"],
        ["["],
        ["z"],
        ["z"],
        ["space"],
    ):
        await pilot.press(*keys)
        await pilot.pause()
        yield lines_of(pilot.app)
    for key in ("question_mark", "colon", "x"):
        await pilot.press(key)
        await pilot.pause(0.05)
        yield lines_of(pilot.app)
        await pilot.press("escape")
        await pilot.pause()


@pytest.mark.parametrize("size", [(120, 40), (100, 30), (60, 20)])
async def test_a_hostile_dossier_is_read_like_any_other(browsing, tmp_path, size):
    write(tmp_path / "hostile")
    seen = []
    async with browsing(tmp_path / "hostile", size) as pilot:
        async for lines in visit(pilot):
            assert pilot.app.is_running
            for line in lines:
                assert not HOSTILE.search(line), repr(line)
                assert cell_len(line) == size[0]
            seen.append("\n".join(lines))
    everything = "\n".join(seen)
    for shape in ("[the minister]", "[sic]", "[W]e"):
        assert shape in re.sub(r"\s+", " ", everything)
    assert "missing" in everything


async def test_hostile_queries_answers_and_errors_are_inert(browsing, tmp_path, monkeypatch):
    from textual.events import Paste

    from dossier.desk.desk import Desk
    from dossier.model.problems import DossierError

    write(tmp_path / "hostile")
    async with browsing(tmp_path / "hostile") as pilot:
        await press(pilot, "search.open")
        pilot.app.screen.query_line.line.post_message(Paste("minister " + NASTY))
        await until(pilot, lambda: pilot.app.screen.results.answer is not None or pilot.app.screen.message[0])
        assert not HOSTILE.search(screen_of(pilot.app).replace("\n", ""))
        await pilot.press("ctrl+u", *"minister")
        await until(pilot, lambda: pilot.app.screen.results.hits)
        assert not HOSTILE.search(screen_of(pilot.app).replace("\n", ""))

        def refuse(*_args, **_kwargs):
            raise DossierError(NASTY)

        monkeypatch.setattr(Desk, "search", refuse)
        await pilot.press("x")
        await until(pilot, lambda: "[the minister]" in screen_of(pilot.app))
        assert not HOSTILE.search(screen_of(pilot.app).replace("\n", ""))
