"""A decision changes the words it is about and not one byte else: comments, order, quotation marks, line ends stay."""

import string

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dossier.model.problems import DossierError, Place
from dossier.store.yaml.edits import choose, reword
from dossier.store.yaml.source_tree import pieces

FILE = """\
# A dossier, by hand
article: london

quotes:
  plain:   # said on Monday
    text: China is not easy to deal with.
    speaker: trump # who else
  single: {text: 'it''s not
    so easy', speaker: x}   # tail
  double:
    text: "caf\\u00e9 \\"prices\\" and \\
      more words"   # tail
    at: [foo, {text: bar, before: "x "}]
  folded:
    text: >-
      a willingness to relax certain export controls
      on technology to China

    # a comment of its own
    issues: [a, b]
  literal:
    text: |
      lines one
      and two
links:
- {from: a, rel: b, to: c, at: plain words here}
- from: a
  at:
  - one place
    over two lines
  - text: second place
    after: y
  rel: b
  to: c
"""


def place(file: str, words: str) -> Place:
    """Return where the text that begins with these words is written."""

    def walk(piece):
        if piece.is_text and piece.value.startswith(words):
            return piece
        inner = [value for _, value in piece.pairs or ()] + (piece.items or [])
        return next(filter(None, map(walk, inner)), None)

    found = walk(pieces(file))
    return Place("a.yaml", found.line + 1, found.column + 1)


def changed(before: str, after: str) -> list[str]:
    """The lines of both that are not the other's."""
    import difflib

    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[0] in "+-" and not line.startswith(("+++", "---"))]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("words", "new", "lines"),
    [
        ("China is", "China is never easy to deal with.", 2),
        ("it's", "it's never so easy", 2),
        ("café", 'café "costs" and more words', 2),
        ("a willing", "a readiness to relax certain export controls on technology to China", 2),
        ("a willing", "a willingness to relax: certain # export controls on all technology to China", 4),
        ("lines one", "lines 1 and two", 2),
        ("plain words", "plain, words: [here]", 2),
        ("one place", "one place over three lines", 2),
        ("second", "second spot", 2),
    ],
)
def test_a_correction_touches_the_lines_of_its_words_alone(words, new, lines, end):
    file = FILE.replace("\n", end)
    edited = reword(file, place(file, words), new)
    assert len(changed(file, edited)) == lines
    assert edited.count("\r\n") == file.count("\r\n")
    before, after = yaml.load(file, yaml.BaseLoader), yaml.load(edited, yaml.BaseLoader)
    assert before != after
    assert " ".join(new.split()) in " ".join(str(after).replace("\\n", " ").split()) or "'" in new


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "words", ["China is", "it's", "café", "a willing", "lines one", "plain words", "one place", "second"]
)
@pytest.mark.parametrize("given_", [{"occurrence": 2}, {"before": 'the "old" '}, {"after": "é", "occurrence": 1}])
def test_choosing_a_place_adds_what_chooses_and_nothing_else(words, given_, end):
    file = FILE.replace("\n", end)
    edited = choose(file, place(file, words), given_)
    lost = [line for line in changed(file, edited) if line.startswith("-")]
    assert len(lost) <= 2
    told = str(yaml.load(edited, yaml.BaseLoader))
    assert all(repr(str(value)) in told for value in given_.values())
    for comment in ("# said on Monday", "# who else", "# tail", "# a comment of its own"):
        assert edited.count(comment) == file.count(comment)


def test_what_an_alias_repeats_is_left_to_the_author():
    file = "quotes:\n  a: {text: &w some words}\n  b: {text: *w}\n"
    with pytest.raises(DossierError, match="alias"):
        reword(file, place(file, "some"), "other words")


def test_a_place_where_no_text_begins_any_longer_is_refused():
    with pytest.raises(DossierError, match="changed"):
        reword(FILE, Place("a.yaml", 6, 3), "x")


WORD = st.text(string.ascii_letters + "éßñ漢'\":#-[]{},&*!|>%@`?é’“ \u00a0", min_size=1, max_size=8)
SENTENCE = st.lists(WORD, min_size=1, max_size=9).map(" ".join).map(str.strip).filter(lambda text: text.strip())
STYLE = st.sampled_from(["plain", "'", '"', "|", ">", ">-", "flow'", 'flow"'])


def written(text: str, style: str, end: str) -> str | None:
    """A file with a quote in a style, between neighbours; None when the text cannot be so written."""
    words = " ".join(text.split())
    if style == "plain" and words[0] in "&!":  # a mark or a tag, not the beginning of the words
        return None
    single, double = f"'{words.replace(chr(39), chr(39) * 2)}'", yaml.dump(words, default_style='"', width=20).strip()
    double = double.replace("\n", "\n      ")
    block = "\n      ".join(words[at : at + 30] for at in range(0, len(words), 30))
    spelt = {"plain": words, "'": single, '"': double, "|": f"|\n      {block}", ">": f">\n      {block}"}
    spelt |= {
        ">-": f">-\n      {block}",
        "flow'": f"{{text: {single}, at: [x, y]}}",
        'flow"': f"{{text: {double}, at: z}}",
    }
    body = (
        f"  q: {spelt[style]}  # flow\n"
        if style.startswith("flow")
        else f"  q:\n    text: {spelt[style]}\n    # below\n    speaker: s\n"
    )
    file = f"# top\nquotes:\n  a: {{text: before}}   # one\n{body}  z:\n    text: after\n".replace("\n", end)
    try:
        read = yaml.load(file, yaml.BaseLoader)
        ours = read["quotes"]["q"]["text"]
        return file if isinstance(ours, str) and ours.strip() and set(read["quotes"]) == {"a", "q", "z"} else None
    except (yaml.YAMLError, KeyError, TypeError):
        return None


@given(SENTENCE, SENTENCE, STYLE, st.sampled_from(["\n", "\r\n"]))
def test_any_words_in_any_style_become_any_other_words(old, new, style, end):
    file = written(old, style, end)
    if file is None:
        return
    root = pieces(file)
    piece = root.get("quotes").get("q").get("text")
    where = Place("a.yaml", piece.line + 1, piece.column + 1)
    edited = reword(file, where, new)
    before, after = yaml.load(file, yaml.BaseLoader), yaml.load(edited, yaml.BaseLoader)
    now = after["quotes"]["q"].pop("text")
    before["quotes"]["q"].pop("text")
    assert now.split() == new.split()
    assert before == after, "something else says otherwise now"
    head, tail = file[: piece.start], file[file.index("  z:") :]
    assert edited.startswith(head)
    assert edited.endswith(tail)
    for comment in ("# below", "# flow"):
        assert (comment in edited) == (comment in file)


@given(SENTENCE, STYLE, st.sampled_from(["\n", "\r\n"]), st.integers(1, 9))
def test_any_anchor_can_be_told_which_place_is_meant(words, style, end, number):
    file = written(words, style, end)
    if file is None:
        return
    piece = pieces(file).get("quotes").get("q").get("text")
    edited = choose(file, Place("a.yaml", piece.line + 1, piece.column + 1), {"occurrence": number})
    before, after = yaml.load(file, yaml.BaseLoader), yaml.load(edited, yaml.BaseLoader)
    at = after["quotes"]["q"].pop("at")
    others = before["quotes"]["q"].pop("at", [])
    own = [{"occurrence": str(number)}]
    assert at == (own[0] if not others else own + (others if isinstance(others, list) else [others]))
    assert before == after
