"""Text from a file that becomes markup of an export lies to its reader, and may do more than that."""

import functools
import json
import random
import re
import unicodedata

import pytest
from brief_maker import Texts, evidence, line, make_brief
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_dialects import DIALECTS, squeeze

from dossier.export.escaping import address, code, inline, line_start, shorten
from dossier.export.markdown import render_markdown

FRAGMENTS = (
    "# ## ####### - + * 1. 1) 12. > >> | |- -| --- *** ___ === == ~~ ~ ``` ~~~ ` `` \\ \\\\ ! ![ [ ] ]( ) ( < > </ /> <b> </b> "
    "<!-- --> <br> & &amp; &#35; &copy ; : :: :-- --: :-: @ @bob #12 # $ $$ $x$ ^ ^[ [^ [^1] [^1]: [!NOTE] [x] [ ] {.a} {{ }} % "
    "www. www.x.org http:// https://a.bc ftp://x.yz // //x.org x.com mailto: a@b.co _a_ __a__ *a* **a** ***a*** :smile: :100: "
    "a_b_c “ ” « » ' \" ... — – -- U.S. p.m. AT&T $5 1986. 2) a b é 中 ا 🙂 \u200b \u200d \u00a0 \u2028 \u3000 \ufeff \x1b[31m \x00 \x07 \r "
    "\u202e \u2066 \x85 \n \n\n \n> \n- \n1. \n# \n=== \n--- \n:-- \n| \n\t \n~~~ \n[x]: <y> 'z' \t x <a@b.co> <http://x.y> xmpp:a@b.c "
    "*[HTML]: \n: >! !< {漢字(ㄎㄢˋ)} </script> <?php ?> <![CDATA[ ]]> ![a](b) [a](b) [a][b] [a]: "
).split(" ")
HOSTILE = st.one_of(
    st.lists(st.sampled_from([*FRAGMENTS, " ", " ", "  "]), min_size=1, max_size=12).map("".join),
    st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=12).map(" ".join),
    st.text(min_size=1, max_size=40),
    st.text(alphabet=st.sampled_from("\\`*_{}[]()#+-.!|<>&~=:^$@/\"' \n\tab1"), min_size=1, max_size=30),
)


def names_of(headings: list[str]) -> dict[str, str]:
    """The names that GitHub gives to headings, after github-slugger, by way of a regular expression."""
    given: dict[str, str] = {}
    for heading in headings:
        kept = "".join(
            c
            for c in heading.lower()
            if c in " -_"
            or re.match("[LMN]|Pc", unicodedata.category(c) + "  ")
            or 0x24B6 <= ord(c) <= 0x24E9
            or 0x1F130 <= ord(c) <= 0x1F189
        )
        kept = "".join(c for c in kept if unicodedata.category(c) != "No")
        name = base = kept.replace(" ", "-")
        number = 0
        while name in given:
            number += 1
            name = f"{base}-{number}"
        given[name] = heading
    return given


def check(texts: list[str]) -> None:
    """The document of `texts` has the structure of one of plain words, and says what they say."""
    brief, stand_ins = make_brief(Texts(texts)), Texts(texts, plain=True)
    plain = render_markdown(make_brief(stand_ins))
    document = render_markdown(brief)
    assert document == render_markdown(make_brief(Texts(texts)))
    assert document.endswith("\n")
    assert not document.endswith("\n\n")
    for dialect, read in DIALECTS.items():
        expected, got = read_plain(dialect, plain), read(document)
        headings = [event for event in got if event[0] == "heading"]
        _check_headings(headings, brief)
        names = names_of([text for _, _, text in headings])
        for kind, target, text in got:
            if kind == "link" and target.startswith("#"):
                assert names.get(target[1:]) == text, (dialect, target)
        assert [shape(event) for event in got] == [shape(event, stand_ins.fill) for event in expected], dialect


@functools.lru_cache(maxsize=256)
def read_plain(dialect: str, plain: str):
    """Many hostile documents have the same plain one."""
    return DIALECTS[dialect](plain)


def shape(event, fill=str):
    kind, attribute, text = event
    if kind == "heading" or (kind == "link" and attribute.startswith("#")):
        return kind, attribute[:1]
    return kind, attribute, " ".join(fill(text).split())


def _check_headings(headings, brief):
    expected = [("h1", line(brief.title) or "Brief", "")]
    seen = set()
    for chapter in brief.chapters:
        expected.append(("h2", line(chapter.name) or "Entries", ""))
        for item in chapter.items:
            if item.entry.id not in seen:
                seen.add(item.entry.id)
                expected.append((f"h{min(3 + item.depth, 6)}", _heading(item), item.entry.id))
    assert len(headings) == len(expected)
    for (_, level, text), (wanted_level, wanted, entry_id) in zip(headings, expected, strict=True):
        assert level == wanted_level
        assert text in (wanted, f"{wanted} ({entry_id})".strip())


def _heading(item):
    if item.entry.kind != "quote":
        return line(item.entry.title)
    anonymous = "Anonymous" if item.entry.text("attribution") == "anonymous" else "Not attributed"
    words = shorten(item.entry.text("text"))
    said = words if item.entry.id in ("quote-3", "quote-4") or not words else f"“{words}”"
    status = {
        "quote-2": " (reworded, not evidence)",
        "quote-3": " (missing, not evidence)",
        "quote-4": " (no evidence)",
    }.get(item.entry.id, "")
    return f"{line(item.speaker) or anonymous}: {said}{status}".replace(":  (", ": (").strip()


TRAPS = (
    "&copy-",
    "a | b\n--- | ---\nc | d",
    "| a |\n| - |",
    "abc\n:--",
    "abc\n-:",
    "abc\n===",
    "abc\n=",
    "abc\n---",
    "abc\n: defined",
    "abc\n    indented",
    "abc  \nhard",
    "abc\\\nhard",
    "[a]: /url 'title'\n\n[a]",
    "[^1]: another note",
    "[^2]",
    "^[inline note]",
    "![x](y) [x](y) <http://x.y>",
    "<details>\n<summary>x</summary>\n</details>",
    "> [!WARNING]\n> boo",
    "- [x] done\n- [ ] not",
    "```mermaid\ngraph\n```",
    "$`x`$ $$\nx\n$$",
    "who@x.org, www.x.org, http://x.org, x.org, //x.org/y, ftp://x.org, mailto:who@x.org xmpp:who@x.org",
    "a.b+c@d@e.fg who@x.org+who@y.org .@a.bc",
    "trailing ! \\",
    "\\!",
    "!",
    "www.",
    "1.",
    "-",
    "#",
    ">",
    "ends in a reference![^1]",
    "*a* __b__ ~~c~~ ==d== ++e++ ^f^ ~g~ ||h|| `i`",
    "&lt;b&gt; &#60; &#x3c; &nbsp",
    "14) fourteen\n14. fourteen\n1) one",
    "---\nfront: matter\n---",
    "\x1b]52;c;aGk=\x07 \u202eevil\u2066",
)


ENTITIES = st.builds(
    "{}&{}{}{}".format,
    st.sampled_from(["", "x", "&", "AT"]),
    st.sampled_from(["copy", "lt", "AMP", "not", "alpha", "NotEqualTilde", "#35", "#x23", "D", ""]),
    st.text(alphabet=st.sampled_from("-.,:/()='\"+>!?*`|%x1Üж中\u3000\xa0#<& "), max_size=4)
    | st.integers(24, 40).map("x".__mul__),
    st.sampled_from([";", ";x", "", " ;", "&;"]),
)


@pytest.mark.parametrize(
    "text", ["&copy-;", "&lt(a);", "&sect_1;", "&copyÜ;", "&copy\u3000;", "&gt:;", "&&copy.;", "oil&gas=1;"]
)
def test_no_entity_is_read_where_a_semicolon_comes_late(text):
    """Some readers take `&copy-;` for an entity and what stands behind it; the export would tell other words."""
    check_entities(text)


@given(ENTITIES)
@settings(max_examples=150)
def test_no_text_becomes_an_entity(text):
    check_entities(text)


def check_entities(text: str) -> None:
    """Inside a line and just before what an exporter puts behind it, every reader gives the text back."""
    for dialect, read in DIALECTS.items():
        for behind in ("", ";"):
            events = read(f"So {inline(text)}{behind}\n")
            told = "".join(said for _, _, said in events)
            assert squeeze(told) == squeeze(f"So {line(text)}{behind}"), (dialect, events)


@pytest.mark.parametrize("text", TRAPS)
def test_known_traps_stay_text(text, counted):
    check([text])
    counted["known traps, in every place of a brief"] += 1


WRAPPED = ("a - b", "a -- b", "a + b", "a = b", "a === b", "a --- b", "a > b", "a >b", "a # b", "a 1. b", "a 1) b", "a 2. b", "a * b", "a | b",
           "it cost 5 - 6 % = much", "see > below", "in 1986. 1. The", "a ~~~ b", "a ``` b", "a : b", "a <b", "a [^1]: b", "a [x]: b")  # fmt: skip


def check_wrapped(text: str) -> None:
    """Broken at any of its spaces, as an editor or a formatter does, a line says what it said."""
    whole = line_start(text)
    for dialect, read in DIALECTS.items():
        expected = [shape(event) for event in read(f"{whole}\n")]
        for space in re.finditer(" ", whole):
            broken = f"{whole[: space.start()]}\n{whole[space.end() :]}\n"
            assert [shape(event) for event in read(broken)] == expected, (dialect, broken)


@pytest.mark.parametrize("text", WRAPPED)
def test_a_line_that_is_wrapped_later_stays_text(text, counted):
    check_wrapped(text)
    counted["lines, wrapped at every space"] += 1


@given(HOSTILE)
@settings(max_examples=60)
def test_no_text_becomes_markup_by_wrapping(text):
    check_wrapped(text)


@given(st.text(alphabet=st.sampled_from("`ab \\<&*"), min_size=1, max_size=12))
@settings(max_examples=200)
def test_a_code_span_holds_what_it_is_given(text):
    if not text.strip():
        return
    for dialect, read in DIALECTS.items():
        expected = [(kind, what, said.replace("x", " ".join(text.split()))) for kind, what, said in read("See `x`.\n")]
        assert [shape(event) for event in read(f"See {code(text)}.\n")] == expected, dialect


@pytest.mark.thorough
def test_every_fragment_of_markup_stays_text(counted):
    inputs = [one for one in dict.fromkeys(FRAGMENTS) if one]
    for text in inputs:
        check([text])
    counted["fragments of markup"] += len(inputs)


@given(st.lists(HOSTILE, min_size=1, max_size=4))
@settings(max_examples=100)
def test_no_text_becomes_markup(counted, texts):
    check(texts)
    counted["briefs of some generated texts"] += 1


@pytest.mark.thorough
def test_no_text_becomes_markup_in_ten_thousand_briefs(counted):
    seen = []

    @given(HOSTILE)
    @settings(max_examples=10_000)
    def every(text):
        check([text])
        seen.append(text)

    every()
    counted["generated texts, each in every place of a brief"] += len(seen)
    assert len(seen) >= 10_000


def sample(inputs, config, size, counted):
    """All of them in the thorough form, else some, by a seed that is printed."""
    if config.getoption("--thorough"):
        return inputs
    seed = random.randrange(1_000_000)
    counted[f"of a sample by seed {seed}:"] = size
    return random.Random(seed).sample(inputs, size)


def test_naughty_strings_stay_strings(shared_data, tmp_path, pytestconfig, counted):
    found = next(shared_data("blns", tmp_path).rglob("blns.json"))
    inputs = sample([text for text in json.loads(found.read_text("utf-8")) if text], pytestconfig, 40, counted)
    for text in inputs:
        check([text])
    counted["naughty strings"] += len(inputs)


def test_the_examples_of_the_commonmark_specification_stay_text(shared_data, tmp_path, pytestconfig, counted):
    spec = next(shared_data("commonmark-spec", tmp_path).rglob("spec.txt")).read_text("utf-8")
    found = re.findall(r"^`{32} example\n(.*?)^\.\n.*?^`{32}$", spec, re.MULTILINE | re.DOTALL)
    assert len(found) == 655
    inputs = sample([example.replace("→", "\t") for example in found], pytestconfig, 40, counted)
    for text in inputs:
        check([text])
    counted["examples of the CommonMark specification"] += len(inputs)
    counted["dialects, by two parsers, in which each was read"] = len(DIALECTS)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "https://a.b/<script>",
        "https://a.b/ c",
        "https://a.b\n/c",
        "file:///etc/passwd",
        "data:text/html,x",
        "https://a.b/`x`",
        "//a.b",
        "httpsx://a.b",
        "https://a.b/\u202ec",
    ],
)
def test_only_web_and_mail_addresses_become_links(url):
    for read in DIALECTS.values():
        assert not [
            event
            for event in read(f"See {address(url)}.\n")
            if event[0] != "text" and not event[0].endswith("p>") and "paragraph" not in event[0]
        ]


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a_b*c*?d=[1]&amp=2#e",
        "mailto:desk@example.org",
        "HTTP://EXAMPLE.ORG",
        "https://例え.jp/文書",
    ],
)
def test_web_and_mail_addresses_lead_where_they_say(url):
    for dialect, read in DIALECTS.items():
        links = [(target, text) for kind, target, text in read(f"See {address(url)}.\n") if kind == "link"]
        assert [text for _, text in links] == [url], dialect
        assert links[0][0] == url or not url.isascii(), dialect


def test_words_that_are_no_evidence_are_never_told_without_saying_so():
    document = render_markdown(make_brief(Texts(["Plain words"])))
    notes = [one for one in document.split("\n\n") if one.startswith("[^")]
    assert len(notes) == 6
    for status in ("reworded", "ambiguous", "missing"):
        assert sum(f"{status.capitalize()}, not evidence:" in one for one in notes) == 1
    assert sum("exact)" in one or "moved)" in one for one in notes) == 3
    assert evidence("x", "missing").sound is False


TEMPLATES = (
    "{{ site.secret }} {% include 'secret' %} {%- raw -%}",
    '{{< readfile "/etc/passwd" >}} {{% x %}} {{#include /etc/passwd}}',
    "{process.exit()} ${x} <%= x %> %%a comment%%",
    "a {.class} {#name} {-}",
    "import './evil.js'",
    "export const evil = 1\n\nimport x from 'y'",
)
_MARKS = re.compile(r"\{\{|\}\}|\{%|%\}|<%|%%|(?<!\\)[{}]|^(?:import|export) ", re.MULTILINE)


@pytest.mark.parametrize("text", TEMPLATES)
def test_no_generator_of_sites_takes_text_for_a_template(text):
    check([text])
    document = render_markdown(make_brief(Texts([text])))
    assert _MARKS.search(text)
    assert not _MARKS.search(document)
