"""A brief to send: title, date and author, own headings, each quote once with who said it and a footnote.

No ids, no links inside the document, no text of articles; a status is told only where words are not exactly there.
`dossier.export.styles.reading` finds its way back by the shape alone: direct speech in block quotations, any other
words behind a bold name and a colon, the source in the footnote, all that is no quotation behind emphasis.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from dossier.export.escaping import block, escape_start, inline, one_line
from dossier.export.styles.entries import EntryRenderer, plain_name
from dossier.export.styles.source_notes import Cite, SourceNotes, name_source
from dossier.export.tables import render_table
from dossier.model.brief import Brief, BriefItem, BriefReference, Chapter
from dossier.model.brief_options import BriefOptions
from dossier.model.relations import ABOUT
from dossier.model.spoken_dates import spoken_date

ELSE = "Other statements"
"""The heading of quotes that are about nothing in particular."""


def render_brief(brief: Brief, options: BriefOptions, name: Cite = name_source, sources: str = "") -> str:
    """The document as Markdown; it ends in one line feed. `sources` is a bibliography to close with, if any."""
    return "\n\n".join(_Brief(brief, options, name).blocks(sources)) + "\n"


def tell_narrowings(brief: Brief) -> Iterator[str]:
    """The filters of a brief, as a paragraph; nothing when there are none."""
    narrowed = [one_line(brief.query) and f"search for {inline(brief.query)}", *map(inline, brief.narrowed)]
    if any(narrowed):
        yield f"*Covers only:* {'; '.join(filter(None, narrowed))}."


class _Brief:
    """A rendering."""

    def __init__(self, brief: Brief, options: BriefOptions, name: Cite) -> None:
        self.brief = brief
        self.options = options
        self.told: set[tuple[str, BriefReference | None]] = set()
        self.notes = SourceNotes(name, brief)
        self.writer = EntryRenderer(self.notes, editor_notes=options.notes)

    def blocks(self, sources: str) -> Iterator[str]:
        """The blocks of the document; an empty line parts them."""
        options, brief = self.options, self.brief
        yield f"# {inline(options.title) or inline(brief.title) or 'Brief'}"
        signed = (inline(options.author), inline(spoken_date(options.date)))
        if any(signed):
            yield f"*{' · '.join(filter(None, signed))}*"
        yield from block(brief.summary)
        yield from tell_narrowings(brief)
        for chapter in brief.chapters:
            yield from self.chapter(chapter)
        if sources:
            yield "## Sources"
            yield sources
        yield from self.notes.definitions()

    def chapter(self, chapter: Chapter) -> Iterator[str]:
        """A chapter; when it is the only one, its own heading would say nothing."""
        alone = len(self.brief.chapters) == 1
        heading = [] if alone else [f"## {inline(chapter.name) or 'Entries'}"]
        if chapter.table:
            yield from heading
            yield from render_table(chapter, chapter.table, plain_name, self.notes)
            return
        items = [self._own_heading(item) for item in chapter.items if not self.told.issuperset(_content_of(item))]
        self.told.update(one for item in chapter.items for one in _content_of(item))
        if not items:
            yield from heading
            yield "*All of it is told above.*" if chapter.items else "*Nothing to show.*"
            return
        if any(own for own, _ in items):
            yield from () if alone else heading
            yield from self._under_own(items, "##" if alone else "###")
            return
        if all(item.entry.kind == "quote" for _, item in items) and not any(item.remark for _, item in items):
            yield from heading
            yield from self._group_by_issue([item for _, item in items], "##" if alone else "###")
            return
        yield from heading
        yield from self._run([item for _, item in items])

    def _own_heading(self, item: BriefItem) -> tuple[str, BriefItem]:
        """The author's heading above an entry: given, or the first line of the remark on it when that begins with #."""
        first, _, rest = item.remark.strip().partition("\n")
        given = self.options.headings.get(item.entry.id, "")
        if first.startswith("#") and first.strip("# "):
            return given or first.strip("# "), replace(item, remark=rest.strip())
        return given, item

    def _under_own(self, items: list[tuple[str, BriefItem]], level: str) -> Iterator[str]:
        run: list[BriefItem] = []
        for own, item in items:
            if own:
                yield from self._run(run)
                run = []
                yield f"{level} {inline(own)}"
            run.append(item)
        yield from self._run(run)

    def _group_by_issue(self, items: list[BriefItem], level: str) -> Iterator[str]:
        """Quotes under the first of their issues, issues in the order in which they come up."""
        grouped: dict[tuple[str, str], list[BriefItem]] = {}
        for item in items:
            about = next((one for one in item.references if one.relation == ABOUT), None)
            grouped.setdefault((about.other, about.title) if about else ("", ELSE), []).append(item)
        last = grouped.pop(("", ELSE), [])
        for (issue, title), quotes in [*grouped.items(), *([(("", ELSE), last)] if last else [])]:
            if grouped:
                yield f"{level} {inline(title)}"
            for item in quotes:
                yield from self.writer.quote(item, issue)

    def _run(self, items: list[BriefItem]) -> Iterator[str]:
        """Entries in order: quotes as paragraphs, what stands in one line as a list."""
        lines: list[str] = []
        for item in items:
            if item.entry.kind == "quote":
                yield from self._list(lines)
                lines = []
                yield from self.writer.quote(item)
            else:
                lines += self._line(item)
        yield from self._list(lines)

    @staticmethod
    def _list(lines: list[str]) -> Iterator[str]:
        if lines:
            yield "\n".join(lines)

    def _line(self, item: BriefItem) -> Iterator[str]:
        kind = item.entry.kind
        line = {"event": self.writer.event, "article": self.writer.article}.get(kind, self.writer.party)(item)
        indent = "  " * item.depth
        yield f"{indent}- {escape_start(line)}"
        if kind not in ("event", "article"):
            yield from (
                f"{indent}  - {escape_start(told)}" for told in self.writer.relations(self._without_quotes(item))
            )
        yield from (f"{indent}  - {escape_start(' '.join(told.split()))}" for told in self.writer.remarks(item))

    @staticmethod
    def _without_quotes(item: BriefItem) -> BriefItem:
        """The links of an entry but for quotes and events, which are told in their own place or not asked for.

        A link to an event that is the only one was chosen, or is all that there is.
        """
        if len(item.references) == 1 and item.references[0].kind == "event":
            return item
        told = tuple(one for one in item.references if one.kind not in ("quote", "event"))
        return replace(item, references=told)


def _content_of(item: BriefItem) -> set[tuple[str, BriefReference | None]]:
    """An entry and its links, by which a later chapter knows what was told of it already."""
    return {(item.entry.id, None), *((item.entry.id, one) for one in item.references)}
