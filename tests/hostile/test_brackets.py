"""Brackets in text are text: shown to the letter wherever text is shown, and nothing happens when they are clicked on."""

import collections
import re

import pytest
from hostile.hostile_folder import BRACKETS, write
from textual.events import Paste
from ui.driving import driven
from ui.screen_text import lines_of, until

from dossier.model.clean import HOSTILE, MARK, clean

ROOMY = (200, 60)
"""A size at which nothing need be cut."""

SINKS = {
    "title of a pane": "panes Parties", "title of another pane": "panes Claims", "title of a third": "panes Testimony",
    "title of the reader": "panes Headline", "tree": "panes Side", "member": "panes Person", "role": "panes Role",
    "issue": "panes Issue", "sub-issue": "panes Sub", "status line": "panes Title", "other names": "panes Other name",
    "note": "panes Note of the side", "source": "panes Agency", "heading of links": "panes relation",
    "article": "panes The second paragraph", "quote that is lost": "panes nowhere to be found", "event": "panes Event",
    "place": "panes Place", "snippet": "results The third", "input": "input Typed",
    "message": "message Message", "palette": "palette Side",
    "preview of an export": "export Side", "review": "review",
}  # fmt: skip
"""Where text is shown: the part of the walk, and the word before the shape there."""


def box_of(app) -> list[str]:
    """Return what stands in the box of a dialog, and not beside it."""
    x, y, width, height = app.screen.query_one("#box").region
    strips = app.screen._compositor.render_strips()[y : y + height]
    return ["".join(segment.text for segment in strip.crop(x, x + width)) for strip in strips]


def flat(lines: list[str]) -> str:
    """The screen in one line, without frames, so that words that were broken come together."""
    return re.sub(r"[\s│┃▌▏┊]+", " ", " ".join(lines))


def close(text: str) -> str:
    """The text without white space, since a shape may be broken anywhere."""
    return "".join(text.split())


async def everywhere(pilot, shape):
    """Yield what is on the screen in every pane, zoomed too, in dialogs, lists of hits and messages: (part, lines)."""
    app = pilot.app
    for key in "1jjj2jj3jjj45j6j7j":
        await pilot.press(key)
        await pilot.pause()
        yield "panes", lines_of(app)
        if key.isdigit():
            await pilot.press("z")
            await pilot.pause()
            yield "panes", lines_of(app)
            await pilot.press("z")
    await pilot.press("1")
    dialogs = {
        "palette Side": "colon s i d e",
        "palette Person": "colon p e r s",
        "export Side": "x",
        "review nowhere": "!",
    }
    for place, keys in dialogs.items():
        part, word = place.split()
        await pilot.press(*keys.split())
        await until(pilot, lambda word=word: len(app.screen_stack) > 1 and word in flat(box_of(app)))
        yield part, box_of(app)
        await pilot.press("escape")
        await pilot.pause()
    for key in ("question_mark", "o"):
        await pilot.press(key)
        await pilot.pause()
        yield "panes", lines_of(app)
        await pilot.press("escape")
    await pilot.press("slash", *"minister")
    await until(pilot, lambda: all(word in flat(lines_of(app)) for word in ("Results", "The third")))
    yield "results", lines_of(app)
    await pilot.press("ctrl+u")
    app.screen.focused.post_message(Paste(f"Typed {shape}"))
    await until(pilot, lambda: "Typed" in flat(lines_of(app)))
    yield "input", lines_of(app)
    await pilot.press("escape", "escape")
    app.screen.refuse(f"Message {shape}")
    await until(pilot, lambda: "Message" in flat(lines_of(app)))
    yield "message", lines_of(app)


CONTROLS = "\x1b[7;77m\x07\x9b7;77m\u202e\u2066\x7f\x00"
"""Some of each kind, short enough that nothing of it is cut."""


@pytest.mark.parametrize(
    "shape",
    [f"{BRACKETS[4]}[/]{CONTROLS}", *(pytest.param(one, marks=pytest.mark.thorough) for one in BRACKETS)],
    ids=repr,
)
async def test_a_shape_is_shown_to_the_letter_in_every_sink(tmp_path, shape):
    """Seen from the screen as drawn, at a size at which nothing need be cut; what is taken out leaves a mark there."""
    write(tmp_path / "d", shape, names=False)
    seen = collections.defaultdict(str)
    screens = 0
    async with driven(tmp_path / "d", ROOMY) as pilot:
        async for part, lines in everywhere(pilot, shape):
            assert pilot.app.is_running
            assert not HOSTILE.search("".join(lines))
            seen[part] += f" {flat(lines)}"
            screens += 1
        assert pilot.app.return_code in (None, 0)
    looks = {flat([clean(shape)]), flat([HOSTILE.sub(MARK, shape)])}  # with pictures, and where length counts
    seen["export"] = seen["export"].replace("\\", "")  # as Markdown has it
    missing = []
    for sink, place in SINKS.items():
        part, _, word = place.partition(" ")
        forms = {one.replace("\\", "") for one in looks} if part == "export" else looks
        if not any(close(word + form) in close(seen[part]) for form in forms):
            missing.append(sink)
    assert not missing, f"{shape!r} is not shown as it is written: {missing}"
    print(f"\n  {shape!r} in {len(SINKS)} sinks, {screens} screens; one of {len(BRACKETS)} shapes")


@pytest.mark.parametrize(
    ("size", "every"),
    [((120, 40), 15), *(pytest.param(size, 1, marks=pytest.mark.thorough) for size in ((120, 40), (60, 24)))],
)
async def test_a_click_on_brackets_does_nothing_that_they_say(tmp_path, size, every):
    """On every place on which any of them stands, once and twice: the program does not quit, ring or open anything."""
    write(tmp_path / "d", " ".join(BRACKETS[4:7]), names=False)
    clicks = 0
    async with driven(tmp_path / "d", size) as pilot:
        called = []
        for name in ("quit", "exit", "bell", "program_quit", "open_url"):
            setattr(pilot.app, f"action_{name}", lambda *_, name=name: called.append(name))
        for key in "12345":
            await pilot.press(key)
            await pilot.pause()
            lines = lines_of(pilot.app)[: size[1] - 2]
            found = [
                (match.start() + 2, y)
                for y, line in enumerate(lines)
                for match in re.finditer(r"\[@click|x\[/\]", line)
            ]
            for x, y in found[::every]:
                await pilot.click(offset=(x, y), times=1 + clicks % 2)
                clicks += 1
                assert pilot.app.is_running
        assert called == []
        assert pilot.app.return_code is None
    assert clicks >= 10
    print(f"\n  {clicks} clicks at {size}")


@pytest.mark.parametrize("shape", BRACKETS)
def test_a_plain_command_prints_a_shape_to_the_letter(shape, capsys):
    from dossier.cli.saying import say, say_line, tell

    say(shape)
    say_line(shape)
    tell(shape)
    told = capsys.readouterr()
    assert told.out == f"{shape}\n{shape}\n"
    assert told.err == f"{shape}\n"


def test_a_document_is_inert_on_its_way_out_too(capsys):
    from dossier.cli.saying import say_document

    say_document(f"a{CONTROLS}\n")
    assert capsys.readouterr().out == f"{clean(f'a{CONTROLS}')}\n"


async def test_brackets_in_queries_names_of_files_and_errors_do_nothing(tmp_path, monkeypatch):
    """What one types and what goes wrong is text as well."""
    write(tmp_path / "d", " ".join(BRACKETS[:12]), names=False)
    everything = " ".join(BRACKETS)
    async with driven(tmp_path / "d", ROOMY) as pilot:
        await pilot.press("slash")
        pilot.app.screen.focused.post_message(Paste(everything))
        await until(
            pilot,
            lambda: (
                everything[:100] in flat(lines_of(pilot.app)).replace("  ", " ")
                or "[/] [sic]" in flat(lines_of(pilot.app))
            ),
        )
        await pilot.press("escape", "escape")
        for message in BRACKETS:
            pilot.app.screen.refuse(message)
            await pilot.pause()
            assert any(message in line for line in lines_of(pilot.app)), message
        assert pilot.app.is_running
