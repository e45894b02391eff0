"""Metadata of a web page: JSON-LD, meta tags, and, marked as a guess, what its address or text suggest."""

import json
import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from dossier.intake.document import day, one_line
from dossier.intake.pages import WebPage

_MAX_JSON = 1_000_000
_ARTICLE = re.compile(r"Article|BlogPosting|Report|WebPage")
_DATES = (
    "article:published_time", "og:published_time", "datepublished", "dc.date", "dc.date.issued", "dcterms.created",
    "dcterms.issued", "dc.date.created", "citation_publication_date", "citation_date", "parsely-pub-date", "pubdate",
    "publishdate", "publish-date", "publish_date", "publication_date", "sailthru.date", "date", "rnews:datepublished",
    "article.published", "originalpublicationdate", "cxenseparse:recs:publishtime",
)  # fmt: skip
_FIRST_YEAR = "1400"
"""Years before it are the zero of some program's calendar: `0001-01-01` is what .NET writes for no date."""
_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title")
_AUTHORS = ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "citation_author", "byl")
_PUBLISHERS = ("og:site_name", "dc.publisher", "citation_journal_title", "application-name")
_BY = re.compile(r"^by\s+(?=\S)", re.IGNORECASE)
_IN_ADDRESS = re.compile(r"/((?:19|20)\d{2})[/-](\d{1,2})[/-](\d{1,2})(?:/|-|$)")
_ADDRESS = re.compile(r"https?://[^\s/?#]\S*", re.IGNORECASE)


class ArticleMetadata(Struct):
    """The fields of an article, empty where nothing is known, and which of them are guesses."""

    title: str = ""
    published: str = ""
    publisher: str = ""
    author: str = ""
    url: str = ""
    language: str = ""
    guessed: tuple[str, ...] = ()


def read_metadata(page: WebPage, url: str = "") -> ArticleMetadata:
    """The page's own particulars; `url` is where the user says that it comes from."""
    document: Any = page.tree.document
    tags: dict[str, str] = {}
    for tag in document.query_selector_all("meta"):
        name = tag.getattr("property") or tag.getattr("name") or tag.getattr("itemprop") or ""
        content = one_line(tag.getattr("content"))
        if content:
            tags.setdefault(name.lower(), content)
    linked = _linked(document)
    found = ArticleMetadata()
    found.title = _text(linked.get("headline")) or _first_value(tags, _TITLES)
    dates = (_text(linked.get("datePublished")), *(tags.get(name, "") for name in _DATES))
    found.published = next((made for made in map(day, dates) if made >= _FIRST_YEAR), "")
    found.publisher = _names(linked.get("publisher")) or _first_value(tags, _PUBLISHERS)
    found.author = _names(linked.get("author")) or next(
        (tags[name] for name in _AUTHORS if name in tags and not _ADDRESS.match(tags[name])), ""
    )
    found.author = _BY.sub("", found.author)
    link = document.query_selector('link[rel="canonical"]')
    found.url = next(filter(_is_address, (url, link.getattr("href") if link else "", tags.get("og:url"))), "") or ""
    root = document.query_selector("html")
    language = one_line(root.getattr("lang") if root else "") or one_line(_text(linked.get("inLanguage")))
    found.language = language if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", language) else ""
    _guess(found, document)
    return found


def _guess(found: ArticleMetadata, document: Any) -> None:
    """Fill in, as guesses, what the page does not state."""
    guessed = []
    if not found.title:
        heading = document.query_selector("h1") or document.query_selector("title")
        found.title = one_line(heading.text if heading else "")
        guessed += ["title"] * bool(found.title)
    if not found.published:
        time = document.query_selector("time[datetime]")
        address = _IN_ADDRESS.search(found.url)
        in_address = day("-".join((address[1], address[2].zfill(2), address[3].zfill(2)))) if address else ""
        found.published = in_address or day(time.getattr("datetime") if time else "")
        guessed += ["published"] * bool(found.published)
    found.guessed = tuple(guessed)


def _is_address(text: str | None) -> bool:
    return bool(text and _ADDRESS.fullmatch(text) and one_line(text) == text)


def _first_value(tags: dict[str, str], names: tuple[str, ...]) -> str:
    return next((tags[name] for name in names if name in tags), "")


def _linked(document: Any) -> dict[str, Any]:
    """The description of the article in JSON-LD; empty when there is none that can be read."""
    best: dict[str, Any] = {}
    for script in document.query_selector_all('script[type="application/ld+json"]'):
        try:
            data = json.loads(script.text[:_MAX_JSON])
            for one in _objects(data):
                kind = one.get("@type")
                kinds = kind if isinstance(kind, list) else [kind]
                articles = [name for name in kinds if isinstance(name, str) and _ARTICLE.search(name)]
                if articles and (not best or ("headline" in one and "headline" not in best)):
                    best = one
        except (ValueError, RecursionError):
            continue
    return best


def _objects(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if isinstance(data, list) and depth < 5:
        for item in data[:200]:
            yield from _objects(item, depth + 1)
    elif isinstance(data, dict):
        yield data
        yield from _objects(data.get("@graph"), depth + 1)


def _text(value: Any) -> str:
    return one_line(value) if isinstance(value, str) else ""


def _names(value: Any) -> str:
    """The names of people or organizations, with commas between them."""
    items = value[:20] if isinstance(value, list) else [value]
    names = [_text(one.get("name") if isinstance(one, dict) else one) for one in items]
    return one_line(", ".join(dict.fromkeys(name for name in names if name and not _ADDRESS.match(name))))
