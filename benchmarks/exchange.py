"""How long an import takes, against the mere parsing of the same file, and how much memory it holds.

    python benchmarks/exchange.py [--documents 1000] [--annotations 10]

Prints seconds of the processor and the peak of memory, for REFI-QDA: of the parsing by the C parser of the standard
library, of our reading up to the pieces (which finds out how offsets count), and of the whole import, which also looks
for every anchor and writes two files a document. What the system takes to make that many files is told beside it: on
some file systems it is more than all the rest.
"""

import argparse
import io
import json
import random
import resource
import tempfile
import time
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

from dossier.desk.importing import NoDossier, import_files
from dossier.exchange.records import Options
from dossier.exchange.refi import RefiImporter

WORDS = tuple("the talks on tariffs export controls rare earths went well said a minister".split())  # noqa: SIM905


def texts(documents):
    chance = random.Random(7)
    for number in range(documents):
        sentences = (" ".join(chance.choices(WORDS, k=14)).capitalize() + "." for _ in range(40))
        yield f"Report {number}.\r\n\r\n" + "\r\n".join(sentences)


def selections(text, annotations, chance):
    starts = [at + 1 for at, c in enumerate(text) if c == " "]
    for start in sorted(chance.sample(starts[:-12], annotations)):
        end = text.index(" ", text.index(" ", start) + 1)
        yield start, end


def refi(path, documents, annotations):
    chance = random.Random(8)
    codes = "".join(f'<Code guid="c{n}" name="Code {n}" isCodable="true"/>' for n in range(50))
    parts = []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, text in enumerate(texts(documents)):
            archive.writestr(f"Sources/{number}.txt", text)
            inner = "".join(
                f'<PlainTextSelection guid="{number}-{at}" startPosition="{at}" endPosition="{end}">'
                f'<Coding guid="k{at}"><CodeRef targetGUID="c{at % 50}"/></Coding></PlainTextSelection>'
                for at, end in selections(text, annotations, chance)
            )
            path_there = f"internal://{number}.txt"
            parts.append(f'<TextSource guid="{number}" name="T" plainTextPath="{path_there}">{inner}</TextSource>')
        archive.writestr(
            "project.qde",
            '<Project xmlns="urn:QDA-XML:project:1.0" name="b"><CodeBook><Codes>'
            f"{codes}</Codes></CodeBook><Sources>{''.join(parts)}</Sources></Project>",
        )


def parse_refi(path):
    with zipfile.ZipFile(path) as archive:
        root = ET.parse(io.BytesIO(archive.read("project.qde"))).getroot()
        return len(list(root.iter())) + sum(len(archive.read(name).decode()) for name in archive.namelist())


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--annotations", type=int, default=10, help="of each document")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "b.qdpx"
        refi(path, asked.documents, asked.annotations)
        begun = time.process_time()
        parse_refi(path)
        parsed = time.process_time() - begun
        begun = time.process_time()
        for _ in RefiImporter().read([path], NoDossier(), Options()):
            pass
        read = time.process_time() - begun
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        begun = time.process_time()
        for number in range(2 * asked.documents):
            (Path(folder) / f"bare-{number}").write_bytes(bytes(3000))
        bare = time.process_time() - begun
        begun = time.process_time()
        report = import_files("refi", [path], Path(folder) / "made", Options())
        took = time.process_time() - begun
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        told = {
            "parsed s": round(parsed, 3), "read s": round(read, 3), "files written s": round(bare, 3),
            "imported s": round(took, 3), "imported/read": round(took / read, 1),
            "imported without writing/read": round((took - bare) / read, 1),
            "imported/parsed": round(took / parsed, 1),
            "memory MB": round((peak - before) / 1024), "anchors": dict(report.anchors),
        }  # fmt: skip
        print(json.dumps(told))


if __name__ == "__main__":
    main()
