"""Whatever style a text is written in: the same words are read, or an error says that they are not. Never fewer."""

import json
import re

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from dossier.model.resolving import Text
from dossier.store.sync.anchor_scan import found_in
from dossier.store.yaml import events
from dossier.store.yaml.loader import read_sheet

TOKENS = [
    "We", "will", "not", "sign", "clause", "7", "1,000", "don’t", "don't", "#", "#1", "# ", "#7,", ", ", ",", ": ", ":",
    "'", '"', "[", "]", "{", "}", "[Lam]", "*Stars*", "*x", "&x", "&", "!", "!x", "@x", "`", "%", "-", "- ", "? ", "|",
    ">", "\n", "\n# ", "\\", "é", "中文", "…", "“", "”", "$5", "note: ", "speaker", "<<", "~", "null", "---", "(", ")",
    "\u00a0", "\u3000", "\t", "=", "0x1", "yes", "again: ", "NB", "#NB ",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(TOKENS), min_size=1, max_size=8).flatmap(
    lambda some: st.sampled_from([" ".join(some).strip(), "".join(some).strip()])
)


def plain(text):
    return text.replace("\n", "\n      ")


def single(text):
    return "'" + plain(text.replace("'", "''")).replace("\n      ", "\n\n      ") + "'"


def double(text):
    return json.dumps(text, ensure_ascii=False)


def block(style, chomp, indent):
    def write(text):
        lines = text.split("\n")
        return f"{style}{indent or ''}{chomp}\n" + "\n".join(" " * (4 + (indent or 2)) + one for one in lines)

    return write


STYLES = {"plain": plain, "single": single, "double": double} | {
    f"{style}{chomp}{indent or ''}": block(style, chomp, indent)
    for style in "|>"
    for chomp in ("", "-", "+")
    for indent in (None, 1, 4)
}
FRAMES = {
    "block": "quotes:\n  q:\n    text: {}\n    speaker: l\n",
    "last": "quotes:\n  q:\n    speaker: l\n    text: {}\n",
    "flow": "quotes:\n  q: {{text: {}, speaker: l}}\n",
    "flow, original": "quotes:\n  q: {{text: W, original: {}, speaker: l}}\n",
    "flow, last": "quotes:\n  q: {{speaker: l, text: {}}}\n",
    "anchor": "quotes:\n  q:\n    text: W\n    attribution: paraphrase\n    at: {}\n",
    "anchors in a list": "quotes:\n  q:\n    text: W\n    attribution: paraphrase\n    at:\n      - {}\n",
    "anchors in brackets": "quotes:\n  q:\n    text: W\n    attribution: paraphrase\n    at: [{}, Go on]\n",
    "a mapping in a list": "quotes:\n  q:\n    text: W\n    attribution: paraphrase\n    at:\n      - {{text: {}}}\n",
    "link": "links:\n  - {{from: a, rel: about, to: b, at: {}}}\n",
    "link in a block": "links:\n  - from: a\n    rel: about\n    to: b\n    at: {}\n",
}


def words(text):
    return re.findall(r"\w+", text)


def told_or_whole(written, text):
    """Assert that an error is reported, or that the words found in an article that has them are all of `text`."""
    sheet = read_sheet("f.yaml", written.encode())
    if any(problem.severity == "error" for problem in sheet.problems):
        return
    anchors = [one for owner in (*sheet.entries, *sheet.links) for one in owner.wanted]
    if not anchors:
        assert not words(text), written
        return
    article = Text(f"Before it.\n\nThen {text} and so on.\n", "")
    found = [evidence for _, evidence in found_in(article, [(0, "q", 0, anchors[0])], "a")]
    whole = words(text), words(re.sub(r"#\s*NB\b.*", "", text))  # what is marked as a remark is none of the text
    assert not found[0].sound or words(found[0].text) in whole, (written, found[0])


@pytest.mark.parametrize("frame", FRAMES)
@given(text=TEXTS, style=st.sampled_from(sorted(STYLES)))
@example(text="We are ranked #1 and will not sign", style="plain")
@example(text="clause 7 # but only if", style="plain")
@example(text="We go, note: home", style="plain")
@example(text=",  We", style="plain")
@example(text=", We, go", style="plain")
@example(text=", We: go", style="plain")
@example(text="We } #1", style="plain")
@example(text="We}#1", style="plain")
@example(text="| #1", style="plain")
@example(text="> # We", style="plain")
@example(text=">- #1 and \n We", style="plain")
@example(text="#1 \n We", style="plain")
@example(text="[Lam] # We", style="plain")
@example(text="[Lam]#We", style="plain")
@example(text="We ] # and", style="plain")
@example(text="#NB  We", style="plain")
@example(text="#NB  \n We", style="plain")
@example(text="' We ' #NB", style="plain")
@example(text="# We", style="plain")
@example(text="will \n#  \n#  We", style="plain")
@example(text="will # \n # \n # \n#  We", style="plain")
def test_no_style_loses_words(frame, text, style):
    assume(not re.match(r"(?:[|>][-+\d]*\s+)?#\s.*\n", text))  # a comment on the text below it
    if frame.startswith(("flow", "anchors in brackets", "a mapping", "link")) and style[0] in "|>":
        style = "double"  # no block stands in braces
    told_or_whole(FRAMES[frame].format(STYLES[style](text)), text)


@given(text=TEXTS)
def test_both_parsers_cut_alike(text):
    for frame in FRAMES.values():
        data = frame.format(plain(text)).encode()
        fast = read_sheet("f.yaml", data)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(events, "PARSER", events.yaml.SafeLoader)
            slow = read_sheet("f.yaml", data)
        broken = any(problem.severity == "error" for sheet in (fast, slow) for problem in sheet.problems)
        assert broken or [e.wanted for e in fast.entries] == [e.wanted for e in slow.entries]


@pytest.mark.parametrize(
    ("written", "field", "lost"),
    [
        ("links: [{from: a, rel: about, to: b, at: , We go, note: x}]", "the anchor", "We go"),
        ("quotes: {q: {text: , We go, but: not now, speaker: l}}", "“text”", "We go, but: not now"),
        ("quotes: {q: {text: W, original: , Wir, speaker: l}}", "“original”", "Wir"),
        ("quotes: {q: {text: W, speaker: , Mr X}}", "“speaker”", "Mr X"),
        ("quotes: {q: {text: W, speaker: l, at: {text: , We go, then}}}", "“text”", "We go, then"),
        ("quotes: {q: {text: W, speaker: l, note: , see above, twice}}", "“note”", "see above, twice"),
        ("delegations: {d: {name: , Inc.}}", "“name”", "Inc."),
        ("delegations: {d: {name: D, aliases: , the firm}}", "“aliases”", "the firm"),
        ("delegations: {d: {name: D, members: {p: {name: P, role: , chair of all}}}}", "“role”", "chair of all"),
    ],
)
def test_a_text_in_braces_that_begins_with_a_comma_is_an_error_and_not_an_empty_field(written, field, lost):
    [told] = read_sheet("f.yaml", f"{written}\n".encode()).problems
    assert (told.severity, told.code, told.place.column) == ("error", "cut-value", written.index(lost) + 1)
    assert told.message == f"{field} is cut at the comma: nothing is read, and “{lost}” is lost"
    assert "quotation marks" in told.hint


def test_a_field_left_empty_before_another_is_told_as_empty():
    sheet = read_sheet(
        "f.yaml", b"links: [{from: a, rel: about, to: b, at: , note: later}, {from: a, rel: r, to: b, at: , dat: x}]"
    )
    assert [one.severity for one in sheet.problems] == ["warning"] * 3
    assert sheet.links[0].note == "later"
    assert "did you mean “date”?" in sheet.problems[2].hint


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (
            "{text: We } #1 sign, article: a}",
            "“}” ends the value, and “#1 sign, article: a}” behind it is taken for a comment",
        ),
        ("[We ] # and sign, Go]", "“]” ends the value, and “# and sign, Go]” behind it is taken for a comment"),
        ("{text: We} # [sic] {sic}", ""),
        ("[We] # of {two}", ""),
    ],
)
def test_a_bracket_within_a_text_that_makes_its_end_a_comment_is_an_error(value, told):
    written = f"links:\n  - from: a\n    rel: about\n    to: b\n    at: {value}\n"
    problems = read_sheet("f.yaml", written.encode()).problems
    assert [one.message for one in problems] == [told] * bool(told)
    assert all((one.severity, one.place.line) == ("error", 5) for one in problems)
