"""Small dossiers in many layouts, and what their YAML says, for the tests of what is written to them."""

from pathlib import Path

import yaml

TEXT = """The talks began on Monday in London.

“We will never accept this,” said Ada Lovelace. “It is a cut: 20 % #of all, and {more}.” She left.

Mr. Babbage told reporters that the engine would be built by June. The engine is not built. The talks began again.

「我们同意」，他说。 It's the states' choice, he wrote, 'not ours at all'.
"""
HEAD = """# A dossier
format: 1
title: Engines

articles:
  a: {file: articles/a.txt, published: 2024-05-01}
  b:
    file: articles/b.txt

delegations:
  makers:
    name: The Makers   # by hand
    members:
      ada: {name: Ada Lovelace}
  takers: {name: The Takers, aliases: [Takers]}

issues:
  engine:
    name: The engine
    aliases: machine
"""
ANNOTATIONS = {
    "block": "# on a\narticle: a\n\nquotes:\n  # the first\n  accept:\n    text: We will never accept this,\n    speaker: ada\n"
    "\nlinks:\n  - {from: makers, rel: opposes, to: engine, at: It is a cut}\n",
    "flow": "article: a\nquotes: {accept: {text: 'We will never accept this,', speaker: ada}}\n"
    "links: [{from: makers, rel: opposes, to: engine, at: It is a cut}]\n",
    "empty": "article: a\nquotes: {}\nevents:\nlinks: []",
    "absent": "",
}


def make(folder: Path, layout: str, *, crlf: bool = False, bom: bool = False, lock: bool = True) -> Path:
    """A dossier of two articles."""
    root = folder / "dossier"
    (root / "articles").mkdir(parents=True)

    def write(path: str, text: str) -> None:
        text = text.replace("\n", "\r\n") if crlf else text
        (root / path).write_bytes((("\ufeff" if bom else "") + text).encode())

    write("dossier.yaml", HEAD)
    write("articles/a.txt", TEXT)
    write("articles/b.txt", TEXT.replace("engine", "loom"))
    if layout != "absent":
        write("articles/a.yaml", ANNOTATIONS[layout])
    if lock:
        (root / "dossier.lock").write_bytes(b'{"dossier.lock":1}\n')
    return root


def content(root: Path) -> dict[str, bytes]:
    """Every file of a dossier."""
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def entries(root: Path) -> dict[str, dict]:
    """Return what its YAML says of every entry, by id; links by their number."""
    found: dict[str, dict] = {}
    for path in sorted(root.rglob("*.yaml")):
        said = yaml.load(path.read_bytes().decode().removeprefix("\ufeff"), yaml.BaseLoader) or {}
        for section in ("people", "delegations", "issues", "quotes", "events"):
            for name, entry in (said.get(section) or {}).items():
                found[name] = {key: value for key, value in entry.items() if key != "members"}
                found |= entry.get("members") or {}
        for link in said.get("links") or []:
            found[f"link {len(found)}"] = link
    return found
