"""The format of a dossier, field by field. Loader, checker, JSON Schema, index, detail, export and the field reference
all read these declarations; a new field is one row here.
"""

from dossier.model.entries import Kind
from dossier.model.field_spec import FieldSpec, Section
from dossier.model.relations import ABOUT, ATTENDED_BY, PART_OF, SAID_BY, STANCES

ATTRIBUTIONS = ("direct", "paraphrase", "anonymous", "inferred")
"""How a quote is tied to who said it, the most certain first."""


_NAME = FieldSpec("name", "text", "What it is called.", required=True)
_ALIASES = FieldSpec("aliases", "texts", "Other names by which articles call it.", lead="also", searched=False)
_SEARCHED = FieldSpec(
    "search_aliases", "texts", "Names by which only a search finds it; they are not shown in articles.", searched=False
)
_MENTIONS = FieldSpec("mentions", "flag", "Whether its names are found in articles by themselves; yes unless said.")
_NOTE = FieldSpec("note", "text", "The editor's own remark; never taken for evidence.", shown=False)
_UNSEARCHED_NOTE = FieldSpec("note", "text", _NOTE.says, shown=False, searched=False)
"""The note of what is searched as words of a source, among which it would be taken for them."""
_ISSUES = FieldSpec("issues", "references", "The issues it is about.", targets=("issue",), relation=ABOUT)

PERSON_FIELDS = (
    _NAME,
    FieldSpec("role", "text", "Office or function.", query="minister"),
    FieldSpec("part", "text", "Part in the delegation: head, principal, …"),
    FieldSpec("memberships", "memberships", "Delegations that the person belongs to, some only for a time."),
    _ALIASES,
    _SEARCHED,
    _MENTIONS,
    _NOTE,
)

MEMBERSHIP_FIELDS = (
    FieldSpec("delegation", "reference", "The delegation.", required=True, targets=("delegation",)),
    FieldSpec("role", "text", "Office or function in it."),
    FieldSpec("from", "date", "The first day, month or year of it; always, unless given."),
    FieldSpec("until", "date", "The last one, itself included; to this day, unless given."),
)

SECTIONS: dict[str, Section] = {
    section.name: section
    for section in (
        Section(
            "articles",
            "article",
            "title",
            (
                FieldSpec("file", "path", "The text, relative to the dossier's folder.", required=True),
                FieldSpec("title", "text", "Headline."),
                FieldSpec("published", "date", "Day of publication."),
                FieldSpec("publisher", "text", "Who published it.", searched=False, query="yonhap"),
                FieldSpec("author", "text", "Who wrote it.", searched=False, query="smith"),
                FieldSpec("url", "url", "Where it can be read: http, https or mailto."),
                FieldSpec(
                    "language", "text", "BCP 47 code; chooses the stemming of the search.", shown=False, searched=False
                ),
                FieldSpec(
                    "reliability",
                    "choice",
                    "Grade of the source, A to F.",
                    choices=("A", "B", "C", "D", "E", "F"),
                    query="A",
                ),
                FieldSpec("original", "path", "The file that `dossier add` took it from, kept as it came."),
                FieldSpec(
                    "sha256", "text", "SHA-256 of that file, in hexadecimal digits.", shown=False, searched=False
                ),
                FieldSpec(
                    "guessed",
                    "texts",
                    "Fields that were inferred when it was taken in; delete what you have checked.",
                    shown=False,
                    searched=False,
                ),
                _UNSEARCHED_NOTE,
            ),
            "The sources.",
        ),
        Section(
            "delegations",
            "delegation",
            "name",
            (
                _NAME,
                _ALIASES,
                _SEARCHED,
                FieldSpec("members", "members", "Its people, by id."),
                FieldSpec(
                    "part_of",
                    "references",
                    "The coalitions it is part of.",
                    targets=("delegation",),
                    relation=PART_OF,
                ),
                _MENTIONS,
                _NOTE,
            ),
            "Who sits at the table.",
        ),
        Section("people", "person", "name", PERSON_FIELDS, "People who belong to no delegation, or to several."),
        Section(
            "issues",
            "issue",
            "name",
            (
                _NAME,
                _ALIASES,
                FieldSpec("parent", "reference", "The issue it is part of.", targets=("issue",), relation=PART_OF),
                _SEARCHED,
                _MENTIONS,
                _NOTE,
            ),
            "What is at issue.",
        ),
        Section(
            "quotes",
            "quote",
            "text",
            (
                FieldSpec("text", "text", "The words.", required=True),
                FieldSpec(
                    "original", "text", "The words of the source, where `text` is a translation of them.", shown=False
                ),
                FieldSpec(
                    "speaker",
                    "references",
                    "Who said it; several for a joint statement.",
                    targets=("person", "delegation"),
                    relation=SAID_BY,
                ),
                _ISSUES,
                FieldSpec(
                    "attribution", "choice", "How sure it is who said it.", choices=ATTRIBUTIONS, query="anonymous"
                ),
                FieldSpec("via", "texts", "Who passes it on, in the order of the chain.", lead="via", searched=False),
                FieldSpec(
                    "stance", "choice", "What it says for or against its issues.", choices=STANCES, query="against"
                ),
                FieldSpec("date", "date", "When it was said; the article's day unless given."),
                FieldSpec("at", "anchors", "Where it stands, when its own words do not say so."),
                _UNSEARCHED_NOTE,
            ),
            "What was said.",
        ),
        Section(
            "events",
            "event",
            "name",
            (
                _NAME,
                FieldSpec("when", "when", "A day, month, year or time, or an interval `from/to` (EDTF level 1)."),
                FieldSpec("place", "text", "Where it took place.", query="london"),
                FieldSpec("at", "anchors", "The words that report it."),
                _ISSUES,
                FieldSpec(
                    "participants",
                    "references",
                    "Who took part.",
                    targets=("person", "delegation"),
                    relation=ATTENDED_BY,
                ),
                _NOTE,
            ),
            "What happened.",
        ),
    )
}
"""Every section of entries, by its name in YAML."""

LINK_FIELDS = (
    FieldSpec("from", "reference", "The entry it runs from.", required=True),
    FieldSpec("rel", "text", "The relation.", required=True),
    FieldSpec("to", "reference", "The entry it runs to.", required=True),
    FieldSpec("at", "anchors", "The words it rests on."),
    FieldSpec("date", "date", "When it came about; the article's day unless given."),
    FieldSpec("credibility", "whole", "From 1, confirmed, to 6, cannot be judged.", lowest=1, highest=6),
    _NOTE,
)

ANCHOR_FIELDS = (
    FieldSpec("text", "text", "The exact words."),
    FieldSpec("article", "reference", "The article they stand in.", targets=("article",)),
    FieldSpec("before", "text", "Words directly before them."),
    FieldSpec("after", "text", "Words directly after them."),
    FieldSpec("occurrence", "whole", "Which of several places, from 1.", lowest=1, highest=1_000_000),
)

EXTENDS_FIELDS = (
    FieldSpec(
        "archive",
        "text",
        "Its name: that of its folder beside the dossier's, or one that the reader's configuration places.",
        required=True,
    ),
    FieldSpec("key", "text", "Fingerprint of the key that must have signed it, such as `SHA256:…` of `ssh-keygen -l`."),
    FieldSpec("version", "text", "The version the dossier was written on; the check tells when it is another."),
)

RELATION_FIELDS = (
    FieldSpec("inverse", "text", "How it reads from the other end.", required=True),
    FieldSpec("stance", "choice", "What it says of a delegation's position on an issue.", choices=STANCES),
    _NOTE,
)

HEADER_FIELDS = (
    FieldSpec("format", "whole", "Version of this format.", lowest=1, highest=1),
    FieldSpec("title", "text", "What the dossier is called."),
    FieldSpec("summary", "text", "What it is about."),
    FieldSpec("language", "text", "BCP 47 code of its articles, unless they say otherwise."),
    FieldSpec(
        "article", "reference", "The article of every anchor in this file that names none.", targets=("article",)
    ),
)

OTHER_KEYS: dict[str, str] = {
    "extends": "The published archive whose articles and entries this dossier refers to; in `dossier.yaml` alone.",
    "labels": "Own names of the sections, by the section's name: `{delegations: Parties}`.",
    "article_files": "Patterns of further articles, such as `articles/*.md`: id by stem, rest by front matter.",
    "relations": "Own relations, by name.",
    "links": "Cross-references, a list.",
    "searches": "Searches to keep, by name: `{On rare earths: issue:rare-earths}`.",
}
"""The top-level keys that are neither header nor a section of entries, with what they are for."""

SECTION_OF: dict[Kind, Section] = {section.kind: section for section in reversed(SECTIONS.values())}
"""The section that declares a kind's fields (for a person, `people`)."""

_FACTS = ("text", "texts", "date", "when", "choice", "whole", "url")
"""Forms whose values can be told in a line; references, anchors and members have lists of their own."""


def fact_fields(kind: Kind) -> tuple[FieldSpec, ...]:
    """The fields that the details of an entry tell among its facts, in the order of their declaration."""
    section = SECTION_OF[kind]
    return tuple(one for one in section.fields if one.shown and one.form in _FACTS and one.name != section.title)


def searched_fields(kind: Kind) -> tuple[str, ...]:
    """The names of the text fields in whose words a search looks, beside title and names."""
    section = SECTION_OF[kind]
    texts = (one for one in section.fields if one.searched and one.form in ("text", "texts"))
    return tuple(one.name for one in texts if one.name != section.title)


def queried_fields(kind: Kind) -> tuple[FieldSpec, ...]:
    """The fields that a query asks for as `name:value`, in the order of their declaration."""
    return tuple(one for one in SECTION_OF[kind].fields if one.query)
