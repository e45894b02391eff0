"""Pages as HTML: templates with an engine that escapes every text by itself."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import escape

from dossier.model.clean import clean, clean_line

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_ADDRESS = re.compile(r"(?:https?://[^/\s]\S*|mailto:[^\s/]\S*)", re.IGNORECASE)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: clean(value) if type(value) is str else value,
    )
    environment.filters["line"] = lambda value: escape(clean_line(str(value)))
    return environment


def render_page(template: str, **values: Any) -> str:
    """The page that a template makes of some values; every text in them is made inert and escaped."""
    return _environment().get_template(template).render(values) + "\n"


def script() -> str:
    """The script of the site: the search, and nothing that reading needs."""
    return (Path(__file__).parent / "templates" / "site.js").read_text(encoding="utf-8")


def language(code: str) -> str:
    """A language as `lang` may say it; empty for what is no code of one."""
    return code if _LANGUAGE.fullmatch(code) else ""


def address(url: str) -> str:
    """An address that may be a link (http, https or mailto); empty for any other."""
    return url if _ADDRESS.fullmatch(url) and clean_line(url) == url else ""
