"""A dossier in which every text tries to act: on the terminal, on markup, on the reading order."""

import json

BRACKETS = ("[/]", "[b", "[b]x[/b]", "[@click=app.quit]x[/]", "[link=file:///etc/passwd]y[/link]", "[sic]", "[the minister]",
            "[W]e", "[[b]]", "[red on blue]", "[/red]", "[b", "]", "[", "\\[b]", "[@click=app.bell()]", "[$primary]x[/]",
            "[not a tag", "[a=b]", "[bold]", "[reverse]z[/reverse]", "[#ff0000]")  # fmt: skip
"""Shapes that a markup reader might take for its own."""

CONTROLS = ("\x1b]52;c;aGk=\x07", "\x1b]0;title\x07", "\x9b31m", "\x9d0;t\x9c", "\u202eevil\u202c", "\u2066x\u2069", "\x00", "\x7f",
            "\x08\x08", "\x0e\x0f", "\u200d\u200c", "e\u0301")  # fmt: skip
"""Characters that act on a terminal, and two that must survive."""

NASTY = " ".join(BRACKETS) + " " + "".join(CONTROLS)


def quoted(text: str) -> str:
    """A YAML double-quoted scalar."""
    return json.dumps(text)


def write(folder) -> None:
    """Writes the dossier into `folder`."""
    folder.mkdir(parents=True)
    words = "[the minister] said [sic] that [/] is [b"
    (folder / "a.txt").write_text(f"{words} {NASTY}\n\nSecond [W]e {NASTY}\n")
    (folder / "dossier.yaml").write_text(
        f"""
format: 1
title: {quoted("Title " + NASTY)}
summary: {quoted(NASTY)}
labels: {{delegations: {quoted("Parties " + NASTY)}, quotes: {quoted("Testimony [b]")}}}
articles:
  art: {{file: a.txt, title: {quoted("Headline " + NASTY)}, publisher: {quoted(NASTY)}, url: {quoted("http://x/" + NASTY)}}}
delegations:
  side:
    name: {quoted("Side " + NASTY)}
    aliases: [{quoted(NASTY)}]
    note: {quoted("Note " + NASTY)}
    members:
      person: {{name: {quoted("Person " + NASTY)}, role: {quoted("Role " + NASTY)}}}
issues:
  issue: {{name: {quoted("Issue " + NASTY)}, note: {quoted(NASTY)}}}
  sub: {{name: {quoted("Sub " + NASTY)}, parent: issue}}
article: art
quotes:
  q: {{text: {quoted(words)}, speaker: person, issues: [issue], via: [{quoted(NASTY)}], note: {quoted(NASTY)}}}
  lost: {{text: {quoted("nowhere " + NASTY)}, speaker: side}}
relations:
  {quoted("rel " + NASTY)}: {{inverse: {quoted("inv " + NASTY)}}}
links:
  - {{from: side, rel: {quoted("rel " + NASTY)}, to: issue, at: {quoted(words)}, note: {quoted(NASTY)}}}
"""
    )
