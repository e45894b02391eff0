"""A folder of notes for Obsidian and other slip boxes: a file per entry, with front matter and links.

Links are Markdown's own, relative to the folder: Obsidian follows them and counts them as its own, and so do GitHub
and Pandoc. A quote's note is titled by speaker and issue, so that its words stand in one place alone.
"""

import hashlib
import re
from collections.abc import Iterator

from msgspec.structs import replace

from dossier.export.escaping import address, block, code, escape_start, inline, one_line
from dossier.export.styles.brief_style import tell_narrowings
from dossier.export.styles.entries import EntryRenderer
from dossier.export.styles.phrases import speaker_of
from dossier.export.styles.source_notes import Cite, SourceNotes, name_source
from dossier.export.tables import render_table
from dossier.model.articles import paragraphs
from dossier.model.brief import Brief, BriefItem, Chapter, CitedSource
from dossier.model.brief_options import BriefOptions
from dossier.model.relations import ABOUT, MEMBER_OF
from dossier.model.spoken_dates import spoken_date

INDEX = "_index.md"
"""The note that lists all others; no id begins with an underscore."""

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,120}")
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")
_NO_CHARACTERS = re.compile("[\ufffe\uffff]")
"""Code points that Unicode assigns to nothing, and that no YAML file may hold."""
_MARKS = re.compile('["“”„«»]')


def render_notes(brief: Brief, options: BriefOptions, name: Cite = name_source) -> dict[str, str]:
    """The notes by their file names, in the order of the brief; each ends in one line feed."""
    return _Folder(brief, options, name).files()


def note_file(entry_id: str) -> str:
    """The name of an entry's file, which every system takes."""
    if _NAME.fullmatch(entry_id) and not _DEVICES.fullmatch(entry_id):
        return f"{entry_id}.md"
    digest = hashlib.sha256(entry_id.encode("utf-8", "replace")).hexdigest()[:12]
    return f"{re.sub(r'[^a-z0-9_-]+', '-', entry_id.lower())[:60].strip('-_') or 'entry'}-{digest}.md"


class _Folder:
    """A rendering."""

    def __init__(self, brief: Brief, options: BriefOptions, name: Cite) -> None:
        self.brief = brief
        self.options = options
        self.cite = name
        self.items: dict[str, BriefItem] = {}
        self.titles: dict[str, str] = {}
        self.given: dict[str, int] = {}
        self.above: dict[str, str] = {}
        self.cited_by: dict[str, list[str]] = {}
        for chapter in brief.chapters:
            self._take(chapter)

    def _take(self, chapter: Chapter) -> None:
        parents: list[str] = []
        for item in chapter.items:
            entry_id = item.entry.id
            del parents[item.depth :]
            parents.append(entry_id)
            if entry_id in self.items:
                self.items[entry_id] = _merge(self.items[entry_id], item)
                continue
            self.items[entry_id] = item
            self.titles[entry_id] = self._free(_title(item))
            if item.depth and len(parents) > 1:
                self.above[entry_id] = parents[-2]
            for source in dict.fromkeys(citation.source.id for citation in item.citations):
                self.cited_by.setdefault(source, []).append(entry_id)

    def _free(self, title: str) -> str:
        """A title that no other note has."""
        number = self.given[title] = self.given.get(title, 0) + 1
        return title if number == 1 else f"{title} ({number})"

    def _rank(self, entry_id: str) -> tuple[bool, str, str, str]:
        """The rank of a note among others: the same whatever panes are exported, so that `verify` finds it again."""
        kind = self.items[entry_id].entry.kind
        return kind != "quote", kind, self.titles[entry_id].casefold(), entry_id

    def files(self) -> dict[str, str]:
        """All notes."""
        found = {INDEX: self._index()}
        for number, chapter in enumerate(self.brief.chapters, 1):
            if chapter.table:
                found[_table_file(number)] = self._table(chapter)
        for item in self.items.values():
            found[note_file(item.entry.id)] = self._note(item)
        return found

    def link(self, entry_id: str, title: str) -> str:
        """The name of an entry: a link to its note where it has one. Its label holds no quotation marks."""
        label = inline(_MARKS.sub("", self.titles.get(entry_id, title))) or inline(entry_id) or "unnamed"
        return f"[{label}]({note_file(entry_id)})" if entry_id in self.items else label

    def _index(self) -> str:
        title = inline(self.options.title) or inline(self.brief.title) or "Notes"
        blocks = [f"# {title}", *block(self.brief.summary)]
        signed = [inline(self.options.author), inline(spoken_date(self.options.date))]
        if any(signed):
            blocks.insert(1, f"*{' · '.join(filter(None, signed))}*")
        blocks += tell_narrowings(self.brief)
        for number, chapter in enumerate(self.brief.chapters, 1):
            blocks.append(f"## {inline(chapter.name) or 'Entries'}")
            if chapter.table:
                blocks.append(f"[{inline(chapter.name) or 'Table'}]({_table_file(number)})")
                continue
            lines = [
                f"{'  ' * item.depth}- {escape_start(self.link(item.entry.id, item.entry.title))}"
                for item in chapter.items
            ]
            blocks.append("\n".join(lines) or "*Nothing to show.*")
        return "\n\n".join(blocks) + "\n"

    def _table(self, chapter: Chapter) -> str:
        assert chapter.table is not None
        notes = self._footnotes()
        blocks = [
            f"# {inline(chapter.name)}",
            *tell_narrowings(self.brief),
            *render_table(chapter, chapter.table, self.link, notes),
        ]
        return "\n\n".join([*blocks, *notes.definitions()]) + "\n"

    def _footnotes(self) -> SourceNotes:
        return SourceNotes(self._source, self.brief)

    def _source(self, source: CitedSource) -> str:
        """A source as it is cited; our own form links its title to the article's note."""
        told = self.cite(source)
        title = f"*{inline(source.title)}*"
        if source.id in self.items and told.startswith(title) and not re.search(r"[\[\]]", source.title):
            return f"[{title}]({note_file(source.id)}){told[len(title) :]}"
        return told

    def _note(self, item: BriefItem) -> str:
        notes = self._footnotes()
        writer = EntryRenderer(notes, self.link, editor_notes=self.options.notes)
        body = list(self._body(item, writer, notes))
        blocks = [_front_matter(item, self.titles[item.entry.id]), f"# {inline(self.titles[item.entry.id])}", *body]
        return "\n\n".join(filter(None, [*blocks, *notes.definitions()])) + "\n"

    def _body(self, item: BriefItem, writer: EntryRenderer, notes: SourceNotes) -> Iterator[str]:
        told = tuple(
            replace(one, citations=()) if one.kind == "quote" else one  # the quote's own note has its evidence
            for one in item.references
            if one.kind != "quote" or one.other in self.items
        )
        if item.entry.kind == "quote":
            yield from writer.quote(replace(item, references=told))
            return
        if item.entry.kind == "article":
            yield from self._article(item)
        else:
            yield from self._facts(item, notes)
        yield from writer.relations(replace(item, references=told))
        yield from writer.remarks(item)

    def _facts(self, item: BriefItem, notes: SourceNotes) -> Iterator[str]:
        """The facts about an entry, line by line, each behind emphasis."""
        entry = item.entry
        dated = any(one.relation == MEMBER_OF for one in item.references)  # told among the relations, with their times
        above = "" if dated else self.above.get(entry.id, "")
        facts = (
            ("Member of" if entry.kind == "person" else "Part of", self.link(above, "") if above else ""),
            ("Office", inline(entry.text("role"))),
            ("Also called", ", ".join(filter(None, map(inline, entry.texts("aliases"))))),
            ("When", inline(spoken_date(entry.text("when")))),
            ("Where", inline(entry.text("place"))),
            ("Rests on", notes.frank_marks(item.citations)),
        )
        told = [f"*{label}:* {text}" for label, text in facts if text]
        if told:
            yield " · ".join(told)

    def _article(self, item: BriefItem) -> Iterator[str]:
        """The note of an article: its facts, its text by paragraphs, and the notes that rest on it."""
        entry = item.entry
        fields = ("author", "publisher", "language", "reliability")
        facts = ["Article", inline(spoken_date(entry.text("published"))), *(inline(entry.text(one)) for one in fields)]
        facts.append(address(entry.text("url")) if one_line(entry.text("url")) else "")
        yield " · ".join([*filter(None, facts), code(entry.id)])
        if resting := sorted(self.cited_by.get(entry.id, ()), key=self._rank):
            yield f"*Quoted in:* {', '.join(self.link(one, '') for one in resting)}"
        for paragraph in paragraphs(item.text):
            lines = block(item.text[paragraph.start : paragraph.end], "> ")
            yield f"> **¶ {paragraph.number}**\n" + "\n".join(lines)


def _table_file(number: int) -> str:
    return f"_table-{number}.md"


def _title(item: BriefItem) -> str:
    """The name of a note; of a quote, its speaker and subject, and not its words."""
    if item.entry.kind != "quote":
        return one_line(item.entry.title) or one_line(item.entry.id) or "Untitled"
    about = next((one_line(one.title) for one in item.references if one.relation == ABOUT and one.kind != "quote"), "")
    return f"{speaker_of(item)} on {about}" if about else f"Said by {speaker_of(item)}"


def _front_matter(item: BriefItem, title: str) -> str:
    """The properties of a note; texts in single quotes, so that YAML makes nothing else of them."""
    entry = item.entry
    properties = [("id", entry.id), ("kind", entry.kind), ("title", title)]
    names = ("published", "date", "when", "publisher", "author", "url", "role", "attribution", "stance", "place")
    properties += [(name, entry.text(name)) for name in names]
    if not item.joint:
        properties.append(("speaker", item.speaker))
    about = [one for one in item.references if one.relation == ABOUT] if entry.kind == "quote" else []
    lists = (
        ("speaker", [name for _, name in item.joint]),
        ("via", entry.texts("via")),
        ("aliases", entry.texts("aliases")),
        ("issues", [one.title for one in about if one.kind == "issue"]),
        ("about", [one.title for one in about if one.kind != "issue"]),
    )
    lines = [f"{name}: {_scalar(text)}" for name, text in properties if one_line(text)]
    for name, texts in lists:
        told = [f"  - {_scalar(one)}" for one in texts if one_line(one)]
        lines += [f"{name}:", *told] if told else []
    return "\n".join(["---", *lines, f"tags: [{entry.kind}]", "---"])


def _scalar(text: str) -> str:
    plain = _NO_CHARACTERS.sub("\ufffd", one_line(text))
    if re.fullmatch(r"[a-z][a-z-]*[a-z]", plain) and plain not in _WORDS:
        return plain
    doubled = plain.replace("'", "''")
    return f"'{doubled}'"


_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "nan", "inf"})
"""What YAML takes for something other than a text."""


def _merge(item: BriefItem, again: BriefItem) -> BriefItem:
    """Return one item of two on the same entry, with the links and remarks of both."""
    further = tuple(one for one in again.references if one not in item.references)
    remarks = dict.fromkeys(filter(None, (item.remark, again.remark)))
    return replace(item, references=item.references + further, remark="\n\n".join(remarks))
