"""Programs that are killed at the worst moments: `python dying.py SCENARIO FOLDER STEP`, in a process of one thread.

For each moment at which a file is opened, made, renamed, linked or removed, or a statement reaches the catalogue, a
child does the work and is killed by SIGKILL right then. After that the work is done again, and what is there then must
be as if nobody had been killed, without a word about damage and without litter. What fails is told by an exception.
"""

import os
import random
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from dossier.desk.brief.scope import BriefScope, brief_within
from dossier.desk.desk import Desk
from dossier.desk.publish.journal import JOURNAL
from dossier.desk.publish.manifest import MANIFEST
from dossier.desk.publish.scope import PublicationScope as SiteExtent
from dossier.desk.publish.site import publish
from dossier.desk.user import saved_state
from dossier.model.problems import DossierError
from dossier.model.progress import say_nothing
from dossier.store.catalogue.catalogue import Catalogue

EVENTS = {
    "open",
    "os.rename",
    "os.remove",
    "os.link",
    "os.mkdir",
    "os.rmdir",
    "os.chmod",
    "os.symlink",
    "os.truncate",
    "sqlite3.connect",
}
_WATCH: dict[str, object] = {"folder": "", "left": -1, "seen": 0}


def _moment() -> None:
    _WATCH["seen"] += 1
    if _WATCH["seen"] == _WATCH["left"]:
        os.kill(os.getpid(), signal.SIGKILL)


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if event in EVENTS and _WATCH["folder"]:
        for argument in arguments[:2]:
            if isinstance(argument, (str, bytes, os.PathLike)) and os.fsdecode(argument).startswith(_WATCH["folder"]):
                _moment()
                return


def _counted(kept: Callable[..., object]) -> Callable[..., object]:
    def carried_out(*arguments: object, **named: object) -> object:
        if _WATCH["folder"]:
            _moment()
        return kept(*arguments, **named)

    return carried_out


def killed_at(number: int, folder: Path, work: Callable[[], object]) -> int:
    """Do `work` in a child that is killed at the moment `number` in `folder`; return how many moments it reached."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            _WATCH.update(folder=str(folder), left=number, seen=0)
            work()
            _WATCH["folder"] = ""
            os.write(writing, str(_WATCH["seen"]).encode())
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    told = os.read(reading, 100)
    os.close(reading)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, -signal.SIGKILL), f"the work failed with {code} at moment {number}"
    return int(told) if code == 0 else number


def all_files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


class Place:
    """A folder with a dossier and a home in it, as new for every kill."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kept = folder.with_name(f"{folder.name}.kept")
        for name, part in (("HOME", ""), ("XDG_CACHE_HOME", "cache"), ("XDG_STATE_HOME", "state")):
            os.environ[name] = str(folder / part)

    @property
    def root(self) -> Path:
        return self.folder / "dossier"

    def keep(self) -> None:
        shutil.rmtree(self.kept, ignore_errors=True)
        shutil.copytree(self.folder, self.kept, symlinks=True)

    def restore(self) -> None:
        shutil.rmtree(self.folder)
        shutil.copytree(self.kept, self.folder, symlinks=True)


QUOTE = "quotes:\n  passing: {text: zanzibar tariff, attribution: inferred}\n"


def answers(root: Path, engine: str) -> tuple[object, list[str]]:
    desk = Desk.open(root, engine=engine)
    try:
        queries = ("rare earth", "trump", "zanzibar", "tariff*", "speaker:trump")
        found = [[(hit.key, hit.snippet) for hit in desk.search(query).hits] for query in queries]
        return (found, desk.anchor_counts(), len(desk.problems())), desk.notices
    finally:
        desk.close()


def build(root: Path) -> None:
    desk = Desk.open(root)
    desk.index()
    desk.close()


def check_index(place: Place, litter: Callable[[], set[str]], clean: set[str]) -> None:
    """After a kill: the same answers as in memory, no notice, and nothing left over."""
    got, notices = answers(place.root, "whoosh")
    expected, _ = answers(place.root, "scan")
    for made in place.folder.rglob("scan"):  # by the comparison itself
        shutil.rmtree(made)
    for made in place.folder.rglob("scan.lock"):
        made.unlink()
    assert got == expected, "an answer is wrong"
    assert not notices, notices
    build(place.root)
    assert litter() <= clean, f"left over: {litter() - clean}"


def shapes(folder: Path) -> set[str]:
    """The kinds of files there are, whatever their random names."""
    found = set()
    for path in folder.rglob("*"):
        name = str(path.relative_to(folder))
        for part in path.name.split("."):
            if part.startswith(("PASSAGES_", "_PASSAGES_")):
                name = name.replace(part, "PASSAGES")
        found.add(name)
    return found


def first_build(place: Place) -> Iterator[Callable[[], None]]:
    """The first run on a dossier: key, folder, catalogue, index."""
    place.keep()
    build(place.root)
    clean = shapes(place.folder)
    place.restore()
    yield lambda: build(place.root)
    while True:
        check_index(place, lambda: shapes(place.folder), clean)
        yield lambda: build(place.root)


def later_build(place: Place) -> Iterator[Callable[[], None]]:
    """An entry comes in, the program is killed, and the entry goes again: its words must not stay behind."""
    build(place.root)
    clean = shapes(place.folder)
    place.keep()
    added = place.root / "added.yaml"

    def work() -> None:
        added.write_text(QUOTE)
        build(place.root)

    yield work
    while True:
        added.unlink(missing_ok=True)
        check_index(place, lambda: shapes(place.folder), clean)
        yield work


def lock_write(place: Place) -> Iterator[Callable[[], None]]:
    """Writing `dossier.lock` over an older one: the one or the other, whole."""

    def work() -> None:
        desk = Desk.open(place.root)
        desk.anchoring.lock()
        desk.close()

    work()
    lock = place.root / "dossier.lock"
    new = lock.read_bytes()
    old = new.rsplit(b"\n", 2)[0] + b"\n"
    lock.write_bytes(old)
    place.keep()
    yield work
    while True:
        assert lock.read_bytes() in (old, new), "the lock is neither the old one nor the new one"
        work()
        assert lock.read_bytes() == new
        assert {path.name for path in place.root.iterdir()} == {"articles", "dossier.yaml", "dossier.lock"}, "litter"
        yield work


def export_write(place: Place) -> Iterator[Callable[[], None]]:
    """An export over an older file, and one where there was none."""
    out = place.folder / "out"
    out.mkdir()
    (out / "brief.md").write_text("old\n")
    build(place.root)
    place.keep()

    def work() -> None:
        desk = Desk.open(place.root)
        text = desk.render(brief_within(desk, ("quotes",), BriefScope()).brief)
        desk.write(text, out / "brief.md", force=True)
        desk.write(text, out / "new.md", force=True)
        desk.write(text, out / f"once-{os.getpid()}.md")
        desk.close()

    yield work
    desk = Desk.open(place.root)
    whole = desk.render(brief_within(desk, ("quotes",), BriefScope()).brief)
    desk.close()
    while True:
        for path in out.iterdir():
            if not path.name.startswith("."):
                assert path.read_text() in ("old\n", whole), f"{path.name} is neither old nor new"
        for path in [*out.glob("once-*"), *out.glob(".once-*")]:
            path.unlink()
        work()
        left = {path.name for path in out.iterdir() if not path.name.startswith("once-")}
        assert left == {"brief.md", "new.md"}, f"litter: {left}"
        yield work


def kept_place(place: Place) -> Iterator[Callable[[], None]]:
    """Keeping where one is for the next time."""
    old, new = (saved_state.SavedState(queries=(word,)) for word in ("old", "new"))
    assert saved_state.save(place.root, old) == ""
    path = saved_state.file_of(place.root)
    place.keep()

    def work() -> None:
        assert saved_state.save(place.root, new) == ""

    yield work
    while True:
        kept, notice = saved_state.load(place.root)
        assert not notice, notice
        assert kept.queries in (("old",), ("new",)), "neither the old nor the new"
        work()
        assert [one.name for one in path.parent.iterdir()] == [path.name], "litter"
        yield work


def annotate_write(place: Place) -> Iterator[Callable[[], None]]:
    """A step over two files of the dossier and its lock: old or new, and all of it once the program runs again."""
    desk = Desk.open(place.root)
    desk.anchoring.lock()
    desk.close()
    place.keep()
    entries = [
        {"kind": "person", "delegation": "china", "id": "jian", "name": "Lin Jian"},
        {"kind": "quote", "id": "passing", "text": "economic expert", "speaker": "jian"},
    ]

    def work() -> None:
        desk = Desk.open(place.root)
        desk.annotations.write(entries)
        desk.annotations.undo()
        desk.annotations.redo()
        desk.close()

    old = all_files(place.root)
    work()
    new = all_files(place.root)
    place.restore()
    yield work
    while True:
        found = all_files(place.root)
        assert {name for name in found if not name.endswith(".part")} == set(old), "a file came or went"
        for name, data in found.items():
            assert name.endswith(".part") or data in (old[name], new[name]), f"{name} is neither old nor new"
        desk = Desk.open(place.root)
        desk.annotations.finish()
        assert all_files_but_parts(place.root) in (old, new), "a step was left half done"
        assert not desk.problems()
        done = desk.annotations.history()[0]
        assert bool(done) == (all_files_but_parts(place.root) == new), "the journal says otherwise"
        if done:
            desk.annotations.undo()
        desk.annotations.write(entries)
        desk.close()
        assert all_files(place.root) == new, "litter"
        yield work


def all_files_but_parts(folder: Path) -> dict[str, bytes]:
    return {name: data for name, data in all_files(folder).items() if not name.endswith(".part")}


def publish_site(place: Place) -> Iterator[Callable[[], None]]:
    """A site published anew over an earlier one, beside files of others: completed by the next run, whatever happened."""
    out = place.folder / "out"

    def work() -> None:
        desk = Desk.open(place.root)
        publish(desk, out, SiteExtent(), say_nothing)
        desk.close()

    work()
    (out / "mine.txt").write_text("mine")
    (place.folder / "beside.txt").write_text("mine")
    text = place.root / "articles/2025-06-10-london.yaml"
    text.write_text(text.read_text().replace("trump-not-easy", "trump-renamed"))
    build(place.root)
    place.keep()
    work()
    new = all_files(out)
    shutil.rmtree(out)
    work()
    anew = all_files(out)
    assert {name: data for name, data in new.items() if name != "mine.txt"} == anew
    place.restore()
    yield work
    while True:
        old = all_files(place.kept / "out")
        for name, data in all_files(out).items():
            known = data in (old.get(name), new.get(name))
            assert known or name.endswith(".part") or name in (MANIFEST, JOURNAL), f"{name} is neither old nor new"
        work()
        assert all_files(out) == new, "the next run did not complete the site"
        assert (place.folder / "beside.txt").read_text() == "mine"
        yield work


def publish_first(place: Place) -> Iterator[Callable[[], None]]:
    """The first site in a folder: completed by the next run, whatever happened."""
    out = place.folder / "out"

    def work() -> None:
        desk = Desk.open(place.root)
        publish(desk, out, SiteExtent(("trump", "trump-not-easy")), say_nothing)
        desk.close()

    build(place.root)
    place.keep()
    work()
    new = all_files(out)
    place.restore()
    yield work
    while True:
        for name, data in all_files(out).items() if out.exists() else ():
            assert data == new.get(name) or name.endswith(".part") or name in (MANIFEST, JOURNAL), (
                f"{name} is not whole"
            )
        keeps_file_of_another(out, new, work)
        work()
        assert all_files(out) == new, "the next run did not complete the site"
        yield work


def keeps_file_of_another(out: Path, site: dict[str, bytes], work: Callable[[], None]) -> None:
    """Put a file where the killed run has not come to; the next run must stop at it and leave it as it is."""
    free = sorted(name for name in site if name != MANIFEST and not (out / name).exists())
    if not free:
        return
    theirs = out / free[len(list(out.rglob("*"))) % len(free)]
    theirs.parent.mkdir(parents=True, exist_ok=True)
    theirs.write_text("mine")
    try:
        work()
    except DossierError as error:
        assert "was not written by dossier publish" in str(error)  # noqa: PT017 - a script, not a test
    assert theirs.read_text() == "mine", f"{theirs} was written over"
    theirs.unlink()


SCENARIOS = {
    "kept": kept_place,
    "first-build": first_build,
    "later-build": later_build,
    "lock": lock_write,
    "export": export_write,
    "annotate": annotate_write,
    "publish": publish_site,
    "publish-first": publish_first,
}


def main(scenario: str, folder: str, step: int) -> None:
    sys.addaudithook(_hook)
    Catalogue.run = _counted(Catalogue.run)  # type: ignore[method-assign]
    Catalogue.run_many = _counted(Catalogue.run_many)  # type: ignore[method-assign]
    place = Place(Path(folder))
    course = SCENARIOS[scenario](place)
    work = next(course)
    total = killed_at(-1, place.folder, work)
    tried = 0
    for number in range(1 + random.Random(scenario).randrange(step), total + 1, step):
        place.restore()
        killed_at(number, place.folder, work)
        try:
            work = next(course)
        except Exception as error:
            error.add_note(f"killed at moment {number} of {total} of {scenario}")
            raise
        tried += 1
    print(f"{scenario}: {total} moments at which it could be killed, {tried} tried")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
