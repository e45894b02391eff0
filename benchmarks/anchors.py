"""How long 10,000 anchors over 1,000 articles take, and one article that changed, beside a bare search for the words.

    python benchmarks/anchors.py            prints seconds and ratios; real articles if ../shared/data has them
    python benchmarks/anchors.py --scores   measures MIN_SIMILARITY and MIN_MARGIN of dossier.model.resolving

The reference is `str.find` of the same words in the same texts: it knows no typography, no context and no lock.
"""

import hashlib
import json
import random
import re
import statistics
import sys
import tarfile
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from dossier.model.articles import body_start
from dossier.model.entries import Anchor
from dossier.model.folding import Folded, fold
from dossier.model.locked import CONTEXT
from dossier.model.resolving import Text
from dossier.model.similarity import similarity, words_of

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "whitehouse-2021.tar.xz"
ARTICLES, ANCHORS = 1_000, 10


def real_texts(count: int) -> list[str]:
    """Real articles of more than 2,000 characters, or made ones where there are none."""
    rng = random.Random(1)
    if not DATA.is_file():
        words = ["".join(rng.choices("etaoinshrdlu", k=rng.randint(2, 10))) for _ in range(4_000)]
        return [". ".join(" ".join(rng.choices(words, k=12)) for _ in range(120)) for _ in range(count)]
    found: list[str] = []
    with tarfile.open(DATA) as archive:
        for member in archive:
            file = archive.extractfile(member) if member.name.endswith(".md") else None
            text = file.read().decode() if file else ""
            if len(text) > 2_000:
                found.append(text)
            if len(found) == count:
                break
    return found


def picked(rng: random.Random, text: str, count: int) -> list[Anchor]:
    """Anchors on words that stand once."""
    words = list(re.finditer(r"\S+", text[body_start(text) :]))
    known, found = Text(text, ""), []
    for _ in range(count * 20):
        first = rng.randrange(len(words) - 25)
        chosen = text[
            body_start(text) + words[first].start() : body_start(text) + words[first + rng.randint(4, 24)].end()
        ]
        wanted = Anchor(chosen, "a")
        if known.find("q", wanted).status == "exact":
            found.append(wanted)
        if len(found) == count:
            break
    return found


def timed(what) -> float:
    """The least of three runs, in seconds."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        what()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    rng = random.Random(2)
    texts = real_texts(ARTICLES)
    shas = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
    wanted = [picked(rng, text, ANCHORS) for text in texts]
    count = sum(map(len, wanted))
    lines = [
        [found.lock(f"q{n}", 0, one, *found.find(f"q{n}", one).spans[0]) for n, one in enumerate(anchors)]
        for found, anchors in zip(map(Text, texts, shas), wanted, strict=True)
    ]
    changed = ["Corrected on Monday. " + text.replace("America", "the States", 1) for text in texts]

    def resolve(texts: list[str], locked: bool, sha: bool) -> None:
        for text, own, anchors, held in zip(texts, shas, wanted, lines, strict=True):
            found = Text(text, own if sha else "changed", held if locked else ())
            for n, one in enumerate(anchors):
                found.find(f"q{n}", one)

    def bare() -> None:
        for text, anchors in zip(texts, wanted, strict=True):
            for one in anchors:
                text.find(one.text)

    reference = timed(bare)
    print(f"{count:,} anchors, {len(texts):,} articles, {sum(map(len, texts)) / 1e6:.1f} million characters")
    print(f"str.find of the same words          {reference:7.3f} s      1")
    for name, run in {
        "no lock": lambda: resolve(texts, locked=False, sha=True),
        "locked, articles unchanged": lambda: resolve(texts, locked=True, sha=True),
        "locked, every article changed": lambda: resolve(changed, locked=True, sha=False),
    }.items():
        seconds = timed(run)
        print(f"{name:35} {seconds:7.3f} s {seconds / reference:6.1f}")
    print(f"one changed article, median         {one_changed(texts, wanted) * 1e3:7.1f} ms, from the folder on")


def one_changed(texts: list[str], wanted: list[list[Anchor]]) -> float:
    """Seconds to bring an open dossier up to date after one of its articles changed."""
    import os

    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        os.environ["XDG_CACHE_HOME"] = os.environ["XDG_STATE_HOME"] = str(home)
        from dossier.desk.desk import Desk

        root = Path(folder) / "dossier"
        (root / "articles").mkdir(parents=True)
        (root / "dossier.yaml").write_text("title: Benchmark\n")
        for n, (text, anchors) in enumerate(zip(texts, wanted, strict=True)):
            (root / f"articles/a{n}.txt").write_text(text, newline="")
            events = {f"e{n}-{at}": {"name": "E", "at": one.text} for at, one in enumerate(anchors)}
            sheet = {"article": f"a{n}", "articles": {f"a{n}": {"file": f"articles/a{n}.txt"}}, "events": events}
            (root / f"articles/a{n}.yaml").write_text(json.dumps(sheet))
        desk = Desk.open(root)
        start = time.perf_counter()
        desk.anchoring.lock()
        print(f"dossier check --lock                {time.perf_counter() - start:7.3f} s")
        time.sleep(2.1)  # files younger than the clock's grain are read again
        desk.refresh()
        times = []
        for n in range(7):
            path = root / f"articles/a{n}.txt"
            path.write_text("Corrected. " + path.read_text(), newline="")
            start = time.perf_counter()
            assert desk.refresh().articles >= {f"a{n}"}
            times.append(time.perf_counter() - start)
        desk.close()
        return statistics.median(times)


def scores() -> None:
    """The likeness of the best place where a passage was deleted, and where it and its surroundings were altered."""
    rng = random.Random(5)
    texts = real_texts(400)
    vocabulary = re.findall(r"[a-z]{3,12}", " ".join(texts[:20]))
    for name, deleted, share in (
        ("deleted", True, 0.0),
        ("1 in 10 altered", False, 0.1),
        ("1 in 3 altered", False, 0.33),
    ):
        best, leads = [], []
        for _ in range(400):
            text = rng.choice(texts)
            words = list(re.finditer(r"\S+", text))
            count = rng.choice([3, 6, 10, 20, 40])
            if len(words) < count + 60:
                continue
            first = rng.randrange(20, len(words) - count - 20)
            start, end = words[first].start(), words[first + count - 1].end()
            passage = text[max(0, start - CONTEXT) : start], text[start:end], text[end : end + CONTEXT]
            if text.count(passage[1]) != 1:
                continue
            new = altered(rng, vocabulary, text, (start, end), share)
            if deleted:
                new = text[: start - rng.randrange(20, 60)] + text[end + rng.randrange(20, 60) :]
            parts = Folded(passage[0]).text, fold(passage[1]), Folded(passage[2]).text
            found = similarity(words_of(Folded(new).text), *parts)
            best.append(found[0].score if found else 0.0)
            leads.append(found[0].score - found[1].score if len(found) > 1 else best[-1])
        told = (
            f"{p:.0%} {sorted(values)[int(len(values) * p)]:.2f}"
            for values in (best, leads)
            for p in (0.01, 0.05, 0.5, 0.95, 0.99)
        )
        told = list(told)
        print(f"{name:16} likeness {', '.join(told[:5])}; lead {', '.join(told[5:])}")


def altered(rng: random.Random, vocabulary: list[str], text: str, span: tuple[int, int], share: float) -> str:
    """The text with a share of the words of a span, and 20 characters on one side of it, replaced."""
    start, end = span
    words = [rng.choice(vocabulary) if rng.random() < share else word for word in text[start:end].split()]
    other = f" {rng.choice(vocabulary)} {rng.choice(vocabulary)} "
    if rng.random() < 0.5:
        return text[: start - 20] + other + " ".join(words) + text[end:]
    return text[:start] + " ".join(words) + other + text[end + 20 :]


if __name__ == "__main__":
    scores() if "--scores" in sys.argv[1:] else main()
