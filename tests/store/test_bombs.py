"""Files made to exhaust the machine: without these one file from a stranger could stop the reader's work."""

import subprocess
import sys

import pytest

from dossier.store.yaml import loader, parser

CHILD = """
import resource, signal, sys, time
resource.setrlimit(resource.RLIMIT_AS, (200_000_000, 200_000_000))
from dossier.store.yaml.loader import read_front_matter, read_sheet
exec(sys.stdin.read())
bomb = bomb.encode() if isinstance(bomb, str) else bomb
slowest = 0
resource.setrlimit(resource.RLIMIT_CPU, (2, 2))
def in_time(read, name, data):
    global slowest
    signal.setitimer(signal.ITIMER_PROF, 1.5)  # half as much again as is promised, since the machine may be slow
    start = time.process_time()
    sheet = read(name, data)
    slowest = max(slowest, time.process_time() - start)
    return sheet
other = in_time(read_sheet, "good.yaml", b"issues: {i: {name: I}}")
sheet = in_time(read_sheet, "bomb.yaml", bomb)
front = in_time(read_front_matter, "a/bomb.md", b"---\\n" + bomb + b"\\n---\\nWords.\\n")
signal.setitimer(signal.ITIMER_PROF, 0)
assert [entry.id for entry in front.entries] == ["bomb"]
assert [entry.id for entry in other.entries] == ["i"]
assert all(len(str(problem)) < 1_000 for problem in sheet.problems)
print(slowest, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, *sorted({problem.code for problem in sheet.problems}))
"""

BOMBS = {
    # what it is: (the code that makes it, the rule that refuses it)
    "billion laughs": (
        "bomb = 'x:\\n  a0: &a0 [x, x]\\n' + ''.join(f'  a{i}: &a{i} [*a{i-1}, *a{i-1}]\\n' for i in range(1, 25))",
        "alias-bomb",
    ),
    "one wide list in many places": (
        "bomb = 'events:\\n e: {name: x, at: &a [' + 'b, ' * 9000 + ']}\\n f: {name: x, at: [*a, *a, *a]}'",
        "alias-bomb",
    ),
    "a million aliases": ("bomb = 'title: &a x\\nlinks:\\n' + '- *a\\n' * 990_000", "too-many-aliases"),
    "recursion": ("bomb = 'quotes: {q: {text: x, at: &a [*a]}}'", "recursive-alias"),
    "depth in brackets": ("bomb = 'quotes: {q: {text: ' + '[' * 4_900_000", "too-deep"),
    "depth in braces, skipped": ("bomb = 'x: ' + '{a: ' * 1_200_000", "too-deep"),
    "depth in blocks": ("bomb = ''.join(' ' * i + 'a:\\n' for i in range(3_000))", "too-deep"),
    "depth by aliases": (
        "bomb = 'x:\\n a0: &a0 [x]\\n' + ''.join(f' a{i}: &a{i} [*a{i-1}]\\n' for i in range(1, 49))",
        "too-deep",
    ),
    "size": ("bomb = b'a: b\\n' * 1_200_000", "file-too-large"),
    "width": ("bomb = 'quotes: {q: {text: b, at: [' + 'a,' * 2_400_000", "too-many-values"),
    "width of one entry": ("bomb = 'quotes: {q: {text: b, at: [' + 'a, ' * 150_000 + ']}}'", "too-many-values"),
    "width, skipped": ("bomb = 'x: [' + 'a,' * 2_400_000", "too-many-values"),
    "a huge text": ("bomb = 'quotes: {q: {text: ' + 'x' * 4_900_000 + '}}'", "text-too-long"),
    "a huge text of escapes": ("bomb = 'title: \"' + '\\\\x1b' * 1_200_000 + '\"'", "text-too-long"),
    "a huge number": (
        "bomb = 'links: [{from: a, rel: b, to: c, credibility: ' + '9' * 99_000 + '}]'",
        "bad-number",
    ),
    "a huge date": ("bomb = 'events: {e: {name: x, when: ' + '9' * 99_000 + '-02-30}}'", "bad-date"),
    "a huge id": ("bomb = 'issues:\\n  ? ' + 'a' * 99_000 + '\\n  : {name: x}'", "bad-id"),
    "merge keys": (
        "bomb = 'x:\\n a0: &a0 {k: v}\\n' + ''.join(f' a{i}: &a{i} {{<<: *a{i-1}, k{i}: v}}\\n' for i in range(1, 40))",
        "merge-key",
    ),
    "errors without end": ("bomb = 'links:\\n' + '- a\\n' * 1_200_000", "too-many-problems"),
    "directives, each compared with each": ("bomb = '%TAG !a! x\\n' * 400_000", "too-many-directives"),
    "control characters": ("bomb = 'title: ' + '\\x1b' * 4_900_000", "not-a-text"),
    "documents": ("bomb = 'title: x\\n' + '---\\n' * 1_200_000", "several-documents"),
    "blank lines before a mistake": ("bomb = 'title: x' + '\\n' * 4_900_000 + ' y: ['", "yaml-syntax"),
}


@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory hold on Linux alone")
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_by_name_in_bounded_time_and_memory(name, counted):
    """In 200 MB and 2 s of the processor for all, start included; other files are read all the same."""
    code, rule = BOMBS[name]
    for _ in range(3):  # the same work takes half as long again beside programs that use the processor's caches
        done = subprocess.run(
            [sys.executable, "-c", CHILD], input=code, capture_output=True, text=True, timeout=300, check=False
        )
        if done.returncode >= 0:  # it was not ended by a limit
            break
    assert done.returncode == 0, done.stderr[-2_000:]
    seconds, kilobytes, *told = done.stdout.split()
    assert rule in told
    counted["bombs, each refused by name"] += 1
    counted["MB, the most that one took"] = max(counted["MB, the most that one took"], int(kilobytes) // 1_000)
    most = "ms of the processor, the most that one took"
    counted[most] = max(counted[most], round(float(seconds) * 1_000))


@pytest.mark.parametrize(
    "value", ["[" + "a, " * 250_000 + "]", "{" + "".join(f"k{n}: , " for n in range(125_000)) + "}"]
)
def test_an_entry_of_too_many_values_is_not_read_to_its_end(value, monkeypatch):
    """A file of one such entry would take half a second, for which others that were opened with it wait."""
    parse, read = parser.parse_events, []

    def count(text, notes):
        for event in parse(text, notes):
            read.append(event.start_mark.line)
            yield event

    monkeypatch.setattr(parser, "parse_events", count)
    sheet = loader.read_sheet("wide.yaml", f"quotes:\n  q:\n    text: b\n    at: {value}\n".encode())
    assert [problem.code for problem in sheet.problems] == ["too-many-values"]
    assert sheet.problems[0].place.line == 4
    assert len(read) < 2.1 * parser.MAX_ENTRY_VALUES
