"""The evidence in an article as W3C Web Annotations in JSON-LD, beside its page."""

import json
from collections.abc import Iterable

from msgspec import Struct

CONTEXT = 32
"""Characters before and behind the words, by which other programs find them again."""


class PageEvidence(Struct, frozen=True):
    """A piece of sound evidence on a page."""

    number: int
    exact: str
    paragraph: int
    title: str
    """What rests on the words, in one line."""
    href: str
    """Page of the entry, relative to that of the article; empty when it has none."""
    prefix: str = ""
    suffix: str = ""


def annotation_page(page: str, annotations: Iterable[PageEvidence]) -> str:
    """An AnnotationPage; its addresses are relative to the page it lies beside."""
    return _json(
        {
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": page.removesuffix(".html") + ".jsonld",
            "type": "AnnotationPage",
            "items": [_annotation(page, one) for one in annotations],
        }
    )


def _annotation(page: str, one: PageEvidence) -> dict[str, object]:
    quote = {"type": "TextQuoteSelector", "exact": one.exact}
    quote |= {name: text for name, text in (("prefix", one.prefix), ("suffix", one.suffix)) if text}
    body: list[dict[str, object]] = [{"type": "TextualBody", "value": one.title, "format": "text/plain"}]
    if one.href:
        body.append({"type": "SpecificResource", "source": one.href, "purpose": "linking"})
    selector = {
        "type": "FragmentSelector",
        "conformsTo": "http://tools.ietf.org/rfc/rfc3236",
        "value": f"p{one.paragraph}",
        "refinedBy": quote,
    }
    return {
        "id": f"{page}#note-{one.number}",
        "type": "Annotation",
        "motivation": "linking",
        "body": body,
        "target": {"source": page, "selector": selector},
    }


def _json(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029") + "\n"
