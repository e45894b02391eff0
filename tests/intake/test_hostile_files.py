"""Files that are made to do harm end within their limits, in one sentence, and nothing outside is read or written."""

import contextlib
import json
import os
import signal
import subprocess
import sys

import pytest
from intake.samples import archive, docx, epub

from dossier.desk.creating import remove_on_failure
from dossier.desk.desk import Desk
from dossier.desk.founding import new_dossier
from dossier.desk.intake import Intake
from dossier.desk.sources import read_source
from dossier.intake.document import IntakeOptions, Unfit
from dossier.intake.isolation import DocumentReader

LOL = '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
XXE = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
FILES = {
    "attributes.html": lambda: (
        b"<html><body><p " + b" ".join(b"a%d=1" % n for n in range(300_000)) + b">" + b"word " * 50
    ),
    "deep.html": lambda: b"<html><body>" + b"<div>" * 100_000 + b"word " * 50,
    "spans.html": lambda: b"<html><body>" + b"<p><b>" * 50_000 + b"word " * 50,
    "wide.html": lambda: b"<html><body>" + b"<p>word one two three four five six seven.</p>" * 100_000,
    "entities.html": lambda: f"{LOL}<html><body><p>&b; {'word ' * 50}".encode(),
    "outside.html": lambda: f"{XXE}<html><body><p>&a; {'word ' * 50}".encode(),
    "deep.eml": lambda: b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3_000)
    ),
    "parts.eml": lambda: b"From: a@b\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nhi\n" * 100_000,
    "bomb.docx": lambda: docx("<w:p><w:r><w:t>" + "a " * 20_000_000 + "</w:t></w:r></w:p>"),
    "wide.docx": lambda: docx("<w:p><w:r><w:t>a </w:t></w:r></w:p>" * 500_000),
    "deep.docx": lambda: docx("<w:sdt>" * 100_000),
    "entities.docx": lambda: archive(("[Content_Types].xml", "<a/>"), ("word/document.xml", f"{LOL}<a>&b;</a>")),
    "outside.docx": lambda: archive(("[Content_Types].xml", "<a/>"), ("word/document.xml", f"{XXE}<a>&a;</a>")),
    "slip.docx": lambda: docx("<w:p/>", ("../../evil", "x")),
    "slip.epub": lambda: epub("<p>x</p>", "../../../../etc/passwd"),
    "entities.epub": lambda: epub(f"{LOL}<html><body><p>&b;</p></body></html>"),
}
MEASURED = """
import json, resource, sys
from pathlib import Path
from dossier.intake.document import IntakeOptions, Unfit
from dossier.intake.isolation import DocumentReader

why = ""
with DocumentReader() as reader:
    try:
        reader.read(sys.argv[1], Path(sys.argv[2]).read_bytes(), IntakeOptions())
    except Unfit as refused:
        why = str(refused)
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([why, usage.ru_utime + usage.ru_stime, usage.ru_maxrss]))
"""
"""Reads one file from a small process: a child's peak of memory counts that of whoever started it."""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no limits of processes")
@pytest.mark.parametrize("name", FILES)
def test_a_file_made_to_do_harm_is_refused_within_its_limits(tmp_path, name):
    (tmp_path / name).write_bytes(FILES[name]())
    command = [sys.executable, "-P", "-c", MEASURED, name, str(tmp_path / name)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    why, seconds, kilobytes = json.loads(done.stdout)
    assert why
    assert "\n" not in why
    assert seconds < 3  # the limit, and the start of a process
    assert kilobytes < 200_000


def test_a_reader_serves_on_after_a_refusal():
    with DocumentReader() as reader:
        for data in (FILES["attributes.html"](), FILES["slip.docx"]()):
            with pytest.raises(Unfit):
                reader.read("file", data, IntakeOptions(), "html" if data.startswith(b"<") else "docx")
            document, form = reader.read("a.txt", b"Hello there.\n", IntakeOptions())
            assert (document.text, form) == ("Hello there.\n", "text")


def test_two_hundred_thousand_encoded_words_are_read_in_time():
    data = b"From: a@b\nSubject: " + b"=?utf-8?q?x?= " * 200_000 + b"\n\nhi there"
    with DocumentReader() as reader:
        document, _ = reader.read("mail.eml", data, IntakeOptions())
    assert document.text == "hi there\n"
    assert set(document.title) == {"x"}


def test_a_worker_that_dies_is_told_in_a_sentence():
    with DocumentReader() as reader:
        process = reader._start()
        os.kill(process.pid, signal.SIGSEGV)
        process.wait()
        assert reader.read("a.txt", b"Hello.\n", IntakeOptions())[0].text == "Hello.\n"


def test_the_hostile_files_of_the_exchange_formats_are_refused(shared_data, tmp_path):
    shared_data("interchange", tmp_path)
    with DocumentReader() as reader:
        for path in sorted((tmp_path / "interchange" / "hostile").iterdir()):
            if path.suffix != ".md":
                with pytest.raises(Unfit):
                    reader.read(path.name, path.read_bytes(), IntakeOptions())


KILLED = """
import os, signal, sys
from pathlib import Path
from dossier.desk.desk import Desk
from dossier.desk.intake import Intake
from dossier.desk.sources import read_source
from dossier.intake.document import IntakeOptions
root, file, left = sys.argv[1], sys.argv[2], int(sys.argv[3])
desk = Desk.open(Path(root))
intake = Intake(desk)
source = read_source(Path(file))
document = intake.read(source, IntakeOptions(), {})
intake.close()
seen = 0
def hook(event, arguments):
    global seen
    if event in {"open", "os.rename", "os.remove", "os.link", "os.mkdir", "os.chmod"} and str(arguments[0]).startswith(root):
        seen += 1
        if seen == left:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(hook)
intake.add(source, document)
intake.finish()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="programs are killed as on Linux")
def test_killed_at_any_moment_the_first_file_is_old_or_new_and_adding_again_ends_the_work(tmp_path):
    (tmp_path / "a.md").write_bytes(b"# A\r\n\r\nA text whose line ends change.\r\n")
    program = tmp_path / "killed.py"
    program.write_text(KILLED)
    finished = False
    for moment in range(1, 60):
        root = tmp_path / str(moment)
        new_dossier(root, "T")
        old = (root / "dossier.yaml").read_bytes()
        command = [sys.executable, "-P", str(program), str(root), str(tmp_path / "a.md"), str(moment)]
        code = subprocess.run(command, check=False, timeout=300).returncode
        assert code in (0, -signal.SIGKILL)
        now = (root / "dossier.yaml").read_bytes()
        with contextlib.closing(Desk.open(root)) as desk:
            intake = Intake(desk)
            source = read_source(tmp_path / "a.md")
            if now == old:
                assert intake.known(source) is None
                intake.add(source, intake.read(source, IntakeOptions(), {}))
                intake.finish()
            intake.close()
            assert (root / "dossier.yaml").read_bytes().startswith(old)
            desk.refresh()
            assert desk.get_or_raise("a").text("file") == "articles/a.md"
        assert sorted(one.name for one in (root / "articles").rglob("*.m*")) == ["a.markdown", "a.md"]
        finished = code == 0
        if finished:
            break
    assert finished


def test_files_that_were_made_are_removed_when_what_follows_fails(tmp_path):
    def fail():
        with remove_on_failure() as made:
            (tmp_path / "new").mkdir()
            made.append(tmp_path / "new")
            (tmp_path / "new" / "file").write_text("x")
            made.append(tmp_path / "new" / "file")
            raise OSError("full")

    with pytest.raises(OSError, match="full"):
        fail()
    assert not list(tmp_path.iterdir())
