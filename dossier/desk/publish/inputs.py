"""Digests of the inputs of each page of a site, so that a later run makes only pages whose inputs changed."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import msgspec

from dossier.desk.publish.evidence import MOST
from dossier.desk.publish.scope import LISTS, ROWS, SitePages
from dossier.desk.publish.site_state import Contents, SiteChange, add_up, decode_state, find_change, state_path
from dossier.desk.user.places import style_sheets
from dossier.publish.search_data import SHARD
from dossier.store.catalogue.kept_inputs import KeptInputs
from dossier.store.catalogue.link_places import Place
from dossier.store.catalogue.matrix_queries import titles
from dossier.store.catalogue.page_inputs import (
    BITS,
    DATED,
    ISSUE,
    LINK,
    LINK_ROW,
    PAGE,
    POSITION,
    RECORD,
    ROW,
    TALLY,
    PageInputs,
    Part,
    digest_of,
    number_of,
    number_of_text,
)
from dossier.store.catalogue.site_queries import cell_numbers, link_counts, link_ends, names, statement_counts, whole
from dossier.store.files.code_version import code_version

if TYPE_CHECKING:
    from dossier.desk.desk import Desk
    from dossier.desk.matrix.timeline import Timeline

_PACKAGE = Path(__file__).parents[2]
_CODE = ("desk/publish", "desk/matrix", "desk/articles.py", "publish", "model", "store/catalogue")
"""The code that decides what a page says."""
_PASSAGES = 4
"""Passages to search for each entry, about."""
_SHARD = "s"
"""The beginning of the keys for files of passages."""


class SiteInputs:
    """Digests of what pages are made from, by what they show."""

    def __init__(self, desk: "Desk", scope: SitePages, out: Path) -> None:
        """Take a dossier, what is published of it, and the folder of the site."""
        self._db = desk.texts.catalogue
        self._scope = scope
        desk.weigh()
        self._contents = Contents(self._db)
        self.shard_count = 1 << (len(scope.everything) * _PASSAGES // SHARD).bit_length()
        self._site = digest_of(
            *map(repr, (scope.extent, scope.narrowed, desk.title, desk.summary, desk.header("language"))),
            *(desk.label(pane) for pane in (*LISTS, "matrix", "timeline")),
            whole(self._db),
            repr(titles(self._db)) if scope.narrowed else "",
            code_version(*(_PACKAGE / place for place in _CODE)),
            *(number_of(path.read_bytes()) for path in sorted((_PACKAGE / "publish" / "templates").iterdir())),
            number_of((style_sheets() / "site.css").read_bytes()),
        )
        self._word = PAGE if scope.extent.without_text or scope.narrowed else RECORD
        """The kind of number that passages depend on: only words of evidence do on what else is said of an article."""
        self._kept = KeptInputs.open(state_path(self._db, out))
        self._before = decode_state(self._kept.state())
        self.change: SiteChange | None = None
        """The differences from the last run; None when all pages are to be looked at."""
        self._sums: Part = {}
        self.lists: dict[str, str] = {}
        """The digests of the ids on each page of a list."""

    def load(self, manifest: bytes) -> None:
        """Find out what has changed since the site of this manifest was made; empty when all of it may have."""
        before = self._before
        if before is not None and manifest and before.manifest == manifest and before.site == self._site:
            self.change = find_change(self._db, self._contents, before, self._kept, self.shard_count)
        self._kept.begin(anew=self.change is None)
        if self.change is not None:
            self._sums = dict(self.change.numbers)
            return
        files = (path for path in self._contents.files if path)
        self._sums = add_up(PageInputs(self._db, everything=True), files, self._kept)

    def keep(self, manifest: bytes) -> None:
        """Keep what a site was made from that was just finished, and whose manifest this is the SHA-256 of."""
        self._kept.put(self._sums, self.change.parts if self.change else {})
        before = self._before if self.change else None
        state = self._contents.state(manifest, self._site, self.shard_count, self.lists, before)
        self._kept.commit(msgspec.msgpack.encode(state))

    def close(self) -> None:
        """Close what is kept; unless `keep` was called it is as it was."""
        self._kept.close()

    def _number(self, key: str) -> int:
        number = self._sums.get(key)
        if number is None:
            number = self._kept.number(key) if self.change else 0
        return number & BITS

    def _text(self, entry_id: str) -> bytes:
        return self._contents.articles.get(entry_id, b"")

    @cached_property
    def _names(self) -> int:
        return names(self._db)

    @cached_property
    def positions(self) -> dict[str, dict[str, int]]:
        """The sides with how much evidence their statements on an issue have, of issues with too many for one page."""
        return {issue: sides for issue, sides in statement_counts(self._db).items() if sum(sides.values()) > MOST}

    @cached_property
    def _cells(self) -> dict[str, int]:
        return cell_numbers(self._db)

    @cached_property
    def _link_counts(self) -> dict[str, int]:
        return link_counts(self._db)

    def _statements(self, issue: str) -> tuple[int, ...]:
        """Numbers of what the page of an issue shows of statements: sums, where they have pages of their own."""
        if issue not in self.positions or self._scope.narrowed:
            return (self._number(ISSUE + issue),)
        return self._number(TALLY + issue), self._cells.get(issue, 0)

    def page(self, entry_id: str) -> str:
        """The digest for the page of an entry that is no article."""
        number = self._number(PAGE + entry_id)
        return digest_of(self._site, entry_id, number, *self._statements(entry_id))

    def article(self, entry_id: str) -> str:
        """The digest for the page of an article, which leads to whatever it names."""
        return digest_of(self._site, entry_id, self._number(PAGE + entry_id), self._text(entry_id), self._names)

    def position(self, issue: str, side: str) -> str:
        """The digest for the page of a side's statements on an issue."""
        number = self._number(f"{POSITION}{issue}\0{side}")
        return digest_of(self._site, issue, self._number(RECORD + issue), side, number)

    def is_same_position(self, issue: str, side: str) -> bool:
        """Return whether the statements of a side on an issue show what they showed in the last run."""
        return self.change is not None and f"{POSITION}{issue}\0{side}" not in self.change.numbers

    @property
    def same_positions(self) -> list[tuple[str, str]]:
        """The sides of changed issues whose statements show what they showed in the last run."""
        found = ((issue, side) for issue in self.changed_pages for side in self.positions.get(issue, ()))
        return [one for one in found if self.is_same_position(*one)]

    def comparison(self, issue: str, sides: Iterable[str], count: int) -> str:
        """The digest for the page on which some of the sides of an issue stand side by side."""
        told = [(side, self._number(f"{POSITION}{issue}\0{side}")) for side in sides]
        return digest_of(self._site, issue, self._number(RECORD + issue), repr(told), count)

    def link_pages(self, entry_id: str) -> int:
        """The number of pages on which the links of an entry may stand, the first of which is its own page."""
        return max(-(-self._link_counts.get(entry_id, 0) // ROWS), 1)

    def links(self, entry_id: str, places: Sequence[Place], pages: int) -> str:
        """The digest for one page of the links of an entry."""
        told = []
        ends = link_ends(self._db, (n for n, _, _ in places))
        for n, at, outward in places:
            key, file, source, target = ends[n]
            number = self._number(f"{LINK}{key}\0{file}") or (
                self._number(RECORD + source),
                self._number(RECORD + target),
            )
            told.append((key, file, at, outward, number))
        return digest_of(self._site, entry_id, self._number(RECORD + entry_id), repr(told), pages)

    def is_same_list(self, page: str, entries: Sequence[tuple[object, ...]], pages: int) -> bool:
        """Return whether a page of a list was made by the last run, with the same entries saying the same."""
        self.lists[page] = digest_of(pages, repr(entries))
        if self.change is None or self._before is None or self._before.lists.get(page) != self.lists[page]:
            return False
        return not any(ROW + str(one[0]) in self.change.numbers for one in entries)

    def rows(self, entries: Sequence[tuple[object, ...]], pages: int) -> str:
        """The digest for one page of a list, `pages` long."""
        return digest_of(self._site, repr([(one, self._number(ROW + str(one[0]))) for one in entries]), pages)

    def matrix(self, issues: Sequence[tuple[str, int]], sides: Sequence[tuple[str, int]]) -> str:
        """The digest for the matrix of `(id, depth)` of issues and of sides."""
        told = [(self._number(RECORD + one), self._statements(one), self._cells.get(one, 0)) for one, _ in issues]
        heads = [self._number(RECORD + one) for one, _ in sides]
        return digest_of(self._site, repr((issues, told)), repr((sides, heads)))

    @property
    def is_timeline_same(self) -> bool:
        """Return whether the timeline shows what it showed in the last run."""
        return self.change is not None and DATED not in self.change.numbers

    def timeline(self, timeline: "Timeline", first: int, last: int, pages: int) -> str:
        """The digest for one page of the timeline, from one place up to another."""
        places = timeline.places[first:last]
        links = link_ends(self._db, (n for _, table, n, _, _ in places if table == "link"))
        told = []
        for date, table, n, one, lent in places:
            key = ROW + one if table == "entry" else f"{LINK_ROW}{one}\0{links[n][1]}"
            told.append((date, one, lent, self._number(key)))
        return digest_of(self._site, repr(told), pages)

    @cached_property
    def _stems(self) -> dict[str, str]:
        """The path of each article without its ending."""
        return {one: path.rpartition(".")[0] for one, path in self._db.rows("SELECT id, path FROM articles")}

    @cached_property
    def _article_stems(self) -> frozenset[str]:
        return frozenset(self._stems.values())

    def shard_of(self, entry_id: str, file: str) -> int:
        """The number of the file of passages that an entry is in: an article with what is written in its sheet."""
        stem = self._stems.get(entry_id) or file.rpartition(".")[0]
        key = stem if stem in self._article_stems else entry_id
        return crc32(key.encode("utf-8", "surrogatepass")) % self.shard_count

    @cached_property
    def changed_pages(self) -> dict[str, None]:
        """The entries, also those that are gone, whose pages may show something else than in the last run."""
        assert self.change is not None
        found = self.change.ids(PAGE) | self.change.ids(ISSUE) | self.change.texts
        return dict.fromkeys(sorted(found))

    def shards(self) -> dict[int, list[str]]:
        """All entries dealt out to the files of passages."""
        files = dict(self._db.rows("SELECT id, file FROM entries WHERE shadow = 0"))
        found: dict[int, list[str]] = {at: [] for at in range(self.shard_count)}
        for one in self._scope.everything:
            at = self.shard_of(one, files.get(one, ""))
            found[at].append(one)
            told = self._passage_number(one, self._number, self._text(one))
            self._sums[f"{_SHARD}{at}"] = self._sums.get(f"{_SHARD}{at}", 0) + told & BITS
        return found

    def changed_shards(self) -> dict[int, list[str]]:
        """The entries whose passages may have changed since the last run, by the file of passages that they are in."""
        change, before = self.change, self._before
        assert change is not None
        assert before is not None
        found: dict[int, dict[str, None]] = {}
        old_files, new_files = _files(change.before), _files(change.parts)
        for one in sorted(change.ids(self._word) | change.texts):
            file = str(self._db.value("SELECT file FROM entries WHERE id = ? AND shadow = 0", one) or "")
            for sign, files, number, texts in (
                (-1, old_files, self._kept.number, before.articles),
                (1, new_files, self._number, self._contents.articles),
            ):
                told = self._passage_number(one, number, texts.get(one, b""))
                at = self.shard_of(one, files.get(one, file))
                if told and (self._scope.path(one) or not self._scope.narrowed):
                    key = f"{_SHARD}{at}"
                    self._sums[key] = self._number(key) + sign * told & BITS
                    found.setdefault(at, {})[one] = None
        return {at: [*some] for at, some in found.items()}

    def _passage_number(self, entry_id: str, number: Callable[[str], int], text: bytes) -> int:
        """A number of what an entry's passages are made from; 0 of one that is not there."""
        there = number(RECORD + entry_id)
        return number_of_text((entry_id, number(self._word + entry_id), text)) if there else 0

    def passages(self, shard: int) -> str:
        """The digest for a file of passages."""
        return digest_of(self._site, self._number(f"{_SHARD}{shard}"))


def _files(parts: dict[str, Part]) -> dict[str, str]:
    """The file of each entry that some files are known to hold."""
    return {key[1:]: file for file, part in parts.items() for key in part if key[0] == RECORD}
