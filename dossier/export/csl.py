"""Citations in a style of the Citation Style Language, by citeproc-py."""

import re
import warnings
from io import BytesIO
from typing import Any

from dossier.export.escaping import inline, one_line
from dossier.model.brief import CitedSource
from dossier.model.problems import DossierError

_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", re.ASCII)
_JOINT = re.compile(r"([”\"»])\s*[—–―-]{1,3}\s")
"""What parts words from their source in a footnote, and must stand there alone."""
_AND = re.compile(r"\s+and\s+")
_BODY = re.compile(r"\b(?:of|for|the)\b", re.IGNORECASE)
"""What is in the name of a ministry or a paper, and in no person's."""
_DECLARES = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def format_sources(style: str, sources: dict[str, CitedSource]) -> dict[str, str]:
    """The entry of each source in a bibliography of `style` (the text of a CSL file), as Markdown, by id.

    Raises:
        DossierError: citeproc-py is not installed, or the style cannot be used.

    """
    try:
        import citeproc  # noqa: PLC0415 - only whoever asks for a style pays for the engine and lxml
        from citeproc import formatter  # noqa: PLC0415
        from citeproc.source.json import CiteProcJSON  # noqa: PLC0415
    except ImportError as error:
        raise DossierError(
            "Citation styles need citeproc-py: pip install 'dossier-browser[citations]', or leave --citations out."
        ) from error
    if _DECLARES.search(style):
        raise DossierError("The citation style declares entities of its own, which no CSL style needs; it is not read.")
    keys = {source_id: f"source{number}" for number, source_id in enumerate(sources)}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of fields that the engine does not know
            items = CiteProcJSON([_item(keys[one], source) for one, source in sources.items()])
            parsed = citeproc.CitationStylesStyle(BytesIO(style.encode()), validate=False)
            told = citeproc.CitationStylesBibliography(parsed, items, formatter.plain)
            citations = [citeproc.Citation([citeproc.CitationItem(key)]) for key in keys.values()]
            for citation in citations:
                told.register(citation)
            for citation in citations:
                told.cite(citation, lambda _: None)
            texts = {key: str(text) for key, text in zip(told.keys, told.bibliography(), strict=True)}
    except Exception as error:
        raise DossierError(f"The citation style cannot be used: {str(error) or type(error).__name__}.") from error
    return {one: inline(_JOINT.sub(r"\1, ", texts.get(key, ""))).rstrip(" .") for one, key in keys.items()}


def _item(key: str, source: CitedSource) -> dict[str, Any]:
    """A source as CSL-JSON."""
    item: dict[str, Any] = {"id": key, "type": "article-newspaper", "title": one_line(source.title)}
    if one_line(source.author):
        item["author"] = [name for part in one_line(source.author).split(";") for name in _names(part.strip())]
    if one_line(source.publisher):
        item["container-title"] = one_line(source.publisher)
    if match := _DAY.fullmatch(source.published[:10]):
        item["issued"] = {"date-parts": [[int(part) for part in match.groups() if part]]}
    return item


def _names(text: str) -> list[dict[str, str]]:
    """The people, or the one body, that a part of an author's field names."""
    people = _AND.split(text)
    if _BODY.search(text) or (len(people) > 1 and not all(" " in one for one in people)):
        return [{"literal": text}]
    return [_name(one) for one in people if one]


def _name(name: str) -> dict[str, str]:
    family, comma, given = name.partition(", ")
    if not comma:
        given, _, family = name.rpartition(" ")
    return {"family": family, "given": given} if given else {"family": family}
