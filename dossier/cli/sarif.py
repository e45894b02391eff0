"""Problems as SARIF 2.1.0, the form in which code-scanning services read them (OASIS, section numbers in brackets)."""

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from dossier import __version__
from dossier.model.problems import Problem

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_HOME = "https://pypi.org/project/dossier-browser/"


def sarif(problems: Sequence[Problem], root: Path) -> dict[str, object]:
    """Return one run with a result per problem; files are named from the current folder if the dossier lies in it."""
    codes = sorted({problem.code for problem in problems})
    here = Path.cwd()
    base = root.relative_to(here) if root.is_relative_to(here) else Path()
    driver = {
        "name": "dossier",
        "version": __version__,
        "informationUri": _HOME,
        "rules": [_rule(code) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, codes.index(problem.code), base) for problem in problems],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str) -> dict[str, object]:
    words = code.replace("-", " ")
    return {"id": code, "name": words.title().replace(" ", ""), "shortDescription": {"text": words.capitalize()}}


def _result(problem: Problem, rule: int, base: Path) -> dict[str, object]:
    """A result [3.27]; a problem of the folder as a whole is laid to its dossier.yaml."""
    place = problem.place
    uri = quote((base / (place.file or "dossier.yaml")).as_posix())
    region = {"startLine": place.line, "startColumn": place.column}
    hint = f" ({problem.hint})" if problem.hint else ""
    return {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": problem.severity,
        "message": {"text": problem.message + hint},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}}],
    }
