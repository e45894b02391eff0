"""The engines that `search.py` compares: those of this product, SQLite FTS5 and ripgrep."""

import hashlib
import json
import os
import sqlite3
import subprocess
import urllib.request

from corpus import KINDS, written

ADDRESS = "BENCHMARK_OPENSEARCH"
"""The variable by which the processes of the engines know the node."""


def passages(rows, start=0):
    from dossier.model.passages import Passage

    return [
        Passage(f"paragraph:{article}:{number}", article, "paragraph", article, text, article=article, paragraph=number,
                publisher=section, date=day, language="en", digest=str(start + at))
        for at, (article, number, section, day, text) in enumerate(rows)
    ]  # fmt: skip


class Ours:
    """The product, with one of its engines."""

    seconds = 2.0
    """The limit of a query, as in the product."""

    def __init__(self, name, folder):
        from dossier.search.engines.engine import open_engine
        from dossier.search.finder import Finder

        self.finder = Finder(open_engine(name, folder))
        self.finder.engine.update([], [])

    def build(self, rows):
        self.finder.refresh(passages(rows))

    def add(self, rows):
        self.finder.engine.update(passages(rows, 10**7), [])

    def ask(self, kind, text):
        return self.finder.find(
            written(kind, text), limit=10, typing=kind.startswith("prefix"), seconds=self.seconds
        ).total


class OnServer(Ours):
    """The product with an index on the node, which is published to article by article."""

    seconds = 60.0

    def __init__(self, folder):
        from dossier.search.engines.engine import open_engine
        from dossier.search.engines.server import Server
        from dossier.search.finder import Finder

        self.server = Server(os.environ[ADDRESS], folder.name)
        self.stamps = folder / "stamps.json"
        self.finder = Finder(open_engine("opensearch", self.server))

    def build(self, rows):
        self.publish(rows, {})

    def add(self, rows):
        self.publish(rows, json.loads(self.stamps.read_text()))
        self.finder.engine.close()  # what is published is looked for every ten seconds else

    def publish(self, rows, known):
        """Publish articles beside those that are known by their stamps."""
        from dossier.search.engines.opensearch.publisher import Publisher

        articles = {}
        for row in rows:
            articles.setdefault(row[0], []).append(row)
        stamps = known | {one: hashlib.md5(repr(found).encode()).hexdigest() for one, found in articles.items()}
        Publisher(self.server).publish(
            {one: bytes.fromhex(stamp) for one, stamp in stamps.items()},
            lambda one: passages(articles[one]),
            {},
            lambda *_: None,
        )
        self.stamps.write_text(json.dumps(stamps))

    def warm_up(self, rows):
        """Let the node compile what it runs to take passages in, with an index that is taken away again."""
        from dossier.search.engines.opensearch.client import Client

        folder = self.stamps.parent / "warm"
        folder.mkdir()
        OnServer(folder).build(rows)
        client = Client(self.server)
        for index in client.ask("GET", "/_alias/warm"):
            client.ask("DELETE", f"/{index}")
        client.close()

    def warm(self, asked):
        """Let the node compile what it runs to search, for a reader of its own."""
        for _ in range(2):
            other = OnServer(self.stamps.parent)
            for kind in KINDS:
                for text in asked[kind]:
                    other.ask(kind, text)
            other.finder.engine.close()


class Fts5:
    """SQLite's full-text index with its Porter stemmer and its prefix indexes."""

    def __init__(self, folder):
        self.base = sqlite3.connect(folder / "base.sqlite")

    def build(self, rows):
        self.base.execute(
            "create virtual table p using fts5"
            "(section, text, key unindexed, tokenize='porter unicode61', prefix='1 2 3')"
        )
        self.add(rows)

    def add(self, rows):
        with self.base:
            self.base.executemany(
                "insert into p values(?, ?, ?)", ((row[2], row[4], f"{row[0]}:{row[1]}") for row in rows)
            )

    def ask(self, kind, text):
        if kind == "phrase":
            match = f'text : "{text}"'
        elif kind == "field":
            section, _, word = text.partition(" ")
            match = f'(section : "{section}") AND (text : "{word}")'
        elif kind.startswith("prefix"):
            match = f'text : "{text}"*'
        elif kind == "fuzzy":
            return None
        else:
            match = "text : (" + " AND ".join(f'"{word}"' for word in text.split()) + ")"
        list(
            self.base.execute(
                "select key, snippet(p, 1, '[', ']', '…', 24), rank from p where p match ? order by rank limit 10",
                (match,),
            )
        )
        return self.base.execute("select count(*) from p where p match ?", (match,)).fetchone()[0]


class Ripgrep:
    """Paragraphs as lines of a file, read through every time."""

    def __init__(self, folder):
        self.file = folder / "lines.txt"

    def build(self, rows):
        self.file.write_text("".join(" ".join(row[4].split()) + "\n" for row in rows))

    def add(self, rows):
        with self.file.open("a") as file:
            file.writelines(" ".join(row[4].split()) + "\n" for row in rows)

    def ask(self, kind, text):
        if kind in ("field", "fuzzy", "two words"):
            return None
        pattern = rf"\b{text}" if kind.startswith("prefix") else rf"\b{text}\b"
        done = subprocess.run(["rg", "-i", "-c", pattern, str(self.file)], capture_output=True, text=True, check=False)
        return int(done.stdout or 0)


def engine(name, folder):
    others = {"fts5": Fts5, "ripgrep": Ripgrep, "opensearch": OnServer}
    return others[name](folder) if name in others else Ours(name, folder)


def size_of(name, folder):
    """The bytes of an index."""
    if name == "opensearch":
        path = f"{os.environ[ADDRESS]}/{folder.name}/_stats/store"
        with urllib.request.urlopen(path) as answer:
            return json.load(answer)["_all"]["primaries"]["store"]["size_in_bytes"]
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
