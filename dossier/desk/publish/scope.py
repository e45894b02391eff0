"""The published part of a dossier, and the permanent address of each entry."""

import hashlib
import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from msgspec import Struct

from dossier.desk.listing.listing import Listing
from dossier.desk.listing.lists import Lists
from dossier.model.entries import Entry
from dossier.model.spoken_dates import spoken_date
from dossier.model.views import ALL, Filters

if TYPE_CHECKING:
    from dossier.desk.desk import Desk

LISTS = ("articles", "delegations", "issues", "quotes", "events")
"""The lists of the site, in the order of its menu."""
ROWS = 500
"""Lines of a list on one page."""
_FILE_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,119}")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?")


class PublicationScope(Struct, frozen=True):
    """The part of a dossier that is to be published."""

    only: tuple[str, ...] = ()
    """Only these entries; empty for all."""
    lens: tuple[str, ...] = ()
    filters: Filters = ALL
    without_text: tuple[str, ...] = ()
    """Articles of which only the words of evidence may be passed on; `all` for every one."""


class SitePages:
    """The entries that have a page, and where it is."""

    def __init__(self, desk: "Desk", extent: PublicationScope) -> None:
        """Take what is wanted.

        Raises:
            DossierError: an id is not in the dossier.

        """
        self.desk = desk
        self.extent = extent
        self.only = frozenset(desk.get_or_raise(one).id for one in extent.only) if extent.only else None
        self._without = frozenset(desk.get_or_raise(one).id for one in extent.without_text if one != "all")
        self._whole = self.only is None and not extent.lens and not extent.filters
        self._every_text_out = "all" in extent.without_text
        self._lists = Lists(desk.texts.catalogue, spoken_date)
        self.rows: dict[str, list[tuple[str, int]]] = {}
        """`(id, depth)` of the lines of each list; a person stands under each delegation that it belonged to."""
        self.numbers: dict[str, list[int]] = {}
        """Where each of these lines is in the whole list."""
        for pane in LISTS:
            places = [(entry, depth) for _, entry, depth, _ in self.listing(pane).places]
            chosen = [at for at, (entry, _) in enumerate(places) if self.only is None or entry in self.only]
            self.rows[pane], self.numbers[pane] = [places[at] for at in chosen], chosen
        self._paths = {one: f"entry/{file_name(one)}.html" for pane in LISTS[1:] for one, _ in self.rows[pane]}
        self._paths |= {one: f"article/{file_name(one)}.html" for one, _ in self.rows["articles"]}
        self._cited = self._only_cited()
        self._paths |= {one: f"article/{file_name(one)}.html" for one in self._cited}

    def listing(self, pane: str) -> Listing:
        """The lines of a list under the lens and the filters, with dates in words."""
        return self._lists.listing(pane, self.extent.lens, filters=self.extent.filters)

    def _only_cited(self) -> Collection[str]:
        """Articles that were not asked for, but on whose words published evidence rests."""
        if self._whole:
            return ()
        found: dict[str, None] = {}
        for one in list(self._paths):
            for evidence in self.desk.evidence_of(one):
                article = self.desk.entry(evidence.article) if evidence.article else None
                if evidence.sound and article is not None and article.id not in self._paths:
                    found[article.id] = None
        return tuple(found)

    @property
    def articles(self) -> list[str]:
        """Ids of the articles that have a page."""
        return [*(one for one, _ in self.rows["articles"]), *self._cited]

    @property
    def entries(self) -> list[str]:
        """Ids of all other entries that have a page, each once."""
        return [*dict.fromkeys(one for pane in LISTS[1:] for one, _ in self.rows[pane])]

    @property
    def everything(self) -> list[str]:
        """Ids of all entries that have a page, articles first."""
        return [*self.articles, *self.entries]

    @property
    def narrowed(self) -> str:
        """The facts about the whole site that a page needs: every page there is, where not all entries have one."""
        if self._whole:
            return ""
        return repr((sorted(self._paths), sorted(self._cited)))

    def path(self, entry_id: str) -> str:
        """The page of an entry, from the top of the site; empty when it has none."""
        return self._paths.get(entry_id, "")

    def words_only(self, article: Entry) -> bool:
        """Return whether no more of an article may be passed on than its words of evidence."""
        return self._every_text_out or article.id in self._without or article.id in self._cited


def file_name(entry_id: str) -> str:
    """An id as the name of a file on every system; one that can be none gets the name of its digest."""
    if _FILE_NAME.fullmatch(entry_id) and not _RESERVED.fullmatch(entry_id) and not entry_id.endswith("."):
        return entry_id
    return "x--" + hashlib.sha256(entry_id.encode("utf-8", "surrogatepass")).hexdigest()[:24]
