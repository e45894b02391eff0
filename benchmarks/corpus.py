"""The paragraphs and the queries of the search benchmarks: real texts, cut as the product cuts them."""

import json
import random
import re
import shutil
import tempfile
from pathlib import Path

KINDS = ("word", "two words", "phrase", "prefix 1", "prefix 2", "prefix 3", "prefix 4", "field", "fuzzy")
EACH = 60
"""Queries of each kind."""


def split(text):
    """`(number, text)` of the paragraphs of an article."""
    from dossier.model.articles import body_start, paragraphs

    return [(one.number, text[one.start : one.end]) for one in paragraphs(text, body_start(text))]


def corpus(archive, size, folder):
    """Paragraphs as `(article, number, section, day, text)`; repeated under other names when there are too few."""
    kept = folder / f"corpus-{size}.json"
    if kept.exists():
        return json.loads(kept.read_text())
    found = []
    with tempfile.TemporaryDirectory() as unpacked:
        shutil.unpack_archive(archive, unpacked, filter="data")
        for path in sorted(path for path in Path(unpacked).rglob("*.md") if path.name != "README.md"):
            inside = path.relative_to(unpacked)
            section = next((part for part in inside.parts if "-" in part and not part[0].isdigit()), "blog")
            day = re.search(r"(2021-\d\d)", str(inside))[1] + f"-{len(found) % 28 + 1:02d}"
            found += ((path.stem, number, section, day, text) for number, text in split(path.read_text("utf-8")))
            if len(found) >= size:
                break
    rows = []
    for number in range(size):
        article, *rest = found[number % len(found)]
        rows.append((f"{article}-{number // len(found)}", *rest))
    kept.write_text(json.dumps(rows))
    return rows


def queries(rows, seed=2021):
    """The same queries for every engine, drawn from the text itself; others for another seed."""
    rng = random.Random(seed)
    found = {kind: [] for kind in KINDS}
    while min(map(len, found.values())) < EACH:
        text = rng.choice(rows)
        words = [word for word in re.findall(r"[A-Za-z]+", text[4]) if len(word) > 1]
        if len(words) < 8:
            continue
        at = rng.randrange(len(words) - 3)
        word, other = rng.choice(words), rng.choice(words)
        run = re.search(r"\b[A-Za-z]+ [A-Za-z]+ [A-Za-z]+\b", text[4][len(text[4]) // 3 :]) or re.search(
            r"[A-Za-z]+", text[4]
        )
        found["word"].append(word)
        found["two words"].append(f"{words[at]} {other}")
        found["phrase"].append(run.group())
        for length in range(1, 5):
            if len(word) >= length:
                found[f"prefix {length}"].append(word[:length].lower())
        found["field"].append(f"{text[2].split('-')[0]} {word}")
        if len(word) > 4:
            found["fuzzy"].append(word[:2].lower() + word[3:].lower())
    return {kind: found[kind][:EACH] for kind in KINDS}


def written(kind, text):
    """A query as it is written in this product's language."""
    if kind == "phrase":
        return f'"{text}"'
    if kind == "field":
        section, _, word = text.partition(" ")
        return f"publisher:{section} {word}"
    return f"{text}~" if kind == "fuzzy" else text
