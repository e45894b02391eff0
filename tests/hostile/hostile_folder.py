"""A dossier in which every text is a weapon: on the terminal, on markup, on the reading order, in every place there is for text."""

import json
import os
from pathlib import Path

from dossier.model.clean import HOSTILE

WEAPONS = {
    "OSC 52": "\x1b]52;c;UFdOUFdO\x07",
    "OSC 0": "\x1b]0;PWNPWN\x07",
    "OSC 8": "\x1b]8;;http://pwnpwn.example\x1b\\x\x1b]8;;\x1b\\",
    "OSC 9 and 777": "\x1b]9;PWNPWN\x1b\\\x1b]777;notify;PWNPWN;x\x07",
    "CSI style": "\x1b[7;77m",
    "CSI cursor": "\x1b[77;77H\x1b[77A",
    "CSI erase": "\x1b[2J\x1b[3J",
    "CSI report": "\x1b[6n\x1b[21t\x1b[c",
    "CSI mode": "\x1b[?7777h",
    "DCS, APC, PM, SOS": "\x1bP+q77\x1b\\\x1b_PWNPWN\x1b\\\x1b^PWNPWN\x1b\\\x1bXPWNPWN\x1b\\",
    "ESC alone": "\x1bc\x1b7\x1b(0",
    "C1 CSI": "\x9b7;77m\x9b77A",
    "C1 OSC": "\x9d0;PWNPWN\x9c\x9d52;c;UFdOUFdO\x9c",
    "C1 others": "\x84\x85\x8d\x90\x98\x9e\x9f\x80",
    "C0": "\x00\x01\x05\x07\x08\x0b\x0c\x0e\x0f\x11\x13\x1a\x1f",
    "returns": "\rPWN\r",
    "DEL": "\x7f\x7f",
    "bidi overrides": "\u202epwn\u202c\u202dpwn\u202c",
    "bidi embeddings": "\u202apwn\u202b\u202c",
    "bidi isolates": "\u2066pwn\u2067pwn\u2068pwn\u2069",
}
"""What acts on a terminal, by what it is called."""

SURVIVORS = (
    "\N{WOMAN}\u200d\N{WOMAN}\u200d\N{GIRL}",
    "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    "e\u0301a\u0323",
    "\u0915\u094d\u200d\u0937",
)
"""Joiners and combining marks without which words are no words: emoji, Persian, accents, Devanagari."""

BRACKETS = (
    "[/]", "[sic]", "[the minister]", "[W]e", "[@click=app.quit]x[/]", "[@click=app.exit]x[/]", "[@click=screen.program_quit]x[/]",
    "[b", "b]", "[", "]", "[]", "[[]]", "[[b]]", "[b]x[/b]", "[/b]", "[link=https://pwnpwn.example]y[/link]",
    "[link='file:///etc/passwd']y[/]", "[$primary]x[/]", "[not a tag", "[a=b]", "[red on blue]z", "[#ff0000]z", "[bold]", "\\[b]", "\\\\[b]",
    "[b][i]x[/b][/i]", "[[/]]", "[@click]", "[@click=(]x[/]", "[/@click]", "[reverse]x[/reverse]",
)  # fmt: skip
"""Shapes that a reader of markup takes for its own, and brackets as newspapers have them."""

NASTY = "".join(WEAPONS.values()) + " ".join(SURVIVORS)


def quoted(text: str) -> str:
    """A YAML double-quoted scalar; what cannot be written as it is becomes an escape."""
    return HOSTILE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def write(folder: Path, nasty: str = NASTY, *, names: bool = True) -> list[tuple[str, int]]:
    """Writes a dossier with `nasty` in every place; gives the files and lines in which it stands.

    With `names`, files have hostile names too, and some hold mistakes whose messages quote them.
    """

    def q(text: str) -> str:
        return quoted(f"{text} {nasty}")

    folder.mkdir(parents=True)
    plain = nasty.encode("utf-8", "replace").decode()
    words = "[the minister] said that rare earths are [sic] not easy"
    (folder / "a.txt").write_bytes(
        f"{words} {plain}\n\nThe second paragraph {plain}\n\nThe third {plain} minister\n".encode()
    )
    lines = [
        "format: 1",
        f"title: {q('Title')}",
        f"summary: {q('Summary')}",
        f"labels: {{delegations: {q('Parties')},",
        f"  issues: {q('Claims')},",
        f"  quotes: {q('Testimony')}}}",
        "articles:",
        "  art:",
        "    file: a.txt",
        f"    title: {q('Headline')}",
        f"    publisher: {q('Publisher')}",
        f"    author: {q('Author')}",
        f"    note: {q('Note of the article')}",
        "delegations:",
        "  side:",
        f"    name: {q('Side')}",
        f"    aliases: [{q('Other name')}]",
        f"    note: {q('Note of the side')}",
        "    members:",
        "      person:",
        f"        name: {q('Person')}",
        f"        role: {q('Role')}",
        f"        aliases: [{q('Alias')}]",
        "issues:",
        f"  issue: {{name: {q('Issue')}, note: short}}",
        f"  sub: {{name: {q('Sub')}, parent: issue}}",
        "article: art",
        "quotes:",
        "  q:",
        f"    text: {quoted(words)}",
        "    speaker: person",
        "    issues: [issue]",
        "    attribution: anonymous",
        f"    via: [{q('Agency')}]",
        f"    note: {q('Note of the quote')}",
        "  lost:",
        f"    text: {q('nowhere to be found')}",
        "    speaker: side",
        "events:",
        "  e:",
        f"    name: {q('Event')}",
        "    when: 2025-06-09",
        f"    place: {q('Place')}",
        f"    at: {quoted(words)}",
        "relations:",
        f"  {q('relation')}: {{inverse: {q('inverse')}}}",
        "links:",
        f"  - {{from: side, rel: {q('relation')}, to: issue, at: {quoted(words)},",
        f"     note: {q('Note of the link')}}}",
        "  - {from: side, rel: supports, to: issue}",
        "  - {from: person, rel: opposes, to: issue}",
    ]
    (folder / "dossier.yaml").write_text("\n".join(lines) + "\n")
    if names:
        _write_names(folder, nasty, q)
    hit = [("dossier.yaml", number) for number, line in enumerate(lines, 1) if quoted(nasty)[1:-1] in line]
    return hit + [("a.txt", number) for number in (1, 3, 5)]


def _write_names(folder: Path, nasty: str, q) -> None:
    name = "".join(c for c in nasty if c not in "/\0" and not "\ud800" <= c <= "\udfff")[:40]
    (folder / f"n {name}.yaml").write_text(
        f"people:\n  {q('id')}: {{name: x}}\n  p: {{name: x, {q('field')}: y, part: {q('choice')}}}\nevents: {{f: {{name: x, when: {q('when')}}}}}\n"
        f"articles: {{far: {{file: {q('../file')}, title: x, url: {q('javascript:')}}}}}\n{q('section')}: 1\n"
        f"links: [{{from: {q('from')}, rel: {q('nothing')}, to: {q('to')}}}]\n"
    )
    (folder / f"m {name}.yaml").write_bytes(
        f"quotes:\n  a: {{text: *{nasty.encode('utf-8', 'replace').decode()}\n".encode()
    )
    (folder / f"t {name}.txt").write_text("An article of a hostile name: minister.\n")
    (folder / "more.yaml").write_text(
        f"articles: {{named: {{file: {quoted(f't {name}.txt')}, title: Named}}}}\nquotes: {{n: {{text: hostile name, at: {{article: named}}}}}}\n"
    )
    (folder / "surrogates.yaml").write_text('issues: {j: {name: "\\ud800\\udc9b\\x9b7;77m"}}\n')
    (folder / "raw.yaml").write_bytes(b"title: \x9b7;77m \xff\n")
    (Path(os.fsdecode(os.fsencode(folder) + b"/b\x9b7;77m\xff.yaml"))).write_text("issues: {i: {name: x}}\n")
    (folder / f"l {name}.yaml").symlink_to("dossier.yaml")
    (folder / "front.md").write_bytes(f"---\ntitle: {q('Front')}\nbad: {q('x')}\n---\nText.\n".encode())
    (folder / "globs.yaml").write_text(f'article_files: ["*.md", {q("pattern")}]\n')
    (folder / "dossier.lock").write_bytes(b'{"dossier.lock":1}\n' + nasty.encode("utf-8", "replace") + b"\n")
