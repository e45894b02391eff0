"""The words of a web page, by two independent readings: the one module that knows resiliparse and trafilatura.

The words themselves always come from the page as a whole, in its order, so that neither reading can alter or reorder
them; the readings only say which lines belong to the article.
"""

import logging
import re

from dossier.intake.containers import refuse_entities
from dossier.intake.decoding import declared_in_html, decode
from dossier.intake.document import Unfit
from dossier.intake.page_markup import write_out

MAX_PAGE = 8_000_000
"""Characters of a page without the pictures written into it."""
MAX_DEPTH = 400
"""Elements inside each other: readings take time by the square of it."""
MAX_ELEMENTS = 150_000
_EMBEDDED = re.compile(r"data:[\w/+.;=-]{0,80},[A-Za-z0-9+/=%_.~\s-]{200,}")
_OPENING = re.compile(r"<[A-Za-z]")
MISSING = "the extra “intake” is not installed; run: pip install 'dossier-browser[intake]'"


class WebPage:
    """A web page, parsed once."""

    def __init__(self, data: bytes, encoding: str = "") -> None:
        """Parse the bytes of a page; `encoding` is what a mail or an archive says of them.

        Raises:
            Unfit: it is too large, too deep or made to do harm, or the libraries are missing.

        """
        try:
            from resiliparse.parse.html import HTMLTree  # noqa: PLC0415  an extra
        except ImportError as error:
            raise Unfit(MISSING) from error
        refuse_entities(data)
        text, self.warnings = decode(data, declared_in_html(data) or encoding)
        self.source = _EMBEDDED.sub("data:,", text)
        if len(self.source) > MAX_PAGE:
            raise Unfit(f"it is larger than a page to be read may be ({MAX_PAGE / 1e6:.0f} million characters)")
        if sum(1 for _ in _OPENING.finditer(self.source)) > MAX_ELEMENTS:
            raise Unfit(f"it has more elements than a page to be read may have ({MAX_ELEMENTS:,})")
        self.tree = HTMLTree.parse(self.source)
        _measure(self.tree)
        changed, self.decisions = write_out(self.tree, self.source)
        if changed:
            self.source = str(self.tree)

    def lines(self) -> list[str]:
        """Every visible line of the page; an empty one stands between paragraphs."""
        return self._plain(main=False).splitlines()

    def second(self) -> str:
        """The article as resiliparse finds it."""
        return self._plain(main=True)

    def first(self) -> str:
        """The article as trafilatura finds it."""
        try:
            from trafilatura import bare_extraction  # noqa: PLC0415  an extra
        except ImportError as error:
            raise Unfit(MISSING) from error
        for name in ("trafilatura", "htmldate"):
            logging.getLogger(name).disabled = True
        try:
            found = bare_extraction(
                self.source, fast=True, include_comments=False, include_tables=True, with_metadata=False
            )
        except Exception:  # noqa: BLE001  whatever it stumbles over, the other reading is there
            return ""
        body = getattr(found, "body", None)
        return "\n".join(body.itertext()) if body is not None else ""

    def _plain(self, *, main: bool) -> str:
        from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415  an extra

        found: str = extract_plain_text(
            self.tree, preserve_formatting=True, main_content=main, list_bullets=False, alt_texts=False
        )
        return found


def _measure(tree: object) -> None:
    """Raise `Unfit` for a page that is nested too deep."""
    node = getattr(tree, "document").first_child  # noqa: B009  an extension type without declarations
    depth = 0
    while node is not None:
        if node.first_child is not None:
            node, depth = node.first_child, depth + 1
            if depth > MAX_DEPTH:
                raise Unfit(f"it is nested more than {MAX_DEPTH} levels deep, as no page to be read is")
            continue
        while node is not None and node.next is None:
            node, depth = node.parent, depth - 1
        node = node.next if node is not None else None
