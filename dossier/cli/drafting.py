"""`dossier draft`: proposed quotes, people and events of an article, and what becomes of them."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dossier.cli.opening import dossier_option, open_desk
from dossier.cli.saying import say_json, say_line, tell
from dossier.model.problems import DossierError

if TYPE_CHECKING:
    from dossier.drafts.records import Draft, Speaker

_IDS = "Id of a draft; may be given several times."


@click.command()
@click.argument("article")
@dossier_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--details", is_flag=True, help="In JSON, add role, date, via, joint speakers, pieces.")
@click.option("--new", is_flag=True, help="Leave out what the dossier has already.")
@click.option("--accept", multiple=True, metavar="ID", help=f"Write the entry that a draft proposes. {_IDS}")
@click.option("--speaker", default="", metavar="ID", help="The entry that says what is accepted.")
@click.option("--reject", multiple=True, metavar="ID", help=f"Never propose these words again. {_IDS}")
def draft(
    article: str,
    path: Path | None,
    as_json: bool,
    details: bool,
    new: bool,
    accept: tuple[str, ...],
    speaker: str,
    reject: tuple[str, ...],
) -> None:
    """Propose quotes with their speakers, people with their roles, and dated events of an article, by rules.

    A draft is no annotation: nothing is written until you accept it. Its tier says how far it can be relied on: sure,
    likely, or ask, where who speaks is for you to decide.
    """
    from dossier.desk.drafting import Drafting  # noqa: PLC0415

    if accept and reject:
        raise DossierError("Accept drafts or reject them, not both in one command.")
    if speaker and not accept:
        raise DossierError("--speaker says who speaks in what is accepted; give --accept ID with it.")
    with open_desk(path) as desk:
        drafting = Drafting(desk)
        if accept:
            written = drafting.accept(article, accept, speaker)
            _say_written([{"id": one.id, "file": one.file, "line": one.line} for one in written], as_json=as_json)
            return
        if reject:
            drafting.reject(article, reject)
        drafts = drafting.propose(article, new=new)
    if as_json:
        say_json({"drafts": [_draft(one, details=details) for one in drafts]})
        return
    for one in drafts:
        _print_draft(one)
    tell(_summarize(drafts))


def _say_written(written: list[dict[str, Any]], *, as_json: bool) -> None:
    if as_json:
        say_json({"written": written})
        return
    for one in written:
        say_line(f"{one['id']} ({one['file']}:{one['line']})")


def _draft(one: "Draft", *, details: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": one.id,
        "kind": one.kind,
        "text": one.text,
        "start": one.start,
        "end": one.end,
        "speaker": _speaker(one.speaker),
        "attribution": one.attribution or None,
        "rule": one.rule,
        "tier": one.tier,
    }
    if details:
        told["details"] = {
            "role": one.role or None,
            "when": one.when or None,
            "via": list(one.via),
            "joint": [_speaker(speaker) for speaker in one.joint],
            "pieces": [list(piece) for piece in one.pieces],
        }
    return told


def _speaker(speaker: "Speaker | None") -> dict[str, Any] | None:
    if speaker is None:
        return None
    return {"id": speaker.id or None, "name": speaker.name, "start": speaker.start, "end": speaker.end}


def _print_draft(one: "Draft") -> None:
    who = ""
    if one.speaker is not None:
        names = [f"{who.name} ({who.id})" if who.id else who.name for who in (*one.joint, one.speaker)]
        who = " · " + ", ".join(names)
    more = " · ".join(
        filter(None, [one.attribution, one.role, one.when, one.rule, *(f"via {name}" for name in one.via)])
    )
    say_line(f"{one.id} {one.tier} {one.kind} {one.start}-{one.end}{who} · {more}")
    say_line(f"    “{one.text}”")


def _summarize(drafts: "list[Draft]") -> str:
    if not drafts:
        return "No drafts."
    tiers = [f"{count} {tier}" for tier in ("sure", "likely", "ask") if (count := sum(d.tier == tier for d in drafts))]
    return f"{len(drafts)} drafts: {', '.join(tiers)}."
