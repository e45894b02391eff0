"""An open dossier without services: its files, its catalogue, and the look-up of entries."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

from dossier.desk.archive.extending import NOTHING, ExtendedArchive, extended_by
from dossier.desk.header import DossierHeader
from dossier.desk.listing.lists import Lists
from dossier.desk.sync import CatalogueSync
from dossier.desk.user.places import derived_folder, first_file
from dossier.desk.user.private_folder import private_folder
from dossier.model.anchors import Evidence
from dossier.model.entries import Entry
from dossier.model.problems import DossierError
from dossier.model.progress import Cancelled, Progress, never, say_nothing
from dossier.model.relations import Relation
from dossier.model.views import Row
from dossier.store.catalogue import entry_queries
from dossier.store.catalogue.catalogue import Catalogue

if TYPE_CHECKING:
    from dossier.store.files.listing import FolderListing
    from dossier.store.sync.refresh import Change


class Session:
    """An open dossier, as the services of the desk know it. Not thread-safe; call `clone` for another thread."""

    def __init__(
        self,
        root: Path,
        folder: Path,
        notices: Sequence[str] = (),
        engine: str = "whoosh",
        extended: ExtendedArchive = NOTHING,
    ) -> None:
        self.root = root
        """The dossier's folder."""
        self.home = folder
        """The folder of what is derived from it, the user's alone."""
        self._catalogue, notice = Catalogue.sound(folder / "catalogue.sqlite")
        self.notices = [*notices, *filter(None, [notice])]
        """What the user should be told about how it was opened, a line each."""
        self.extended = extended
        """The archive that it extends."""
        self._folder = self.extended.with_files_of(root)
        self._upkeep = CatalogueSync(self._catalogue, self._folder, self.extended.catalogue)
        self.engine = engine
        """The full-text engine, one of `dossier.search.engines.table.ENGINES`."""
        self._known = -1
        self.synced_elsewhere = False
        """Whether another process keeps what is known of it up to date: then nothing is read anew here."""
        self.has_ui = False
        """Whether a screen looks on: then statements are weighed as they are read, and not when somebody asks."""
        self._lists = Lists(self._catalogue)
        self._head: DossierHeader | None = None

    @classmethod
    def open(
        cls, path: Path, *, refresh: bool = True, engine: str = "whoosh", extended: ExtendedArchive | None = None
    ) -> Self:
        """Open the dossier in the folder `path` and, unless told not to, bring what is known of it up to date.

        `extended` is the archive that it extends, where that was looked up already.

        Raises:
            DossierError: it cannot be read.

        """
        root = path.resolve()
        if not first_file(root):
            raise DossierError(f"{path} holds no dossier.yaml; give the path of a dossier's folder.")
        folder, notice = private_folder(derived_folder(root))
        if extended is None:
            extended = extended_by(root)
        notices = [notice, *(f"{problem.message}." for problem in extended.problems)]
        desk = cls(root, folder, list(filter(None, notices)), engine, extended)
        if refresh:
            desk.refresh()
        return desk

    def clone(self) -> Self:
        """Open the same dossier for another thread."""
        other = type(self)(self.root, self.home, engine=self.engine, extended=self.extended)
        other.has_ui = self.has_ui
        return other

    def close(self) -> None:
        """Close its files."""
        self._catalogue.close()

    def refresh(
        self, progress: Progress = say_nothing, cancelled: Cancelled = never, listing: "FolderListing | None" = None
    ) -> "Change | None":
        """Read what changed in the folder (`listing`, where that is known) since the last time; None when nothing did.

        Raises:
            Interrupted: `cancelled` said so; what was read until then is kept.
            DossierError: what was read cannot be kept.
        """
        if self.synced_elsewhere:
            return None
        change = self._upkeep.refresh(progress, cancelled, listing, watched=self.has_ui)
        if change is not None:
            self._forget()
        return change

    def begin(self, files: Sequence[str]) -> None:
        """Read some YAML files of a dossier of which nothing is known yet; all of it is still to be read.

        Raises:
            DossierError: what was read cannot be kept.

        """
        self._upkeep.begin(files)
        self._forget()

    def weigh(self, progress: Progress = say_nothing) -> None:
        """Weigh the statements that were read since the last time, unless another process does or did.

        Raises:
            DossierError: what was weighed cannot be kept.

        """
        if not self.synced_elsewhere:
            self._upkeep.weigh(progress)

    def _forget(self) -> None:
        self._lists.forget()
        self._lists = Lists(self._catalogue)
        self._head = None

    @property
    def content(self) -> bytes | None:
        """A digest of the content of its files; None until all of them were read once."""
        return self._catalogue.content

    def pin_snapshot(self) -> None:
        """Show it as it is known at this moment, whatever is written meanwhile, until the next call."""
        self._catalogue.hold()
        self._forget()

    @property
    def generation(self) -> int:
        """A number that differs whenever what is known of the dossier has changed, by this program or another."""
        known = self._catalogue.generation
        if known != self._known:
            self._known = known
            self._forget()
        return known

    @property
    def _header(self) -> DossierHeader:
        if self._head is None:
            self._head = DossierHeader(self._catalogue)
        return self._head

    def header(self, field: str) -> str:
        """A field of the dossier's head, such as `title`; empty when it is not given."""
        return self._header.field(field)

    @property
    def title(self) -> str:
        """The title of the dossier; its folder's name when it does not say."""
        return self.header("title") or self.root.name

    @property
    def summary(self) -> str:
        """The summary of the dossier."""
        return self.header("summary")

    def label(self, pane: str) -> str:
        """The name of a pane in this dossier."""
        return self._header.label(pane)

    def searches(self) -> dict[str, str]:
        """The searches that its author keeps, by name, in the order of files."""
        return {name: query for sheet in self._catalogue.sheets() for name, query in sheet.searches.items()}

    def relations(self) -> dict[str, Relation]:
        """The relations that links may have, by name."""
        return self._header.relations

    def entry(self, entry_id: str) -> Entry | None:
        """The entry of that id; None when there is none."""
        return self._catalogue.entry(entry_id)

    def get_or_raise(self, entry_id: str) -> Entry:
        """The entry of that id.

        Raises:
            DossierError: there is none; the ids of what is called so are offered, else the nearest.

        """
        try:
            entry = self.entry(entry_id.strip())
        except UnicodeEncodeError:  # bytes of a command line that are no text
            entry = None
        if entry is None:
            from dossier.desk.unknown_id import describe_unknown_id  # noqa: PLC0415

            raise DossierError(describe_unknown_id(self._catalogue, entry_id))
        return entry

    def row(self, entry_id: str, speak: entry_queries.SpeakDate | None = None) -> Row | None:
        """An entry as one line, its dates put into words by `speak`, if given."""
        number = self._catalogue.value("SELECT n FROM entries WHERE id = ? AND shadow = 0", entry_id)
        return (
            None if number is None else entry_queries.rows(self._catalogue, [(number, entry_id, 0, ())], speak=speak)[0]
        )

    def evidence_of(self, owner: str, file: str = "") -> tuple[Evidence, ...]:
        """The evidence of an entry, or of the link of that key; with `file`, of the one that is written there."""
        return entry_queries.evidence_of(self._catalogue, owner, file)
