"""How good and how quick drafts are, on the annotated articles of tests/data/drafts; `--rules` adds a line per rule."""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "drafts")]


def main():
    from draft_figures import HALVES, measure, share

    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rules", action="store_true", help="a line for each rule")
    options.add_argument("--rounds", type=int, default=5, help="how often the articles are read, for the time")
    given = options.parse_args()
    print(f"{'':34}" + "".join(f"{half:>18}" for half in HALVES))
    halves = [measure(half) for half in HALVES]
    again = [[measure(half) for half in HALVES] for _ in range(given.rounds - 1)]

    def row(name, *cells):
        print(f"{name:34}" + "".join(f"{cell:>18}" for cell in cells))

    row("quotes with a speaker in the gold", *(one.gold for one in halves))
    row("  found (recall) %", *(f"{share(one.found, one.gold):.1f}" for one in halves))
    row("  proposed that are quotes %", *(f"{share(one.good, one.proposed):.1f}" for one in halves))
    row("  found and speaker right %", *(f"{share(one.right, one.gold):.1f}" for one in halves))
    for tier in ("sure", "likely", "ask"):
        cells = [(one.tiers[tier], share(one.tiers_right[tier], one.tiers[tier])) for one in halves]
        row(f"  tier {tier}: number, right %", *(f"{count} {right:.1f}" for count, right in cells))
    row("  labels taken for quotes", *(one.labels for one in halves))
    row("paraphrases in the gold", *(one.paraphrases for one in halves))
    row("  found (recall) %", *(f"{share(one.paraphrases_found, one.paraphrases):.1f}" for one in halves))
    precise = [share(one.paraphrases_right, one.paraphrases_proposed) for one in halves]
    row("  proposed and speaker right %", *(f"{one:.1f}" for one in precise))
    seconds = [min(one.seconds for one in column) for column in zip(halves, *again, strict=True)]
    row("ms per 1,000 words", *(f"{1e6 * best / one.words:.1f}" for best, one in zip(seconds, halves, strict=True)))
    if given.rules:
        print()
        for rule in sorted(set().union(*(one.rules for one in halves))):
            cells = [(one.rules[rule], share(one.rules_right[rule], one.rules[rule])) for one in halves]
            row(f"  {rule}", *(f"{count} {right:.1f}" for count, right in cells))


if __name__ == "__main__":
    main()
