"""A filtered list holds what passes and nothing else, with right counts and places."""

import tempfile
from contextlib import closing
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from matrix_worlds import DATES, PUBLISHED, place, quote_anchors, worlds, write

from dossier.desk.desk import Desk
from dossier.model.anchors import worst
from dossier.model.dates import falls_in
from dossier.model.fields import ATTRIBUTIONS
from dossier.model.views import Filters

filters = st.builds(
    Filters,
    st.sets(st.sampled_from(ATTRIBUTIONS)).map(lambda chosen: tuple(sorted(chosen))),
    st.sampled_from([(), ("exact",), ("missing", "ambiguous")]),
    st.sampled_from(DATES),
    st.sampled_from(["", "2024", "2025-05", "2025-05-12", "2025-06"]),
)


def passes(quote, wanted) -> bool:
    date = quote["date"] or PUBLISHED[quote["own"][0]]
    return (
        (not wanted.attributions or quote["attribution"] in wanted.attributions)
        and (not wanted.statuses or worst(place(anchor)[0] for anchor in quote_anchors(quote)) in wanted.statuses)
        and (not (wanted.first or wanted.last) or (bool(date) and falls_in(date, wanted.first, wanted.last)))
    )


@given(worlds(), st.lists(filters, min_size=1, max_size=5))
@settings(max_examples=30)
def test_the_quotes_that_pass_are_shown_in_their_order(world, several):
    with tempfile.TemporaryDirectory() as home, closing(Desk.open(write(world, Path(home) / "world"))) as desk:
        every = [row.id for row in desk.listing("quotes")]
        for wanted in several:
            listing = desk.listing("quotes", filters=wanted)
            kept = {quote["id"] for quote in world["quotes"] if passes(quote, wanted)}
            assert [row.id for row in listing] == [one for one in every if one in kept]
            assert listing.total == len(every)
            assert all(listing.position(one) is None for one in every if one not in kept)


def test_what_has_no_date_and_no_evidence_is_not_touched(seed):
    with closing(Desk.open(seed)) as desk:
        narrow = Filters(("direct",), ("missing",), "1990", "1990")
        for pane in ("delegations", "issues", "people"):
            assert len(desk.listing(pane, filters=narrow)) == len(desk.listing(pane)), pane
        assert [len(desk.listing(pane, filters=narrow)) for pane in ("quotes", "events", "articles")] == [0, 0, 0]


def test_a_lens_on_an_article_shows_what_rests_on_it(seed):
    with closing(Desk.open(seed)) as desk:
        assert len(desk.listing("quotes", ("london-day-one",))) == len(desk.listing("quotes"))
