"""What a reader waits for, as one table beside what was asked: `python benchmarks/table.py` (about an hour, quietly).

The other benchmarks are carried out one after the other, and what they print is shown and kept in `--log` as it comes;
then each line is printed with its reference of the same run, and whether it was reached. What failed is told in its
line. `--parts first_paint scale` carries out those alone, and `--keep` adds them to the log of an earlier run, whose
other lines are printed again.
"""

import argparse
import contextlib
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

sys.path[:0] = [str(Path(__file__).resolve().parent)]

from figures import Rows, read_rows  # noqa: E402 - found once the path is known
from first_paint import LINKS, MANY_LINKS  # noqa: E402

_QUANTITY = re.compile(r"([\d,.]+) (s|ms|MB)\b")
_NUMBER = re.compile(r"-?[\d,]+(?:\.\d+)?")
PROCESSOR, PASSED, MEMORY = 0, 2, 3
"""Columns of `commands.py` after the name of the command."""


class Cell(NamedTuple):
    """A figure in the tables of the other benchmarks."""

    title: str
    """The line above its table."""
    row: str
    """A pattern for the first cell of its row."""
    column: int = 0
    """Counted from the second cell of the row."""
    factor: float = 1.0
    """By what it is multiplied, so that it has the unit that was asked for."""


class Line(NamedTuple):
    """A line of the table: a figure, what it is measured beside, and what was asked for."""

    what: str
    measured: Cell
    unit: str
    asked: float | None
    reference: Cell | None = None
    beside: str = ""
    """The name of the reference."""
    as_ratio: bool = False
    """What was asked for is the ratio to the reference."""


def _seconds(title: str, row: str, column: int = PROCESSOR) -> Cell:
    """A cell of milliseconds, in seconds."""
    return Cell(title, row, column, 1 / 1000)


def _command(name: str, title: str, asked: float | None, *, as_ratio: bool = False) -> Line:
    """A whole command beside `--version`."""
    version = _seconds(title, "--version, in turn with the rest")
    return Line(f"{name}, {title}", _seconds(title, name), "s", asked, version, "--version", as_ratio)


def _paint(what: str, title: str, row: str, asked: float, beside: str) -> Line:
    """A first paint beside another."""
    reference = Cell(title, "empty app s" if beside == "an empty app" else "first paint of London s")
    return Line(f"first paint, {what}", Cell(title, row), "s", asked, reference, beside, as_ratio=True)


def lines(articles: int, many: int) -> list[Line]:
    """The lines of the table, for dossiers of so many articles, but for those of `search_table.py`."""
    usual, few, large = f"{articles:,} articles", "1,000 articles", f"{many:,} articles"
    cold, parse, list_of = "check, nothing known", "parse", "browser without catalogue: first list s"
    return [
        *(_command(name, MANY_LINKS, 1.0) for name in ("matrix", "matrix --json", "matrix --markdown")),
        _command("timeline", usual, 1.0),
        _paint(MANY_LINKS, MANY_LINKS, "first paint s", 1.5, "an empty app"),
        _paint("London", MANY_LINKS, "first paint of London s", 1.4, "an empty app"),
        Line(cold, _seconds(usual, cold, PASSED), "s", 2.0, _seconds(usual, parse, PASSED), "the parse", as_ratio=True),
        Line(f"{cold}: processor", _seconds(usual, cold), "s", None, _seconds(usual, parse), "the parse"),
        _command("check", usual, None),
        _command("show a quote", usual, 2.0, as_ratio=True),
        Line(
            f"first list without a catalogue, {few}",
            Cell(few, list_of),
            "s",
            0.4,
            Cell(few, "empty app s"),
            "an empty app",
        ),
        _paint(large, large, "first paint s", 1.3, "London"),
        Line(f"check warm, {large}", Cell(large, "check warm s"), "s", 3.0, Cell(large, "parse s"), "the parse"),
        Line(f"reader, {large}", Cell(large, "reader: MB"), "MB", 300),
        *(_command(name, "1 articles", None) for name in ("show a quote", "check", "matrix", "timeline")),
    ]


def _value(cell: Cell | None, rows: Rows) -> float | str:
    """The figure in a cell, or a word on why there is none."""
    found = rows.get((cell.title, cell.row)) if cell is not None else None
    if cell is None or found is None:
        return "not measured"
    if found[0].startswith("failed"):
        return " ".join(found)
    number = _NUMBER.match(found[cell.column]) if cell.column < len(found) else None
    return float(number[0].replace(",", "")) * cell.factor if number else "not measured"


def printed(line: Line, rows: Rows) -> str:
    """A line of the table as it is printed."""
    measured, reference = _value(line.measured, rows), _value(line.reference, rows)
    if isinstance(measured, str):
        return f"| {line.what} | {measured} | | | | |"
    ratio = measured / reference if isinstance(reference, float) and reference else None
    compared = ratio if line.as_ratio else measured
    asked = "" if line.asked is None else f"{line.asked:g} {'times' if line.as_ratio else line.unit}"
    reached = "" if line.asked is None or compared is None else "yes" if compared <= line.asked else "no"
    beside = f"{line.beside}: {reference:,.3g} {line.unit}" if isinstance(reference, float) else ""
    shown = "" if ratio is None else f"{ratio:.2f}"
    return f"| {line.what} | {measured:,.3g} {line.unit} | {beside} | {shown} | {asked} | {reached} |"


def reached(measured: str, ratio: str, asked: str) -> str:
    """Return whether a line of `search_table.py` reaches what was asked: `50 s, 300 MB`, `< 0.8 times FTS5`, `1`."""
    if "times" in asked or asked == "1":
        wanted = _NUMBER.search(asked)
        assert wanted is not None
        return "yes" if float(ratio) <= float(wanted[0]) * (1.1 if asked == "1" else 1) else "no"  # 1: linear
    limits = {unit: float(number) for number, unit in _QUANTITY.findall(asked)}
    seen = {unit: float(number.replace(",", "")) for number, unit in _QUANTITY.findall(measured)}
    if not limits.keys() & seen.keys():
        return ""
    return "yes" if all(seen[unit] <= limit for unit, limit in limits.items() if unit in seen) else "no"


def of_search(rows: Rows) -> list[str]:
    """The lines of `search_table.py`, which say themselves beside what and what was asked."""
    found = []
    for (title, what), cells in rows.items():
        if title.startswith("Medians of "):
            measured, beside, ratio, asked = (*cells, "", "", "", "")[:4]
            found.append(f"| {what} | {measured} | {beside} | {ratio} | {asked} | {reached(measured, ratio, asked)} |")
    return found


def carry_out(words: list[str], log: Path) -> None:
    """Carry out a benchmark, and show and keep what it prints."""
    command = [sys.executable, str(Path(__file__).with_name(f"{words[0]}.py")), *words[1:]]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    assert process.stdout is not None
    with process, log.open("a", encoding="utf-8") as kept:
        for line in process.stdout:
            for file in (sys.stdout, kept):
                file.write(line)
                file.flush()
        if process.wait():
            kept.write(f"\n{' '.join(words)} ended with {process.returncode}.\n\n")
            print(f"{' '.join(words)} ended with {process.returncode}.", flush=True)


def main() -> None:
    """Carry out the benchmarks, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--log", type=Path, default=Path("index/benchmarks.md"))
    parser.add_argument("--keep", action="store_true", help="Add to the log of an earlier run.")
    parser.add_argument("--articles", type=int, default=10_000, help="Of the dossier of most commands.")
    parser.add_argument("--searched", type=int, default=5147, help="Articles of the dossier that is searched.")
    parser.add_argument("--many", type=int, default=100_000, help="Articles of the largest dossier.")
    parser.add_argument("--links", type=int, default=LINKS, help="Of each of 643 articles.")
    parser.add_argument("--rounds", type=int, default=5)
    parts = ("first_paint", "commands", "search_table", "scale", "large")
    parser.add_argument("--parts", nargs="*", choices=parts, default=parts)
    options = parser.parse_args()
    rounds, links = ["--rounds", str(options.rounds)], ["--links", str(options.links)]
    words = {
        "first_paint": ["first_paint", *links, *rounds],
        "commands": ["commands", "--sizes", f"1,{options.articles}", *links, *rounds],
        "search_table": ["search_table", "--articles", str(options.searched), *rounds],
        "scale": ["scale", "--sizes", "1000"],
        "large": ["scale", "--sizes", str(options.many), "--large", str(options.many - 1)],
    }
    options.log.parent.mkdir(parents=True, exist_ok=True)
    if not options.keep:
        options.log.write_text("", encoding="utf-8")
    for part in options.parts:
        with contextlib.suppress(KeyboardInterrupt):  # who stops a part wants to see what there is
            carry_out(words[part], options.log)
    rows = read_rows(options.log.read_text("utf-8"))
    print("\nThe table (grep stands in for ripgrep where that is not installed)\n")
    print("| what | measured | reference | ratio | asked | reached |\n| --- | ---: | ---: | ---: | ---: | --- |")
    for line in lines(options.articles, options.many):
        print(printed(line, rows))
    for row in of_search(rows) or ["| search_table.py | not measured | | | | |"]:
        print(row)


if __name__ == "__main__":
    main()
