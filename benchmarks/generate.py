"""Dossiers of any size from real articles: `python benchmarks/generate.py FOLDER --articles N`.

The texts are White House briefings of 2021 (`../shared/data/whitehouse-2021`, public domain), told again under another
date where more are wanted than there are. What is annotated is generated, in the shape of real work: 5 quotes an
article, each a sentence that stands once in its text; 13 links an article, their delegations and issues by Zipf's law.

With `--passages N` an article has so many paragraphs at most, a text told again has other words in it, and what
does not stand in quotation marks is a paraphrase: 100,000 articles of 10 are a million passages, no two quotes alike.
With `--links N` so many links are written out for each article.
"""

import argparse
import functools
import itertools
import random
import re
import shutil
import tempfile
from bisect import bisect_left
from collections.abc import Iterable
from multiprocessing import Pool
from pathlib import Path

ARCHIVE = Path(__file__).resolve().parents[2] / "shared" / "data" / "whitehouse-2021.tar.xz"
DELEGATIONS, MEMBERS, ISSUES = 225, 4, 19
QUOTES, LINKS = 5, 2
"""An article's quotes, and its links written out; the quotes' speakers and issues make about 11 more."""

_TOGETHER = 100
"""Articles that lie in one folder."""

_FRONT = re.compile(r"---\n(.*?)\n---\n", re.DOTALL)
_SENTENCE = re.compile(r"(?<![\w/.-])[A-Z][^.!?\\*\[\]<>_`|#/]{40,180}[.!?](?=\s)")
_LONGER = re.compile(r"\b([a-z]{5,})\b")
_NAMES = (
    "Alden",
    "Brook",
    "Castor",
    "Dunmore",
    "Elwyn",
    "Farrow",
    "Galen",
    "Harrow",
    "Iven",
    "Jarrow",
    "Kell",
    "Lorne",
)
_ISSUES = (
    *("Export controls", "Rare earths", "Tariffs", "Market access", "Climate finance", "Fisheries", "Data transfers"),
    *("Visa rules", "Steel quotas", "Vaccine supply", "Sanctions relief", "Border crossings", "Debt relief"),
    *("Shipping lanes", "Patent waivers", "Grid security", "Arms inspection", "Aviation rights", "Food standards"),
)
_RELATIONS = ("supports", "opposes", "demands", "offers", "accuses", "concedes", "related to")


@functools.cache
def _harmonic(count: int) -> list[float]:
    """The sums of the first weights 1/k, for each k up to `count`."""
    return list(itertools.accumulate(1 / k for k in range(1, count + 1)))


def zipf(rng: random.Random, count: int) -> int:
    """A number below `count`, small ones often: the k-th with weight 1/k."""
    sums = _harmonic(count)
    return min(bisect_left(sums, rng.random() * sums[-1]), count - 1)


def delegation_name(number: int) -> str:
    """A made-up country; no two alike."""
    first, second = divmod(number, len(_NAMES))
    ending = ("ia", "land", "stan", "mark", "or")[first % 5]
    return f"{_NAMES[second]}{ending}{'' if first < 5 else ' ' + 'I' * (first // 5)}"


def head() -> str:
    """The dossier.yaml of a generated dossier."""
    lines = [
        "format: 1",
        "title: A generated dossier",
        "language: en",
        "article_files: ['articles/*/*.md']",
        "",
        "delegations:",
    ]
    for number in range(DELEGATIONS):
        lines += [f"  d{number}:", f"    name: {delegation_name(number)}", f"    aliases: [D{number}X]", "    members:"]
        lines += [
            f"      d{number}-m{m}: {{name: Minister {delegation_name(number)} {m}, role: Envoy}}"
            for m in range(MEMBERS)
        ]
    lines.append("issues:")
    for number, name in enumerate(_ISSUES):
        parent = f", parent: i{number // 4}" if number >= 12 else ""
        lines.append(f"  i{number}: {{name: {name}{parent}}}")
    return "\n".join(lines) + "\n"


def sentences(text: str) -> list[str]:
    """The sentences that stand once in a text."""
    found = [" ".join(match.group().split()) for match in _SENTENCE.finditer(text)]
    flat = " ".join(text.split())
    return [one for one in dict.fromkeys(found) if flat.count(one) == 1]


def shortened(text: str, most: int) -> str:
    """The first paragraphs of a text."""
    return "\n\n".join(re.split(r"\n\s*\n", text.strip())[:most]) + "\n"


def reworded(rng: random.Random, text: str) -> str:
    """A text with every second of its longer words replaced by another of them."""
    parts = _LONGER.split(text)  # what stands between words, and words, in turn
    words = parts[1::2]
    others = rng.choices(words, k=len(words)) if words else []
    replaced = rng.getrandbits(len(words) + 1)
    parts[1::2] = [other if replaced >> at & 1 else words[at] for at, other in enumerate(others)]
    return "".join(parts)


def annotation(
    rng: random.Random, article: str, said: list[str], day: str, links: int = LINKS, text: str | None = None
) -> str:
    """The YAML of one article; with its `text`, what does not stand in quotation marks is a paraphrase."""
    lines = [f"article: {article}", "quotes:"]
    for number, words in enumerate(said[:QUOTES]):
        d, m = zipf(rng, DELEGATIONS), rng.randrange(MEMBERS)
        issues = ", ".join(f"i{one}" for one in sorted({zipf(rng, ISSUES) for _ in range(rng.choice((1, 1, 2)))}))
        lines += [
            f"  {article}-q{number}:",
            f"    text: {_quoted(words)}",
            f"    speaker: d{d}-m{m}",
            f"    issues: [{issues}]",
            f"    stance: {rng.choice(('for', 'against', 'conditional', 'neutral'))}",
        ]
        if text is not None and f"“{words}”" not in text:
            lines.append("    attribution: paraphrase")
    lines.append("links:")
    linked = said[QUOTES : QUOTES + links] or said[:links]
    if links > LINKS:
        linked = list(itertools.islice(itertools.cycle(said), links if said else 0))
    for words in linked:
        source, target, relation = zipf(rng, DELEGATIONS), zipf(rng, ISSUES), rng.choice(_RELATIONS)
        lines.append(f"  - {{from: d{source}, rel: {relation}, to: i{target}, at: {_quoted(words)}, date: '{day}'}}")
    if len(lines) == 3:
        lines = lines[:1]
    return "\n".join(line for line in lines if line != "links:" or said) + "\n"


def _quoted(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"


class _Writer:
    """A writer of articles, in this process or in one of several."""

    def __init__(self, folder: Path, sources: list[Path], passages: int, links: int) -> None:
        self._folder, self._sources, self._passages, self._links = folder, sources, passages, links

    def write(self, rng: random.Random, number: int) -> tuple[int, int]:
        """Write an article and what is annotated in it; how many quotes, and links written out."""
        source = self._sources[number % len(self._sources)]
        body = _beginning(source, self._passages) if self._passages else _body(source)
        if self._passages and number >= len(self._sources):
            body = reworded(rng, body)
        title = " ".join(re.sub(r"[^\w .,’-]", " ", source.stem.replace("-", " ")).split())[:90]
        day = f"20{15 + number % 10}-{number % 12 + 1:02}-{number % 28 + 1:02}"
        name = f"a{number:05}"
        room = self._folder / "articles" / f"{number // _TOGETHER:03}"
        room.mkdir(parents=True, exist_ok=True)
        front = f"---\ntitle: {title}\npublished: {day}\npublisher: The White House\n---\n"
        (room / f"{name}.md").write_text(front + body, encoding="utf-8")
        said = sentences(body)
        rng.shuffle(said)
        text = annotation(rng, name, said, day, self._links, body if self._passages else None)
        (room / f"{name}.yaml").write_text(text, encoding="utf-8")
        many = said and self._links > LINKS
        return min(len(said), QUOTES), self._links if many else min(len(said), self._links)

    def write_some(self, seed: str, numbers: Iterable[int]) -> tuple[int, int]:
        """Write several articles by chance of their own, so that it does not matter which process does."""
        rng = random.Random(seed)
        counts = [self.write(rng, number) for number in numbers]
        return sum(quotes for quotes, _ in counts), sum(links for _, links in counts)


def _body(source: Path) -> str:
    """The text of a source, without its front matter."""
    return _FRONT.sub("", source.read_text(encoding="utf-8"), count=1)


@functools.cache
def _beginning(source: Path, passages: int) -> str:
    """The first paragraphs of a source; kept, as each is told again many times."""
    return shortened(_body(source), passages)


def generate(folder: Path, articles: int, seed: int = 7, passages: int = 0, links: int = LINKS) -> dict[str, int]:
    """Write a dossier of so many articles, each of at most so many `passages` (0: all), with so many `links`.

    With `passages`, a process for each processor writes: 100,000 articles in a minute or two. Gives the counts of what
    it holds.
    """
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as unpacked:
        shutil.unpack_archive(ARCHIVE, unpacked, filter="data")
        sources = sorted(path for path in Path(unpacked).rglob("*.md") if path.name != "README.md")
        rng.shuffle(sources)
        folder.mkdir(parents=True)
        (folder / "dossier.yaml").write_text(head(), encoding="utf-8")
        writer = _Writer(folder, sources, passages, links)
        if passages:
            blocks = [range(at, min(at + _TOGETHER, articles)) for at in range(0, articles, _TOGETHER)]
            with Pool() as pool:
                counts = pool.starmap(writer.write_some, [(f"{seed} {block.start}", block) for block in blocks])
        else:
            counts = [writer.write(rng, number) for number in range(articles)]
    quotes, written = (sum(column) for column in zip(*counts, strict=True))
    return {"articles": articles, "quotes": quotes, "links written out": written}


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--passages", type=int, default=0)
    parser.add_argument("--links", type=int, default=LINKS)
    arguments = parser.parse_args()
    print(generate(arguments.folder, arguments.articles, passages=arguments.passages, links=arguments.links))


if __name__ == "__main__":
    main()
