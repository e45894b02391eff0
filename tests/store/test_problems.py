"""Mistakes: without these an author would search for a slip by hand, or never hear of it."""

import pytest

from dossier.store.notes import MOST
from dossier.store.reading import read_sheet
from dossier.store.texts import PROBLEMS_TOLD, text_problems

PLANTED = {
    # what is written: where it must be told (line, column), the rule, and what the hint must offer
    "wrong indent, too little": ("quotes:\n  a:\n    text: foo\n   speaker: b\n", 4, 4, "yaml-syntax", "spaces"),
    "wrong indent, too much": ("quotes:\n  a:\n    text: foo\n      speaker: b\n", 4, 7, "yaml-syntax", "spaces"),
    "wrong indent of an entry": ("issues:\n  a: {name: x}\n b: {name: y}\n", 3, 2, "yaml-syntax", "spaces"),
    "a tab": ("quotes:\n  a:\n\ttext: foo\n", 3, 1, "yaml-syntax", "spaces"),
    "a colon in a text": ("quotes:\n  a:\n    text: foo: bar\n", 3, 14, "yaml-syntax", "quotation marks"),
    "a quotation mark left open": ("quotes:\n  a:\n    text: 'foo\n    date: x\n", 3, 11, "yaml-syntax", "close"),
    "a bracket left open": ("quotes:\n  a: {text: foo, via: [a, b}\nx: 1\n", 2, 28, "yaml-syntax", "close"),
    "words behind a closing mark": ('quotes:\n  a:\n    text: "We" said\n', 3, 16, "yaml-syntax", "the whole"),
    "an at sign": ("quotes:\n  a:\n    text: @foo\n", 3, 11, "yaml-syntax", "quotation marks"),
    "a key without a colon": ("title: a\nsummary\nlanguage: en\n", 3, 1, "yaml-syntax", "colon"),
    "duplicate key": ("quotes:\n  a:\n    text: x\n    text: y\n", 4, 5, "duplicate-key", "keep one"),
    "duplicate id in a section": ("quotes:\n  a: {text: x}\n  a: {text: y}\n", 3, 3, "duplicate-key", "keep one"),
    "section written twice": ("issues: {}\npeople: {}\nissues: {}\n", 3, 1, "duplicate-key", "keep one"),
    "bad date": ("events:\n  e:\n    name: x\n    when: 2024-02-30\n", 4, 11, "bad-date", "2025-06-09"),
    "interval turned around": ("events:\n  e: {name: x, when: 2025-06-10/2025-06-09}\n", 2, 22, "bad-date", ""),
    "unknown field": ("quotes:\n  a: {text: x, spekaer: b}\n", 2, 16, "unknown-field", "“speaker”"),
    "unknown section": ("titel: x\n", 1, 1, "unknown-field", "“title”"),
    "unknown field of a person": ("people:\n  p: {name: x, rol: y}\n", 2, 16, "unknown-field", "“role”"),
    "unknown field of a member": (
        "delegations:\n  u:\n    name: U\n    members:\n      m: {name: M, parts: x}\n",
        *(5, 20, "unknown-field", "“part”"),
    ),
    "unknown field of a link": (
        "links:\n  - {from: a, rel: r, to: b, credibilty: 1}\n",
        2,
        30,
        "unknown-field",
        "“credibility”",
    ),
    "unknown field of an anchor": (
        "quotes:\n  q: {text: x, at: {occurence: 2}}\n",
        2,
        21,
        "unknown-field",
        "“occurrence”",
    ),
    "unknown label": ("labels: {delegation: Parties}\n", 1, 10, "unknown-field", "“delegations”"),
    "bad id": ("people:\n  Donald Trump: {name: x}\n", 2, 3, "bad-id", "“donald-trump”"),
    "missing field": ("people:\n  p: {role: x}\n", 2, 3, "missing-field", "`name: …`"),
    "missing words": ("events:\n  e: {name: x, at: {before: y}}\n", 2, 20, "missing-field", "`text: …`"),
    "empty required field": ("people:\n  p:\n    name:\n", 3, 5, "empty-value", "fill it in"),
    "empty field": ("title:\n", 1, 1, "empty-value", "delete it"),
    "bad choice": ("quotes:\n  q: {text: x, attribution: dircet}\n", 2, 29, "bad-choice", "“direct”"),
    "bad flag": ("issues:\n  i: {name: x, mentions: maybe}\n", 2, 26, "bad-choice", "true or false"),
    "bad number": ("links:\n  - {from: a, rel: r, to: b, credibility: 7}\n", 2, 43, "bad-number", "from 1 to 6"),
    "octal number": ("links:\n  - {from: a, rel: r, to: b, credibility: 0x1}\n", 2, 43, "bad-number", "from 1 to 6"),
    "other format": ("format: 2\n", 1, 9, "bad-number", "write 1"),
    "bad url": ("articles:\n  a: {file: x, url: 'javascript:x()'}\n", 2, 21, "bad-url", "mailto"),
    "control character in a url": ('articles:\n  a: {file: x, url: "http://x/\\u202e"}\n', 2, 21, "bad-url", ""),
    "list for a text": ("people:\n  p: {name: [a]}\n", 2, 13, "wrong-shape", "a text"),
    "text for a mapping": ("people:\n  p: Somebody\n", 2, 6, "wrong-shape", "{name: …}"),
    "list for a mapping": ("people: [a]\n", 1, 9, "wrong-shape", "id"),
    "mapping for a list": ("links: {a: b}\n", 1, 8, "wrong-shape", "- "),
    "list for members": ("delegations:\n  u: {name: U, members: [a]}\n", 2, 25, "wrong-shape", "{id: "),
    "a list as key": ("issues:\n  ? [a]\n  : b\n", 2, 5, "wrong-shape", "key: value"),
    "a list as file": ("- a\n", 1, 1, "wrong-shape", "key"),
    "item of an item": ("people:\n  p: {name: x, aliases: [a, [b]]}\n", 2, 29, "wrong-shape", "text"),
    "merge key": ("issues:\n  a: {name: x, <<: {note: y}}\n", 2, 16, "merge-key", "write"),
    "unknown tag": ("title: !!python/object:os.system x\n", 1, 8, "unknown-tag", "!"),
    "unknown alias": ("title: *foo\n", 1, 8, "unknown-alias", "quotation marks"),
    "second document": ("title: x\n---\ntitle: y\n", 2, 1, "several-documents", "file of its own"),
    "escape of ESC": ('title: "été \\e]52;c;aGk="\n', 1, 13, "control-character", "delete"),
    "raw ESC": ("title: été \x1b]52;c;aGk=\n", 1, 12, "control-character", "delete"),
    "bidi control": ("title: x\nsummary: a\u202eb\n", 2, 11, "control-character", "delete"),
    "said twice": ("quotes:\n  q: {text: x, issues: [a, b, a]}\n", 2, 31, "repeated-value", "delete"),
}


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mistake", PLANTED)
def test_a_mistake_is_told_where_it_was_made(mistake, ending):
    """One mistake, one problem, at its line and column, with something to do about it; whatever the line ends."""
    text, line, column, code, hint = PLANTED[mistake]
    problems = read_sheet("f.yaml", text.replace("\n", ending).encode()).problems
    assert len(problems) == 1 or code in ("bad-url", "yaml-syntax"), problems
    found = [problem for problem in problems if problem.code == code]
    assert [(problem.place.line, problem.place.column) for problem in found] == [(line, column)], problems
    assert hint in found[0].hint
    assert str(found[0]).startswith(f"f.yaml:{line}:{column}: {found[0].severity} {code}: ")


MUCH_WRONG = """\
quotes:
  good: {text: Words}
  Bad One: {text: Words}
  bad-date: {text: Words, date: yesterday, attribution: sure}
  bad-shape: [a]
  bad-shape: {text: again}
  fine: {text: More words, speaker: somebody}
links:
  - nonsense
  - {from: a, to: b}
  - {from: good, rel: about, to: fine}
nonsense: {a: [b]}
issues: {i: {name: I}}
"""


def test_all_mistakes_are_told_at_once_and_hide_nothing():
    """An author mends a file in one go, and the good entries of a bad file stay."""
    sheet = read_sheet("f.yaml", MUCH_WRONG.encode())
    assert [(problem.place.line, problem.code) for problem in sheet.problems] == [
        (3, "bad-id"),
        (4, "bad-date"),
        (4, "bad-choice"),
        (5, "wrong-shape"),
        (6, "duplicate-key"),
        (9, "wrong-shape"),
        (10, "missing-field"),
        (12, "unknown-field"),
    ]
    assert [entry.id for entry in sheet.entries] == ["good", "bad-date", "bad-shape", "fine", "i"]
    assert [link.key for link in sheet.links] == ["fine said by somebody", "good about fine"]


def test_what_stands_around_a_broken_line_is_kept():
    """One line that is no YAML must not hide what else the file says, nor give a message for each use of it."""
    sheet = read_sheet("f.yaml", b"issues:\n  a: {name: A}\n  b: {name: B}\n c: {name: C}\n  d: {name: D}\n")
    assert [entry.id for entry in sheet.entries] == ["a", "b", "c", "d"]
    assert [problem.code for problem in sheet.problems] == ["yaml-syntax"]


def test_a_duplicate_key_names_both_places():
    (problem,) = read_sheet("f.yaml", b"quotes:\n  q: {text: a}\n\n  q: {text: b}\n").problems
    assert "f.yaml:2:3" in problem.message
    assert (problem.place.line, problem.place.column) == (4, 3)


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        (b"\xff", 1, 1),
        (b"title: \xc3\xa9\xe4\n", 1, 9),
        (b"a\r\nb\rc\n\xed\xa0\x80", 4, 1),
        (b"\xef\xbb\xbfab\x80", 1, 3),
        (b"\xff\xfet\x00i\x00", 1, 1),
    ],
)
def test_bytes_that_are_no_text_are_told_with_their_place(data, line, column):
    (problem,) = read_sheet("f.yaml", data).problems
    assert (problem.code, problem.place.line, problem.place.column) == ("not-utf-8", line, column)


def test_columns_count_characters_and_no_byte_order_mark():
    """What an editor shows: a mark at the beginning has no width, a letter outside ASCII has one."""
    for data in ("\ufefftitel: x\n", "\ufefft\u00e9\U0001f600: x\n"):
        (problem,) = read_sheet("f.yaml", data.encode()).problems
        assert (problem.place.line, problem.place.column) == (1, 1)
    (problem,) = read_sheet("f.yaml", "issues: {\U0001f600é: {name: x}}\n".encode()).problems
    assert problem.place.column == 10
    (problem,) = read_sheet("f.yaml", "title: 😀é\u2028x\nlanguage: [x]\n".encode()).problems
    assert (problem.place.line, problem.place.column) == (2, 11)


def test_control_characters_of_an_article_are_told_up_to_a_bound():
    problems = text_problems("a.txt", "fine\r\nline\r\n\u2066iso\u2069\x9b1m\rlone\n")
    assert [(p.place.line, p.place.column, p.message[:6]) for p in problems] == [
        (3, 1, "U+2066"),
        (3, 5, "U+2069"),
        (3, 6, "U+009B"),
        (3, 9, "U+000D"),
    ]
    assert text_problems("a.txt", "Joiners \u200d and marks e\u0301 stay.\n") == []
    assert len(text_problems("a.txt", "\x1b" * 10_000)) == PROBLEMS_TOLD + 1


def test_a_file_of_nothing_but_errors_is_given_up_and_one_of_warnings_is_not():
    errors = read_sheet("f.yaml", ("links:\n" + "- x\n" * (MOST + 9)).encode())
    assert len(errors.problems) == MOST + 1
    assert errors.problems[-1].code == "too-many-problems"
    quotes = "".join(f"  q{n}: {{text: x, colour: red}}\n" for n in range(MOST + 9))
    warnings = read_sheet("f.yaml", f"quotes:\n{quotes}links: [x]\n".encode())
    assert len(warnings.entries) == MOST + 9
    assert warnings.problems[-1].message.startswith("9 more warnings")
    assert "wrong-shape" in {problem.code for problem in warnings.problems}
