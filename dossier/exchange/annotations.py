"""The common part of W3C Web Annotations and Hypothesis: passages of pages, with tags and a comment."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path

from msgspec import Struct

from dossier.exchange.detection import Detector
from dossier.exchange.formats import Library
from dossier.exchange.inputs import LARGEST_TEXT, Input, decode, gather, stem
from dossier.exchange.offsets import Convention, Places, Selection
from dossier.exchange.records import (
    Connection,
    DocumentPassage,
    ExchangeDocument,
    ExchangePart,
    ImportOptions,
    Losses,
    Record,
)
from dossier.model.folding import Folded, fold
from dossier.model.problems import DossierError
from dossier.model.relations import ABOUT

TEXTS = (".txt", ".md", ".html", ".htm", ".xhtml")


class Target(Struct, frozen=True):
    """The target of an annotation: a page, or words of it."""

    source: str
    exact: str = ""
    before: str = ""
    after: str = ""
    start: int = -1
    end: int = -1


class WebAnnotation(Struct, frozen=True):
    """An annotation as a web client makes it."""

    id: str
    targets: tuple[Target, ...]
    tags: tuple[str, ...] = ()
    """Names of issues."""
    comment: str = ""
    title: str = ""
    """Title of the page, where it is given."""


class _PageText(HTMLParser):
    """The text of a page as `textContent` of its body gives it, which is what offsets of web clients count."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.body: int | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag == "body" and self.body is None:
            self.body = len(self.pieces)

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)


def page_text(html: str) -> str:
    """The text of the body of a page; of everything when there is no body."""
    parser = _PageText()
    parser.feed(html.replace("\r\n", "\n").replace("\r", "\n"))
    parser.close()
    return "".join(parser.pieces[parser.body or 0 :])


class AnnotatedTexts:
    """The texts that annotations are about: those given as files, else those of the dossier."""

    def __init__(self, library: Library, options: ImportOptions) -> None:
        self._library = library
        self._encoding = options.encoding
        self._given: dict[str, Input] = {}
        self._by_last: dict[str, list[str]] = {}
        """Names of files given, by their last part with its ending and without."""
        self.own: dict[str, str] = {}
        """Texts that an annotation file holds itself, by their addresses."""

    def give(self, file: Input) -> None:
        """Take a file that is a text."""
        if file.name not in self._given:
            for last in {Path(file.name).name, stem(file.name)}:
                self._by_last.setdefault(last, []).append(file.name)
        self._given[file.name] = file

    def text_of(self, address: str, *, only: bool) -> str:
        """The text at an address; with `only`, the one file given is it, whatever its name.

        Raises:
            DossierError: there is none.

        """
        if address in self.own:
            return self.own[address]
        last = address.partition("#")[0].partition("?")[0].rstrip("/").rpartition("/")[2]
        fitting = list(dict.fromkeys([address] * (address in self._given) + self._by_last.get(last, [])))
        if not fitting and only and len(self._given) == 1:
            fitting = list(self._given)
        if len(fitting) == 1:
            return self._read(self._given[fitting[0]])
        if not address:
            raise DossierError("It names no text; name the article, URL or title in each row.")
        found = self._library.text_of(address)
        if found is None:
            raise DossierError(
                f"The text of {address} was not given; name it as a text file as well, or import into a dossier that"
                " has an article of that address."
            )
        return found

    def _read(self, file: Input) -> str:
        text = decode(file.read(4 * LARGEST_TEXT), file.name, self._encoding)
        return page_text(text) if file.name.lower().endswith((".html", ".htm", ".xhtml")) else text


def split_inputs(files: Sequence[Path], sources: AnnotatedTexts) -> Iterator[Input]:
    """The annotation files among those named; texts go to `sources`."""
    for file in gather(files):
        if file.name.lower().endswith(TEXTS):
            sources.give(file)
        else:
            yield file


def parts(
    annotations: Sequence[WebAnnotation], sources: AnnotatedTexts, options: ImportOptions, what: str
) -> Iterator[ExchangePart]:
    """The pieces of annotations: each page an article, each annotation with words a quote, each tag an issue."""
    pages = list(dict.fromkeys(target.source for one in annotations for target in one.targets))
    if not pages:
        raise DossierError(f"{what} holds no annotation.")

    def text_of(page: str) -> str:  # read again for each use: not all texts fit into memory
        return sources.text_of(page, only=len(pages) == 1)

    convention = convention_of(annotations, text_of, options, what)
    tags = dict.fromkeys(tag for one in annotations for tag in one.tags)
    yield ExchangePart(records=tuple(Record(f"tag:{tag}", "issue", tag) for tag in tags))
    of_page: dict[str, list[WebAnnotation]] = {page: [] for page in pages}
    for one in annotations:
        for page in dict.fromkeys(target.source for target in one.targets):
            of_page[page].append(one)
    for page in pages:
        yield page_part(page, text_of(page), of_page[page], convention, options.losses, what)


def page_part(
    page: str, text: str, annotations: Iterable[WebAnnotation], convention: Convention | None, losses: Losses, what: str
) -> ExchangePart:
    """A page with its annotations of the file that `what` names, which tells them from those of another."""
    records: list[Record] = []
    links: list[Connection] = []
    notes: list[str] = []
    title = ""
    places = None if convention is None else Places(text, convention)
    for number, one in enumerate(annotations):
        title = title or one.title
        here = [passage(page, target, places) for target in one.targets if target.source == page]
        worded = tuple(found for found in here if found.words or found.start >= 0)
        if worded:
            issues = tuple(f"tag:{tag}" for tag in one.tags)
            fields = {"note": one.comment} if one.comment else {}
            key = f"{what} {page} {one.id} {number}"
            references = {"issues": issues}
            records.append(Record(key, "quote", "", "", {**fields}, references, worded, unattributed=True))
        elif one.tags:
            links += [Connection(page, ABOUT, f"tag:{tag}", note=one.comment) for tag in one.tags]
        elif one.comment:
            notes.append(one.comment)
        else:
            losses.lose("annotations without words, tags and comment")
    url = page if page.startswith(("http://", "https://")) else ""
    fields = {"title": title, "url": url, "note": "\n".join(notes)}
    document = ExchangeDocument(page, text, title or stem(page.rstrip("/")), {k: v for k, v in fields.items() if v})
    return ExchangePart(document, records=tuple(records), connections=tuple(links))


def passage(page: str, target: Target, places: Places | None) -> DocumentPassage:
    """The words that a target selects."""
    span = places.span(target.start, target.end) if places is not None and target.start >= 0 else None
    start, end = span or (-1, -1)
    return DocumentPassage(page, start, end, target.exact, target.before, target.after)


def convention_of(
    annotations: Sequence[WebAnnotation], text_of: Callable[[str], str], options: ImportOptions, what: str
) -> Convention | None:
    """The convention of offsets; None when they are not used, because the words beside them suffice.

    Raises:
        DossierError: it cannot be told, and there are selections without words.

    """
    targets = [target for one in annotations for target in one.targets if target.start >= 0]
    if not targets:
        return None
    if options.offsets:
        options.losses.convention = options.offsets
        return Convention.parse(options.offsets)
    detector = Detector()
    of_page: dict[str, list[Target]] = {}
    for target in targets:
        of_page.setdefault(target.source, []).append(target)
    for page, here in of_page.items():
        text = text_of(page)
        folded = Folded(text).text  # words that have gone from their page tell nothing of offsets
        telling = [one for one in here if fold(one.exact) in folded]
        detector.add(text, [Selection(one.start, one.end, one.exact) for one in telling])
    if not detector.selections:
        return None
    try:
        found = detector.decide(what)
    except DossierError as error:
        if not all(fold(target.exact) for target in targets):
            raise
        options.losses.tell(f"The words beside the offsets were used, and not the offsets: {error}")
        return None
    options.losses.convention = str(found)
    return found
