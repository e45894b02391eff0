"""No index file, planted or damaged, runs code or makes a wrong hit; what dies while it writes leaves old or new."""

import contextlib
import pickle
import random
import shutil
import signal
import subprocess
import sys
import time
import zlib
from pathlib import Path
from struct import pack

import pytest

from dossier.model.passages import Passage
from dossier.search.engines.engine import EngineMissing, IndexBusy, IndexDamaged, open_engine
from dossier.search.engines.scan import ScanEngine
from dossier.search.finder import Finder
from dossier.search.query.parser import parse

QUERIES = [
    parse(text).query
    for text in ("export", "rare earth", '"rare earth"', "ex*", "kind:paragraph", "-export", "exprot~")
]
TEXTS = ("rare earth export controls", "export of tariffs", "China and the US", "the talks in London", "a rare case")


def passages(number, start=0):
    return [
        Passage(
            f"paragraph:a:{one}",
            "a",
            "paragraph",
            "A",
            f"{TEXTS[one % 5]} {one}",
            paragraph=one,
            language="en",
            digest=f"d{one}",
        )
        for one in range(start, start + number)
    ]


def answers(engine):
    return [engine.search(query, seconds=60) for query in QUERIES]


@pytest.fixture(autouse=True)
def _hurry(monkeypatch):
    monkeypatch.setattr("dossier.search.engines.tantivy.engine.PATIENCE", 0)


@pytest.fixture
def built(fresh, tmp_path):
    """An index of two commits, closed; its folder, and what it must answer."""
    folder = tmp_path / "built"
    folder.mkdir()
    engine, scan = fresh(folder), ScanEngine()
    for one in (engine, scan):
        one.update(passages(40), [])
        one.update(passages(5, 38), ["paragraph:a:3"])
    assert answers(engine) == answers(scan)
    engine.close()
    return folder, answers(scan)


DAMAGES = {
    "halved": lambda data: data[: len(data) // 2],
    "emptied": lambda data: b"",
    "longer": lambda data: data + b"\0",
    "flipped at the start": lambda data: bytes([data[0] ^ 1]) + data[1:],
    "flipped in the middle": lambda data: (
        data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 16]) + data[len(data) // 2 + 1 :]
    ),
    "flipped at the end": lambda data: data[:-1] + bytes([data[-1] ^ 128]),
    "removed": None,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_noticed_or_does_not_matter(engine_name, built, damage, tmp_path):
    folder, expected = built
    noticed = 0
    files = sorted(path.name for path in folder.iterdir() if path.is_file())
    for name in files:
        copy = shutil.copytree(folder, tmp_path / f"damaged {name}")  # of its own: what was damaged may linger
        data = (copy / name).read_bytes()
        change = DAMAGES[damage]
        if change is None:
            (copy / name).unlink()
        elif data or damage == "longer":
            (copy / name).write_bytes(change(data))
        engine = open_engine(engine_name, copy)
        try:
            found = answers(engine)
        except IndexDamaged:
            noticed += 1
        else:
            empty = engine.digests() == {}
            assert found == expected or empty, name
        engine.close()
        shutil.rmtree(copy, ignore_errors=True)
    print(f"{engine_name}, {damage}: {len(files)} files, {noticed} noticed")
    assert noticed >= 3


@pytest.mark.thorough
def test_no_flipped_bit_makes_a_wrong_hit(engine_name, built, tmp_path):
    folder, expected = built
    rng = random.Random(7)
    for _ in range(2000):
        copy = shutil.copytree(folder, tmp_path / "copy")
        path = rng.choice(sorted(path for path in copy.iterdir() if path.is_file() and path.stat().st_size))
        data = bytearray(path.read_bytes())
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        path.write_bytes(data)
        engine = open_engine(engine_name, copy)
        with contextlib.suppress(IndexDamaged):
            assert answers(engine) == expected or engine.digests() == {}
        engine.close()
        shutil.rmtree(copy, ignore_errors=True)


class Attack:
    """Unpickled, it would write a file."""

    def __init__(self, target):
        self.target = target

    def __reduce__(self):
        return (Path.write_text, (self.target, "owned"))


def _sealed(data):
    return data + pack("!I", zlib.crc32(data))


def _plant(folder, payload):
    """Every place at which Whoosh unpickles, with right check sums, as one who knows the format would write them."""
    toc = next(folder.glob("_PASSAGES_*.toc"))
    data = toc.read_bytes()[:-4]
    at = data.index(b"\x80", len(data) // 2)
    while not data[at:].startswith((b"\x80\x04\x95", b"\x80\x05\x95")):
        at = data.index(b"\x80", at + 1)
    yield "segments", toc, _sealed(data[:at] + payload)
    old = bytearray(data)
    version = data.index(pack("!i", -12345)) + 4
    old[version : version + 4] = pack("!i", -107)
    yield "an old format", toc, _sealed(bytes(old[: version + 7]) + payload * 3)
    for path in sorted(folder.glob("*.trm")) + sorted(folder.glob("*.pst")) + sorted(folder.glob("*_stored.col")):
        data = path.read_bytes()
        for number, at in enumerate(
            [at for at in range(len(data) - 2) if data[at : at + 2] in (b"\x80\x02", b"\x80\x04", b"\x80\x05")][:3]
        ):
            yield f"{path.suffix} {number}", path, data[:at] + payload + data[at + len(payload) :]


def test_a_planted_index_runs_nothing(built, tmp_path, engine_name):
    if engine_name != "whoosh":
        pytest.skip("tantivy unpickles nothing")
    folder, _ = built
    target = tmp_path / "owned"
    payload = pickle.dumps(Attack(target), 2)
    vectors = list(_plant(folder, payload))
    assert len(vectors) >= 5
    for name, path, data in vectors:
        copy = shutil.copytree(folder, tmp_path / "copy")
        (copy / path.name).write_bytes(data)
        for sums in copy.glob("*.sum"):
            lines = [
                f"{one.name} {zlib.crc32(one.read_bytes())}"
                for one in sorted(copy.glob(f"{sums.stem}.*"))
                if one != sums
            ]
            sums.write_text("\n".join(lines))
        engine = open_engine("whoosh", copy)
        try:
            answers(engine)
            list(engine.forms("", 0))
            engine.passages(engine.digests())
        except IndexDamaged:
            pass
        engine.close()
        assert not target.exists(), name
        shutil.rmtree(copy)
    print(f"{len(vectors)} planted files, nothing ran")


def test_the_attack_would_work_on_a_plain_unpickler(tmp_path):
    pickle.loads(pickle.dumps(Attack(tmp_path / "owned"), 2))
    assert (tmp_path / "owned").exists()


WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
import dossier.search.engines.whoosh.engine, dossier.search.engines.tantivy.engine
dossier.search.engines.whoosh.engine.BATCH = dossier.search.engines.tantivy.engine.BATCH = 40
from test_index_safety import passages
from dossier.search.engines.engine import open_engine
engine = open_engine({name!r}, Path({folder!r}))
print("ready", flush=True)
engine.update(passages(400), [])
print("done", flush=True)
"""


def _killed(name, folder, delay):
    code = WRITER.format(tests=str(Path(__file__).parent), name=name, folder=str(folder))
    process = subprocess.Popen([sys.executable, "-W", "ignore", "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "ready\n"
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.stdout.close()
    process.wait()


def _survives(name, folder):
    """Return what is there after a kill is a part of the whole, answers right, and can be built on."""
    engine, scan = open_engine(name, folder), ScanEngine()
    try:
        known = engine.digests()
        kept = [one for one in passages(400) if one.key in known]
        assert len(kept) == len(known)
        scan.update(kept, [])
        assert answers(engine) == answers(scan)
    except IndexDamaged:
        known = {}
        engine.close()
        shutil.rmtree(folder)
        folder.mkdir()
        engine = open_engine(name, folder)
    rest = [one for one in passages(400) if one.key not in known]
    assert engine.update(rest, [])
    scan.update(passages(400), [])
    assert answers(engine) == answers(scan)
    engine.close()
    litter = [path.name for path in folder.iterdir() if ".toc." in path.name or path.name.endswith((".tmp", ".new"))]
    assert not litter
    return len(known)


@pytest.mark.parametrize("delay", [0.02, 0.15])
def test_a_kill_leaves_old_or_new(engine_name, tmp_path, delay):
    folder = tmp_path / "killed"
    folder.mkdir()
    _killed(engine_name, folder, delay)
    _survives(engine_name, folder)


@pytest.mark.thorough
def test_sixty_kills_leave_old_or_new(engine_name, tmp_path):
    kept = []
    for number in range(60):
        folder = tmp_path / f"killed{number}"
        folder.mkdir()
        _killed(engine_name, folder, number * 0.012)
        kept.append(_survives(engine_name, folder))
    print(f"{engine_name}: 60 kills, {sorted(kept)} kept")


def test_two_programs_do_not_write_at_once(fresh, tmp_path, engine_name):
    folder = tmp_path / "shared"
    folder.mkdir()
    first, second = fresh(folder), fresh(folder)
    first.update(passages(3), [])

    told = []

    def progress(done, total):
        if not told:
            told.append(done)
            with pytest.raises(IndexBusy):
                second.update(passages(2, 20), [])
            assert len(second.digests()) == 3

    first.update(passages(2, 10), [], progress=progress)
    assert told
    assert len(second.digests()) == 5
    second.update(passages(2, 20), [])
    assert len(first.digests()) == 7


def test_an_error_while_building_loses_nothing_of_before(fresh, monkeypatch, engine_name):
    engine = fresh()
    engine.update(passages(5), [])
    broken = [*passages(3, 10), Passage("paragraph:b:1", "b", "paragraph", "B", None, digest="x")]
    with pytest.raises((TypeError, AttributeError)):
        engine.update(broken, [])
    assert len(engine.digests()) == 5
    assert engine.update(passages(3, 10), [])
    assert len(engine.digests()) == 8


def test_what_is_done_when_one_cancels_stays_done(fresh, engine_name):
    engine = fresh()
    seen = []
    assert not engine.update(
        passages(2000), [], progress=lambda done, total: seen.append((done, total)), cancelled=lambda: len(seen) > 2
    )
    kept = engine.digests()
    assert 0 < len(kept) < 2000
    assert seen[0] == (0, 2000)
    assert engine.update([one for one in passages(2000) if one.key not in kept], [])
    assert len(engine.digests()) == 2000


def test_a_new_index_is_empty_and_makes_nothing_until_it_is_written(fresh, tmp_path, engine_name):
    folder = tmp_path / "empty"
    folder.mkdir()
    engine = fresh(folder)
    assert engine.digests() == {}
    assert answers(engine)[0].total == 0
    assert engine.passages(["x"]) == []
    assert list(engine.forms("", 0)) == []
    assert list(folder.iterdir()) == []


def test_an_unknown_engine_is_named_with_those_there_are(tmp_path):
    with pytest.raises(EngineMissing, match="whoosh, tantivy, scan"):
        open_engine("lucene", tmp_path)


def test_a_missing_engine_says_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "tantivy", None)
    with pytest.raises(EngineMissing, match=r"pip install 'dossier-browser\[large\]'"):
        open_engine("tantivy", tmp_path)


@pytest.mark.parametrize("field", ["speaker", "delegation", "issue", "stance", "article", "attribution", "status"])
@pytest.mark.parametrize("apart", ["\0", "\x1d", "\x1e", "\x1f", "\n", "\u2028"])
def test_a_reference_with_a_separator_in_it_makes_no_second_field(fresh, field, apart):
    """A dossier's references are its author's words: one that could be cut would be found as what it is not."""
    value = f"x{apart}kind=quote"
    given = (value,) if field in ("speaker", "delegation", "issue", "stance") else value
    finder = Finder(fresh())
    finder.refresh(
        [
            Passage("paragraph:a:1", "a", "paragraph", "A", "some words", paragraph=1, digest="x", **{field: given}),
            Passage("quote:q", "q", "quote", "Q", "some words", digest="x"),
        ]
    )
    assert [hit.key for hit in finder.find("words kind:quote").hits] == ["quote:q"]
