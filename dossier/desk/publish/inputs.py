"""What each page of a site is made from, as digests, so that a later run makes only pages whose inputs changed."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from dossier.desk.publish.evidence import MOST
from dossier.desk.publish.scope import LISTS, ROWS, Scope
from dossier.desk.publish.site_state import SiteState, read_contents, whole_state
from dossier.desk.user.places import style_sheets
from dossier.store.catalogue.matrix_queries import titles
from dossier.store.catalogue.page_inputs import PageInputs, digest_of, names, number_of, whole
from dossier.store.files.code_version import code_version

if TYPE_CHECKING:
    from dossier.desk.desk import Desk
    from dossier.desk.matrix.timeline import Timeline

_PACKAGE = Path(__file__).parents[2]
_CODE = ("desk/publish", "desk/matrix", "desk/articles.py", "publish", "model", "store/catalogue")
"""Whose code decides what a page says."""
_SHARED = 200
"""Entries of one file from which on they are spread over all shards of the search, and not kept in one."""


class SiteInputs:
    """Digests of what pages are made from, by what they show."""

    def __init__(self, desk: "Desk", scope: Scope) -> None:
        self._desk = desk
        self._db = desk.texts.catalogue
        self._scope = scope
        self.contents = read_contents(self._db)
        self._site = digest_of(
            *map(repr, (scope.extent, scope.narrowed, desk.title, desk.summary, desk.header("language"))),
            *(desk.label(pane) for pane in (*LISTS, "matrix", "timeline")),
            whole(self._db),
            repr(titles(self._db)) if scope.narrowed else "",
            code_version(*(_PACKAGE / place for place in _CODE)),
            *(number_of(path.read_bytes()) for path in sorted((_PACKAGE / "publish" / "templates").iterdir())),
        )
        self.site = digest_of(self._site, number_of((style_sheets() / "site.css").read_bytes()))
        """What every page shows, and the sheet by which it does."""
        self._mostly_words = bool(scope.extent.without_text or scope.narrowed)

    @cached_property
    def _found(self) -> PageInputs:
        self._desk.weigh()
        return PageInputs(self._db)

    @cached_property
    def _names(self) -> int:
        return names(self._db)

    @cached_property
    def positions(self) -> dict[str, list[str]]:
        """The sides with statements on an issue, of issues with too many for one page."""
        found: dict[str, list[str]] = {}
        for issue, side in self._found.position:
            if self._found.statements[issue] > MOST:
                found.setdefault(issue, []).append(side)
        return found

    def state(self, manifest: bytes) -> SiteState:
        """The state of a site that was just made, whose manifest has this digest."""
        return whole_state(self.contents, manifest, self.site, self._found)

    def shard_of(self, article: str, count: int) -> int:
        """The shard of the search that an article is in, as `shards` deals them out."""
        sql = "SELECT file FROM entries WHERE shadow = 0 AND id = ?"
        stem = str(self._db.value(sql, article) or "").rpartition(".")[0]
        sql = "SELECT id, file FROM entries WHERE shadow = 0 AND file BETWEEN ? AND ?"
        beside = [one for one, file in self._db.rows(sql, f"{stem}.", f"{stem}/") if file.rpartition(".")[0] == stem]
        return _shard(article, stem, sum(bool(self._scope.path(one)) for one in beside), count)

    def page(self, entry_id: str) -> str:
        """The digest for the page of an entry that is no article."""
        return digest_of(self._site, entry_id, self._found.page[entry_id])

    def article(self, entry_id: str) -> str:
        """The digest for the page of an article, which leads to whatever it names."""
        found = self._found
        return digest_of(self._site, entry_id, found.page[entry_id], found.text.get(entry_id, 0), self._names)

    def position(self, issue: str, side: str) -> str:
        """The digest for the page of a side's statements on an issue."""
        return digest_of(self._site, issue, self._found.own[issue], side, self._found.position[issue, side])

    def link_pages(self, entry_id: str) -> int:
        """The number of pages on which the links of an entry may stand, the first of which is its own page."""
        return max(-(-self._found.links[entry_id] // ROWS), 1)

    def links(self, entry_id: str, places: Iterable[tuple[int, int, bool]], pages: int) -> str:
        """The digest for one page of the links of an entry."""
        found = self._found
        return digest_of(
            self._site, entry_id, found.own[entry_id], pages, repr([(found.link[n], at) for n, at, _ in places])
        )

    def rows(self, entries: Iterable[tuple[str, int]], pages: int) -> str:
        """The digest for one page of a list, `pages` long; a line names what it stands under."""
        found = self._found
        told = [(one, depth, found.own[one], found.said[one]) for one, depth in entries]
        return digest_of(self._site, repr(told), pages)

    def matrix(self, issues: Iterable[str], sides: Iterable[str]) -> str:
        """The digest for the matrix."""
        found = self._found
        return digest_of(self._site, *(found.page[one] for one in issues), *(found.own[one] for one in sides))

    def timeline(self, timeline: "Timeline", first: int, last: int, pages: int) -> str:
        """The digest for one page of the timeline, from one place up to another."""
        found = self._found
        told = []
        for date, table, number, one, lent in timeline.places[first:last]:
            told.append((date, one, lent, found.near[one] if table == "entry" else found.link[number]))
        return digest_of(self._site, repr(told), pages)

    def passages(self, entries: Sequence[str]) -> str:
        """The digest for passages of some entries; only words of evidence depend on what else is said of an article."""
        found = self._found
        known = found.page if self._mostly_words else found.own
        return digest_of(self._site, repr([(one, known[one], found.text.get(one, 0)) for one in entries]))

    def shards(self, entries: Sequence[str], count: int) -> list[list[str]]:
        """The entries dealt out to shards of the search, those of an article's files together.

        What changes with an article is then in one shard.
        """
        files = self._found.files
        stems = {one: files.get(one, "").rpartition(".")[0] for one in entries}
        many = Counter(stems.values())
        found: list[list[str]] = [[] for _ in range(count)]
        for one in entries:
            found[_shard(one, stems[one], many[stems[one]], count)].append(one)
        return found


def _shard(entry_id: str, stem: str, beside: int, count: int) -> int:
    """The number of the shard of an entry that is one of so many in the files of one stem."""
    key = entry_id if beside > _SHARED else stem
    return crc32(key.encode("utf-8", "surrogatepass")) % count
