"""`dossier anchors`, `revise` and `verify`: where the evidence stands, and what becomes of it."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dossier.cli.completion import complete_ids
from dossier.cli.opening import FOLDER, dossier_option, open_desk
from dossier.cli.saying import agreed, say_json, say_json_list, say_line, tell
from dossier.model.problems import DossierError

if TYPE_CHECKING:
    from dossier.desk.evidence.anchors import Anchored
    from dossier.desk.evidence.revise import RevisedAnchor, Revision
    from dossier.export.verdicts import Verdict
    from dossier.model.entries import Link

FILE = click.Path(path_type=Path)


@click.command()
@click.argument("path", type=FOLDER, required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def anchors(path: Path | None, as_json: bool) -> None:
    """List every anchor: what rests on it, where its words stand, and how sure that is."""
    with open_desk(path) as desk:
        found = desk.anchoring.all()
        links = desk.anchoring.links() if as_json else {}
        counts = desk.anchor_counts()
    if as_json:
        say_json_list((_anchor(one, links) for one in found), "anchors")
        return
    for one in found:
        _print_anchor(one)
    tell(", ".join(f"{count} {status}" for status, count in counts.items() if count) or "No anchors.")


def _anchor(anchored: "Anchored", links: "dict[tuple[str, str], Link]") -> dict[str, object]:
    one = anchored.evidence
    link = links.get((one.owner, one.wanted.place.file))
    placed = one.start >= 0
    return {
        "entry": anchored.entry,
        "article": one.article,
        "start": one.start if placed else None,
        "end": one.end if placed else None,
        "text": one.text,
        "wanted": one.wanted.text,
        "status": one.status,
        "why": one.why,
        "key": one.owner,
        "relation": link.relation if link else None,
        "target": link.target if link else None,
    }


def _print_anchor(anchored: "Anchored") -> None:
    from dossier.model.anchors import GLYPHS  # noqa: PLC0415

    one = anchored.evidence
    where = f" ¶{one.paragraph} {one.start}-{one.end}" if one.start >= 0 else ""
    why = f" ({one.why})" if one.why else ""
    say_line(
        f"{GLYPHS[one.status]} {one.status} {anchored.what} {one.owner} · {one.article or 'no article'}{where}{why}"
    )
    say_line(f"    “{one.wanted.text}”")
    if one.status == "reworded":
        say_line(f"    now “{one.text}”")


@click.command()
@click.argument("article", shell_complete=complete_ids)
@click.argument("newfile", type=FILE)
@dossier_option
@click.option("--yes", is_flag=True, help="Do not ask.")
def revise(article: str, newfile: Path, path: Path | None, yes: bool) -> None:
    """Replace an article by a new version, after showing what that does to every entry that rests on it.

    The old text stays beside the new one, in the folder `versions`, under the day's date.
    """
    from dossier.desk.evidence.revise import carry_out, plan  # noqa: PLC0415
    from dossier.desk.user.read_input import read_input_file  # noqa: PLC0415

    data = read_input_file(newfile)
    with open_desk(path) as desk:
        revision = plan(desk, article, data)
        if revision.old == revision.new:
            tell(f"{newfile} says the same as {revision.path}, character by character; nothing to do.")
            return
        _print_revision(revision)
        if not yes and not _can_ask():
            raise DossierError("Nothing was changed; say --yes to carry it out where nobody can be asked.")
        if not yes and not agreed(f"Replace {revision.path}?"):
            tell("Nothing was changed.")
            raise SystemExit(1)
        kept = carry_out(desk, revision)
    tell(f"{revision.path} is the new version; the old one is kept as {kept}.")


def _can_ask() -> bool:
    return sys.stdin.isatty()


def _print_revision(revision: "Revision") -> None:
    for note in revision.notes:
        tell(note)
    for one in revision.anchors:
        if one.changes or one.needs_a_look:
            _print_revised(one)
    changed = sum(one.changes for one in revision.anchors)
    moved = sum(one.new.status == "moved" for one in revision.anchors)
    look = sum(one.needs_a_look for one in revision.anchors)
    count = len(revision.anchors)
    say_line(
        f"{revision.article}: {count} anchor{'' if count == 1 else 's'}, {changed} of another status, {moved} moved, "
        f"{look} to look at."
    )


def _print_revised(one: "RevisedAnchor") -> None:
    from dossier.model.anchors import GLYPHS  # noqa: PLC0415
    from dossier.model.word_diff import marked  # noqa: PLC0415

    old, new = one.old, one.new
    place = old.wanted.place
    say_line(f"{one.anchored.what} {old.owner} ({place})")
    why = f": {new.why}" if new.why else ""
    say_line(f"  {GLYPHS[old.status]} {old.status} → {GLYPHS[new.status]} {new.status}{why}")
    if new.status == "reworded":
        before, after = marked(old.wanted.text, new.text)
        say_line(f"  old “{before}”")
        say_line(f"  new “{after}”")
    else:
        say_line(f"  “{old.wanted.text}”")


@click.command()
@click.argument("file", type=FILE)
@dossier_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def verify(file: Path, path: Path | None, as_json: bool) -> None:
    """Hold an exported brief, or a folder of notes, perhaps edited since, against the articles and entries it tells of.

    Every quotation and footnote is found, changed, missing or unchecked; so is told what was changed of speaker,
    attribution, stance, date and relations. Exits with 0 when all are found or told in the brief to be no evidence,
    with 1 when one is not.
    """
    from dossier.desk.evidence.verify import verify_files  # noqa: PLC0415
    from dossier.desk.evidence.verify_folder import brief_files  # noqa: PLC0415

    found: list[tuple[Path, Verdict]] = []
    with open_desk(path) as desk:
        for brief, verified in verify_files(desk, brief_files(file)):
            found += [(brief.path, one) for one in verified.verdicts]
    counts = dict.fromkeys(("found", "changed", "missing", "unchecked"), 0)
    for _, one in found:
        counts[one.outcome] += 1
    if as_json:
        told = [_verdict(one) | ({"file": str(name)} if name != file else {}) for name, one in found]
        say_json({"file": str(file), "verdicts": told, "counts": counts})
    else:
        for name, one in found:
            _print_verdict(name, one)
    tell(", ".join(f"{count} {outcome}" for outcome, count in counts.items() if count) or "Nothing to verify.")
    if not found or any(not one.accepted for _, one in found):
        raise SystemExit(1)


def _verdict(one: "Verdict") -> dict[str, object]:
    claim = one.claim
    return {
        "line": claim.line,
        "outcome": one.outcome,
        "where": claim.where,
        "article": claim.article,
        "paragraph": claim.paragraph or None,
        "entry": claim.entry,
        "footnote": claim.footnote,
        "words": claim.words,
        "there": one.there,
        "difference": one.difference,
        "why": one.why,
    }


def _print_verdict(file: Path, one: "Verdict") -> None:
    why = f": {one.why}" if one.why else ""
    say_line(f"{file}:{one.line}: {one.outcome} {one.claim.where}{why}")
    if one.outcome != "found":
        say_line(f"    “{one.claim.words}”")
    if one.difference:
        say_line(f"    {one.difference}")
