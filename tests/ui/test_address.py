"""An address is opened on a key alone, after all of it was shown, by a list of arguments; others are never opened."""

import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from screen_text import press, screen_of, until

from dossier.model.problems import DossierError
from dossier.ui.work.opener import command, host, openable

ADDRESS = "https://example.org/" + "a-long-way-to-go/" * 12 + "the-end?x=$(touch${IFS}pwned);`y`"


@pytest.fixture
def addressed(london):
    """The London dossier, its article with an address."""
    sheet = london / "dossier.yaml"
    text = sheet.read_text()
    at = text.index("    file: articles/2025-06-10-london.txt\n")
    sheet.write_text(f"{text[:at]}    url: {json.dumps(ADDRESS)}\n{text[at:]}")
    return london


@pytest.fixture
def browser(tmp_path, monkeypatch):
    """A program that writes down what it was given, and is the user's browser."""
    told = tmp_path / "told"
    program = tmp_path / "my browser"
    program.write_text(
        f"#!{sys.executable}\nimport json, sys\nopen({str(told)!r}, 'w').write(json.dumps(sys.argv[1:]))\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"'{program}' --new-window:ignored")
    return told


async def test_it_is_shown_to_the_last_letter_and_opened_when_that_is_wanted(browsing, addressed, browser):
    async with browsing(addressed) as pilot:
        await press(pilot, "address.open")
        lines = screen_of(pilot.app).splitlines()
        top = next(line for line in lines if "Open this address?" in line)
        left, right = top.index("┏Open"), top.rindex("┓")
        shown = "".join(line[left + 1 : right].strip() for line in lines)
        assert ADDRESS in shown
        assert "leads to example.org" in shown
        assert not browser.exists()
        await press(pilot, "dialog.accept")
        await until(pilot, lambda: browser.exists() and browser.read_text().endswith("]"))
        assert json.loads(browser.read_text()) == ["--new-window", ADDRESS]


async def test_escape_opens_nothing(browsing, addressed, browser):
    async with browsing(addressed) as pilot:
        await press(pilot, "address.open", "dialog.close")
        assert "Open this address" not in screen_of(pilot.app)
        assert not browser.exists()


async def test_where_there_is_none_that_is_said(browsing):
    async with browsing() as pilot:
        await press(pilot, "address.open")
        assert "does not say where it can be read" in screen_of(pilot.app)


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "-h", "--help", "ftp://x", "//x", "https:", "http:///x",
     "https://a b", "https://a\nb", "https://\u202eexample.org", "https://a\x1b]0;x\x07", " https://x", "", "mailto:"],
)  # fmt: skip
def test_no_other_address_is_given_to_a_program(address):
    assert not openable(address)
    with pytest.raises(DossierError):
        command(address, {"BROWSER": "b"})


@given(st.text())
def test_what_is_opened_begins_with_one_of_three_words_and_is_one_argument(text):
    """So that no address is an option, another address or a command."""
    for address in (text, f"https://{text}", f"mailto:{text}"):
        if openable(address):
            words, _ = command(address, {"BROWSER": "prog --flag %s -x"})
            assert words == ["prog", "--flag", address, "-x"]
            assert address.lower().startswith(("http://", "https://", "mailto:"))
            assert not any(letter.isspace() for letter in address)


@pytest.mark.parametrize(
    ("environment", "platform", "there", "expected"),
    [
        ({"BROWSER": "firefox"}, "linux", (), (["firefox", "https://x"], False)),
        ({"BROWSER": "/usr/bin/w3m:firefox"}, "linux", (), (["/usr/bin/w3m", "https://x"], True)),
        ({"DISPLAY": ":0"}, "linux", ("xdg-open",), (["xdg-open", "https://x"], False)),
        ({"WAYLAND_DISPLAY": "w"}, "linux", ("xdg-open",), (["xdg-open", "https://x"], False)),
        ({}, "linux", ("wslview", "xdg-open"), (["wslview", "https://x"], False)),
        ({}, "darwin", ("open",), (["open", "https://x"], False)),
    ],
)
def test_the_users_own_program_is_found(environment, platform, there, expected):
    assert command("https://x", environment, platform, lambda name: name if name in there else None) == expected


@pytest.mark.parametrize("environment", [{}, {"BROWSER": "'"}])
def test_without_a_program_one_sentence_says_what_to_do(environment):
    """As over ssh, where there is no screen to open it on."""
    with pytest.raises(DossierError, match="BROWSER"):
        command("https://x", environment, "linux", lambda name: name if name == "xdg-open" else None)


@pytest.mark.parametrize(
    ("address", "machine"),
    [
        ("https://example.org/a", "example.org"),
        ("https://bank.example@evil.example/x", "evil.example"),
        ("https://ex\u0430mple.org:8080/", "xn--exmple-4nf.org"),
        ("mailto:a@example.org", ""),
    ],
)
def test_the_machine_is_named_as_the_network_knows_it(address, machine):
    """A name before the @, or letters that look like others, deceive nobody."""
    assert host(address) == machine
