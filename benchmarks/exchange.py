"""How long an import takes, beside the mere parsing of the same files in the same run, and how much memory it holds.

    python benchmarks/exchange.py [--documents 1000] [--annotations 10] [--formats refi w3c brat csv]

Prints for each format seconds of the processor and the peak of memory: of the parsing of the files by the standard
library, of our reading up to the pieces (which finds out how offsets count), of the whole import, which also looks for
every anchor and writes two files a document, and of writing that many files without any import. Making files costs five
times as much when as many were removed in the half minute before (ext4 then passes over their inodes): hence the folder
of a run is kept until all runs are over, and a first run is made beside a quiet disk.
"""

import argparse
import csv
import io
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

from dossier.desk.importing import NoDossier, import_files
from dossier.exchange.records import ImportOptions
from dossier.exchange.tables import importer

WORDS = tuple("the talks on tariffs export controls rare earths went well said a minister".split())  # noqa: SIM905


def texts(documents):
    chance = random.Random(7)
    for number in range(documents):
        sentences = (" ".join(chance.choices(WORDS, k=14)).capitalize() + "." for _ in range(40))
        yield f"Report {number}.\r\n\r\n" + "\r\n".join(sentences)


def selections(text, annotations, chance):
    starts = [at + 1 for at, c in enumerate(text) if c == " "]
    for start in sorted(chance.sample(starts[:-12], min(annotations, len(starts) - 12))):
        end = text.index(" ", text.index(" ", start) + 1)
        if "\r" not in text[start:end]:
            yield start, end


def annotated(documents, annotations):
    chance = random.Random(8)
    for number, text in enumerate(texts(documents)):
        yield number, text, list(selections(text, annotations, chance))


def refi(folder, documents, annotations):
    codes = "".join(f'<Code guid="c{n}" name="Code {n}" isCodable="true"/>' for n in range(50))
    parts = []
    with zipfile.ZipFile(folder / "b.qdpx", "w", zipfile.ZIP_DEFLATED) as archive:
        for number, text, spans in annotated(documents, annotations):
            archive.writestr(f"Sources/{number}.txt", text)
            inner = "".join(
                f'<PlainTextSelection guid="{number}-{at}" startPosition="{at}" endPosition="{end}">'
                f'<Coding guid="k{at}"><CodeRef targetGUID="c{at % 50}"/></Coding></PlainTextSelection>'
                for at, end in spans
            )
            path_there = f"internal://{number}.txt"
            parts.append(f'<TextSource guid="{number}" name="T" plainTextPath="{path_there}">{inner}</TextSource>')
        archive.writestr(
            "project.qde",
            '<Project xmlns="urn:QDA-XML:project:1.0" name="b"><CodeBook><Codes>'
            f"{codes}</Codes></CodeBook><Sources>{''.join(parts)}</Sources></Project>",
        )
    return [folder / "b.qdpx"]


def parse_refi(files):
    with zipfile.ZipFile(files[0]) as archive:
        root = ET.parse(io.BytesIO(archive.read("project.qde"))).getroot()
        return len(list(root.iter())) + sum(len(archive.read(name).decode()) for name in archive.namelist())


def w3c(folder, documents, annotations):
    made = []
    for number, text, spans in annotated(documents, annotations):
        (folder / f"{number}.txt").write_bytes(text.encode())
        for at, end in spans:
            quote = {"type": "TextQuoteSelector", "exact": text[at:end], "prefix": text[at - 9 : at]}
            place = {"type": "TextPositionSelector", "start": at, "end": end}
            made.append(
                {
                    "type": "Annotation",
                    "body": [{"type": "TextualBody", "purpose": "tagging", "value": f"Tag {at % 50}"}],
                    "target": {"source": f"http://x.org/{number}", "selector": [quote, place]},
                }
            )
    (folder / "a.json").write_text(json.dumps(made))
    return [folder]


def brat(folder, documents, annotations):
    for number, text, spans in annotated(documents, annotations):
        (folder / f"{number}.txt").write_bytes(text.encode())
        lines = (f"T{n}\tCode{at % 50} {at} {end}\t{text[at:end]}\n" for n, (at, end) in enumerate(spans, 1))
        (folder / f"{number}.ann").write_text("".join(lines))
    return [folder]


def table(folder, documents, annotations):
    with (folder / "a.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["article", "quote", "before", "speaker", "issue"])
        for number, text, spans in annotated(documents, annotations):
            (folder / f"{number}.txt").write_bytes(text.encode())
            writer.writerows(
                [str(number), text[at:end], text[at - 24 : at], f"P {at % 50}", f"I {at % 7}"] for at, end in spans
            )
    return [folder]


def parse_files(files):
    parsed = 0
    for path in files[0].iterdir():
        text = path.read_bytes().decode()
        if path.suffix == ".json":
            parsed += len(json.loads(text))
        elif path.suffix == ".csv":
            parsed += len(list(csv.reader(io.StringIO(text, newline=""))))
        else:
            parsed += len(text.splitlines())
    return parsed


FORMATS = {
    "refi": (refi, parse_refi),
    "w3c": (w3c, parse_files),
    "brat": (brat, parse_files),
    "csv": (table, parse_files),
}


def processor(run):
    begun = time.process_time()
    result = run()
    return time.process_time() - begun, result


def one(form, folder, documents, annotations):
    make, parse = FORMATS[form]
    (folder / "in").mkdir()
    files = make(folder / "in", documents, annotations)
    parse(files)
    parsed, _ = processor(lambda: parse(files))
    read, _ = processor(lambda: sum(1 for _ in importer(form).read(files, NoDossier(), ImportOptions())))
    (folder / "bare").mkdir()
    bare, _ = processor(
        lambda: [(folder / "bare" / str(number)).write_bytes(bytes(3000)) for number in range(2 * documents)]
    )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    took, report = processor(lambda: import_files(form, files, folder / "made", ImportOptions()))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    told = {
        "format": form, "parsed s": round(parsed, 3), "read s": round(read, 3), "bare files s": round(bare, 3),
        "imported s": round(took, 3), "imported/read": round(took / read, 1),
        "imported/parsed": round(took / parsed, 1), "less bare files/parsed": round((took - bare) / parsed, 1),
        "peak MB": round(peak / 1024), "more than reading MB": round((peak - before) / 1024),
        "anchors": dict(report.anchors),
    }  # fmt: skip
    print(json.dumps(told), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--annotations", type=int, default=10, help="of each document")
    parser.add_argument("--formats", nargs="+", choices=FORMATS, default=list(FORMATS))
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.folder is not None:
        one(asked.formats[0], asked.folder, asked.documents, asked.annotations)
        return
    with tempfile.TemporaryDirectory() as whole:
        for form in asked.formats:  # a process each, so that peaks are their own
            folder = Path(whole) / form
            folder.mkdir()
            numbers = ["--documents", str(asked.documents), "--annotations", str(asked.annotations)]
            words = [sys.executable, __file__, "--formats", form, "--folder", str(folder), *numbers]
            subprocess.run(words, check=True)


if __name__ == "__main__":
    main()
