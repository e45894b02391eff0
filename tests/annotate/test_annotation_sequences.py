"""Any sequence of annotations, edits, deletions, undo and redo leaves the YAML that was meant, and all else as it was."""

import shutil
import tempfile
from pathlib import Path

import pytest
from annotated_worlds import TEXT, content, entries, make
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.desk.desk import Desk
from dossier.model.problems import DossierError
from dossier.model.text_spans import paragraph_span, sentences

WORDS = [
    *(one.words(TEXT) for at in (0, 45, 160, 300) for one in sentences(TEXT, paragraph_span(TEXT, at))),
    "It is a cut: 20 % #of all, and {more}.",
    "The talks began",
    "engine",
    "我们同意",
]
NOTES = st.text("ab :#'\"-,{}[]&*!|>%@?\n\té", min_size=1, max_size=30).filter(lambda text: text.strip())
OPERATIONS = st.one_of(
    st.tuples(st.just("quote"), st.sampled_from(WORDS), st.sampled_from(["ada", "makers", None]), NOTES),
    st.tuples(st.just("event"), st.sampled_from(WORDS), NOTES, st.none()),
    st.tuples(st.just("link"), st.sampled_from(WORDS), st.sampled_from(["supports", "no such"]), st.none()),
    st.tuples(st.just("person"), NOTES, st.sampled_from(["makers", "takers", None]), st.none()),
    st.tuples(st.just("issue"), NOTES, st.none(), st.none()),
    st.tuples(st.just("alias"), NOTES, st.sampled_from(["ada", "engine", "takers"]), st.none()),
    st.tuples(st.just("edit"), st.integers(0, 9), NOTES, st.sampled_from(["note", "speaker", "issues", "text"])),
    st.tuples(st.just("delete"), st.integers(0, 9), st.booleans(), st.none()),
    st.tuples(st.just("undo"), st.none(), st.none(), st.none()),
    st.tuples(st.just("redo"), st.none(), st.none(), st.none()),
)


def request(operation, text):
    """The JSON of an entry to write, and what the YAML should say of it."""
    kind, first, second, third = operation
    if kind == "quote":
        at = text.index(first)
        made = {"kind": "quote", "article": "a", "start": at, "end": at + len(first), "note": third}
        return made | ({"speaker": second} if second else {}), {"text": first, "note": third}
    if kind == "event":
        where = {"text": first, "occurrence": 1}
        return {"kind": "event", "article": "a", "name": second, "at": where}, {"name": second}
    if kind == "link":
        where = {"text": first, "occurrence": 1}
        made = {"from": "makers", "rel": second, "to": "engine", "at": where}
        return {"kind": "link", "article": "a"} | made, {"from": "makers", "rel": second, "to": "engine"}
    if kind == "person":
        return {"kind": kind, "name": first} | ({"delegation": second} if second else {}), {"name": first}
    return {"kind": kind, "name": first}, {"name": first}


class Course:
    """A dossier on which operations are carried out, and the states it went through."""

    def __init__(self, root):
        self.root = root
        self.desk = Desk.open(root)
        self.undoable = []
        self.redoable = []

    def carry_out(self, operation):
        before, said = content(self.root), entries(self.root)
        try:
            self._one(operation, said)
        except DossierError:
            assert content(self.root) == before, "a refusal has changed something"
            return
        assert not [one for one in self.desk.problems() if one.severity == "error"]
        if operation[0] == "undo":
            assert content(self.root) == self.undoable[-1]
            self.redoable.append(before)
            self.undoable.pop()
        elif operation[0] == "redo":
            assert content(self.root) == self.redoable[-1]
            self.undoable.append(before)
            self.redoable.pop()
        elif content(self.root) != before:  # what changes nothing is no step
            self.undoable.append(before)
            self.redoable.clear()

    def _one(self, operation, said):
        service = self.desk.annotations
        kind, first, second, third = operation
        if kind in ("undo", "redo"):
            getattr(service, kind)()
            return
        quotes = [name for name, entry in said.items() if "text" in entry]
        if kind == "alias":
            service.write([{"kind": "alias", "id": second, "alias": first}])
            now = entries(self.root)
            assert first.strip() in now[second]["aliases"]
            assert {**now, second: 0} == {**said, second: 0}
        elif kind == "edit" and quotes:
            name = quotes[first % len(quotes)]
            value = {"note": second, "speaker": "takers", "issues": ["engine"], "text": "The engine is not built."}[
                third
            ]
            service.edit(name, {third: value})
            now = entries(self.root)
            assert now[name] | {"at": 0} == said[name] | {third: value, "at": 0}
            assert {**now, name: 0} == {**said, name: 0}
        elif kind == "delete" and quotes:
            name = quotes[first % len(quotes)]
            service.delete(name, references=second)
            expected = [entry for other, entry in said.items() if other != name]
            assert list(entries(self.root).values()) == expected
        elif kind not in ("edit", "delete"):
            text = (self.root / "articles/a.txt").read_bytes().decode()  # its byte order mark and line ends count
            self._write(service, *request(operation, text), said)
        else:
            raise DossierError("There is nothing to do it to.")

    def _write(self, service, asked, expected, said):
        files = content(self.root)
        (written,) = service.write([asked])
        now = entries(self.root)
        new = [entry for entry in now.values() if entry not in said.values()]
        assert len(now) == len(said) + 1
        assert not new or expected.items() <= new[0].items()
        for path, data in content(self.root).items():
            old = files.get(path, b"")
            if path.endswith(".yaml") and b"{}" not in old and b"[]" not in old:
                first = next(
                    (at for at, (a, b) in enumerate(zip(old, data, strict=False)) if a != b), min(len(old), len(data))
                )
                assert data.endswith(old[first:]), f"{path}: something else has changed"
        line = content(self.root)[written.file].decode().splitlines()[written.line - 1]
        assert written.id in line or asked["kind"] == "link" or "{" in line


@given(
    layout=st.sampled_from(["block", "flow", "empty", "absent"]),
    crlf=st.booleans(),
    bom=st.booleans(),
    lock=st.booleans(),
    operations=st.lists(OPERATIONS, min_size=2, max_size=9),
)
@settings(max_examples=settings().max_examples // 8)
def test_a_sequence_of_steps_says_what_was_meant_and_undo_gives_the_first_bytes_back(
    layout, crlf, bom, lock, operations
):
    folder = Path(tempfile.mkdtemp())
    try:
        course = Course(make(folder, layout, crlf=crlf, bom=bom, lock=lock))
        first = content(course.root)
        for operation in operations:
            course.carry_out(operation)
        last = content(course.root)
        course.desk.close()
        course.desk = Desk.open(course.root)  # as after a restart
        count = len(course.undoable)
        for _ in range(count):
            course.desk.annotations.undo()
        assert content(course.root) == first
        with pytest.raises(DossierError, match="nothing to undo"):
            course.desk.annotations.undo()
        for _ in range(count):
            course.desk.annotations.redo()
        assert content(course.root) == last
        course.desk.close()
    finally:
        shutil.rmtree(folder)
