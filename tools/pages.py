"""The pages of `docs/` that are made from the program: `python -m tools.pages`, or `--check` that they are fresh."""

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

import click

DOCS = Path(__file__).resolve().parents[1] / "docs"

ENVIRONMENT = {
    "VISUAL, EDITOR": "The editor that opens a file of the dossier; the first that is set.",
    "BROWSER": "The program that opens an address; without it, that of the system.",
    "NO_COLOR": "When set, the browser uses no colours.",
    "ESCDELAY": "Milliseconds after which Escape is a key and not the beginning of a sequence, by default 50; "
    "set more on a slow connection, where arrow keys arrive as Escape and letters.",
    "DOSSIER_OPENSEARCH_PASSWORD": "The password of the search server that the configuration names.",
    "XDG_CONFIG_HOME, XDG_CACHE_HOME, XDG_STATE_HOME": "Folders of the configuration, of what can be derived anew, and "
    "of what the browser remembers.",
}
"""Environment variables that a user may set, and what they do."""


def keys() -> str:
    """The keys, from the action table."""
    from dossier.ui.keys.actions import keys_page

    return f"# Keys\n\n```\n{keys_page().rstrip()}\n```\n"


def commands() -> str:
    """Every `--help`, as printed."""
    from dossier.cli import main

    parts = ["# Commands\n"]
    context = click.Context(main, info_name="dossier", terminal_width=100, max_content_width=100)
    parts.append(f"```\n{main.get_help(context)}\n```\n")
    for name, command, above in _every(main, context):
        inner = click.Context(
            command, info_name=name.split()[-1], parent=above, terminal_width=100, max_content_width=100
        )
        parts.append(f"## dossier {name}\n\n```\n{command.get_help(inner)}\n```\n")
    parts += ["## Environment variables\n", "| variable | effect |\n| --- | --- |"]
    parts[-1] += "".join(f"\n| `{name}` | {effect} |" for name, effect in ENVIRONMENT.items())
    return "\n".join(parts) + "\n"


def _every(main: click.Group, context: click.Context) -> Iterator[tuple[str, click.Command, click.Context]]:
    """Every command by its whole name, with the context of the group it is in."""
    for name in sorted(main.commands):
        command = main.commands[name]
        yield name, command, context
        if isinstance(command, click.Group):
            inner = click.Context(command, info_name=name, parent=context)
            for part in sorted(command.commands):
                yield f"{name} {part}", command.commands[part], inner


def fields() -> str:
    """The field reference, from the declarations."""
    from dossier.model.reference import field_reference

    return field_reference()


def schema() -> str:
    """The JSON Schema, from the declarations."""
    from dossier.store.yaml.schema import schema_text

    return schema_text()


def search() -> str:
    """The query language, from its table."""
    from dossier.search.query.reference import reference

    return reference()


def manual() -> str:
    """The manual page, from the commands."""
    from dossier.cli import main

    context = click.Context(main, info_name="dossier")
    lines = [
        '.TH DOSSIER 1 "" "" "The dossier browser"',
        ".SH NAME",
        "dossier \\- read and weigh annotated articles in the terminal",
    ]
    lines += [".SH SYNOPSIS", ".B dossier", "[\\fICOMMAND\\fR] [\\fIARGUMENT\\fR]...", ".SH DESCRIPTION"]
    lines += [_roff(main.help or ""), ".SH COMMANDS"]
    for name, command, above in _every(main, context):
        inner = click.Context(command, info_name=name.split()[-1], parent=above)
        usage = " ".join(command.collect_usage_pieces(inner))
        lines += [f".SS dossier {name} {_roff(usage)}".rstrip(), _roff(command.help or "")]
        for parameter in command.get_params(inner):
            record = parameter.get_help_record(inner)
            if record is not None and record[1]:
                lines += [".TP", f".B {_roff(record[0])}", _roff(record[1])]
    lines.append(".SH ENVIRONMENT")
    for name, effect in ENVIRONMENT.items():
        lines += [".TP", f".B {_roff(name)}", _roff(effect)]
    lines += [".SH KEYS", "Press ? in the browser, or run", '.BR "dossier keys" .', ".SH EXIT STATUS"]
    lines += ["0 when all went well, 1 when problems were found, 2 when the command could not be carried out."]
    return "\n".join(lines) + "\n"


def _roff(text: str) -> str:
    """Text with nothing in it that troff would take for a request or an escape; an empty line begins a paragraph."""
    told = []
    for raw in inspect.cleandoc(text).replace("\b\n", "\n").splitlines():
        line = raw.strip().replace("\\", "\\e").replace("-", "\\-")
        told.append(".PP" if not line else f"\\&{line}" if line[0] in ".'" else line)
    return "\n".join(told)


PAGES = {
    "keys.md": keys,
    "commands.md": commands,
    "dossier.1": manual,
    "fields.md": fields,
    "search.md": search,
    "dossier.schema.json": schema,
}
"""What is made, and by what."""


def is_stale(name: str) -> bool:
    """Return whether a page is not as the program would make it now."""
    path = DOCS / name
    return not path.is_file() or path.read_text(encoding="utf-8") != PAGES[name]()


def main() -> int:
    """Write the pages, or with `--check` name those that are stale; 1 when one is."""
    stale = [name for name in PAGES if is_stale(name)]
    if "--check" in sys.argv[1:]:
        for name in stale:
            print(f"docs/{name} is stale: run python -m tools.pages")
        if not stale:
            print(f"{len(PAGES)} pages are fresh")
        return int(bool(stale))
    DOCS.mkdir(exist_ok=True)
    for name in stale:
        (DOCS / name).write_text(PAGES[name](), encoding="utf-8")
        print(f"docs/{name} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
