"""The details of an entry say what its author wrote of it: who reads a quote sees where it counts, and from when."""

from driving import driven
from screen_text import screen_of

from dossier.ui.messages import EntrySelected

SHEET = """\
format: 1
title: T
article: a
articles: {a: {file: a.txt, published: 2025-06-10}}
delegations: {uk: {name: UK}}
issues: {fees: {name: Fees}}
quotes:
  q: {text: We pay, speaker: uk, issues: [fees], stance: conditional, date: 2025-05-12, via: [Agency Four]}
"""


async def test_the_details_of_a_quote_say_its_stance_its_date_and_who_passed_it_on(tmp_path):
    (tmp_path / "dossier.yaml").write_text(SHEET)
    (tmp_path / "a.txt").write_text("“We pay”, they said.\n")
    async with driven(tmp_path) as pilot:
        pilot.app.screen.the_pane("quotes").post_message(EntrySelected("q"))
        await pilot.pause()
        links = pilot.app.screen.the_pane("links")
        assert links.rows._items[0].what == "head"
        told = " ".join(text for text, _ in links.rows._items[0].lines)
        for one in ("conditional", "2025-05-12", "Agency Four"):
            assert one in told
            assert one in screen_of(pilot.app)


async def test_the_details_of_an_event_say_when_it_was_in_words(tmp_path):
    """`2025-06-09T14:00/2025-06-09T20:00` is for machines, and a narrow pane broke it in the middle of the hour."""
    events = "events: {talks: {name: Talks, when: 2025-06-09T14:00/2025-06-09T20:00}}\n"
    (tmp_path / "dossier.yaml").write_text(SHEET + events)
    (tmp_path / "a.txt").write_text("“We pay”, they said.\n")
    async with driven(tmp_path) as pilot:
        pilot.app.screen.the_pane("quotes").post_message(EntrySelected("talks"))
        await pilot.pause()
        head = pilot.app.screen.the_pane("links").rows._items[0]
        assert "event · 2025-06-09 14:00 to 20:00" in " ".join(text for text, _ in head.lines)
