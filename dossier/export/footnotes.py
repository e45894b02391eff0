"""Footnotes: each piece of evidence once, numbered in the order of its first use."""

from collections.abc import Iterable

from dossier.export.escaping import address, code, inline, one_line
from dossier.model.anchors import GLYPHS, STATUSES, Status
from dossier.model.brief import Citation, CitedSource
from dossier.model.spoken_dates import spoken_date

_Key = tuple[str, int, int, str, str, str]


def worst(citations: Iterable[Citation]) -> Status | None:
    """The status furthest from certain among `citations`; None when there are none."""
    return max((citation.evidence.status for citation in citations), key=STATUSES.index, default=None)


def most_doubtful(citations: Iterable[Citation]) -> Status | None:
    """The least certain status among `citations`; None when there are none."""
    return max((citation.evidence.status for citation in citations), key=STATUSES.index, default=None)


def doubt(status: Status | None) -> str:
    """`reworded, not evidence`; empty for a status that counts as evidence, and for none."""
    return f"{status}, not evidence" if status in ("reworded", "ambiguous", "missing") else ""


def warning(citation: Citation) -> str:
    """A sentence in Markdown that says why the words are no evidence; empty when they are."""
    evidence = citation.evidence
    if evidence.sound:
        return ""
    label = f"**{GLYPHS[evidence.status]} {doubt(evidence.status).capitalize()}:**"
    if evidence.status == "reworded":
        return f"{label} the source now reads “{inline(evidence.text)}”"
    why = inline(evidence.why) or ("the words stand at several places" if evidence.places else "not in the source")
    return f"{label} {why}"


class Footnotes:
    """The footnotes of one document."""

    def __init__(self) -> None:
        self._numbers: dict[_Key, int] = {}
        self._cited: list[Citation] = []

    def marks(self, citations: Iterable[Citation]) -> str:
        """`[^1] [^2]`: the references to `citations`, each once."""
        return " ".join(dict.fromkeys(f"[^{self._number(citation)}]" for citation in citations))

    def frank_marks(self, citations: Iterable[Citation]) -> str:
        """`[^1] [^2] (missing, not evidence)`: the same, with a word behind each that is no evidence."""
        marks: dict[str, None] = {}
        for citation in citations:
            told = doubt(citation.evidence.status)
            marks[f"[^{self._number(citation)}]" + (f" ({told})" if told else "")] = None
        return " ".join(marks)

    def beyond(self, citations: Iterable[Citation], known: Iterable[Citation]) -> bool:
        """Return whether `citations` name any evidence that is not among `known`."""
        return not {_key(citation) for citation in citations} <= {_key(citation) for citation in known}

    def definitions(self) -> list[str]:
        """The notes themselves, in order."""
        return [f"[^{number}]: {_note(citation)}" for number, citation in enumerate(self._cited, 1)]

    def _number(self, citation: Citation) -> int:
        key = _key(citation)
        if key not in self._numbers:
            self._cited.append(citation)
            self._numbers[key] = len(self._cited)
        return self._numbers[key]


def _key(citation: Citation) -> _Key:
    """The same words at the same place are one piece of evidence, whatever rests on them."""
    evidence = citation.evidence
    words = "" if evidence.sound else evidence.wanted.text
    return citation.source.id, evidence.start, evidence.end, evidence.status, evidence.text, words


def cite(text: str, marks: str) -> str:
    """`text`, already Markdown, with references set close to it."""
    before = text.removesuffix("!")
    escaped = (len(before) - len(before.rstrip("\\"))) % 2
    if marks and before != text and not escaped:  # `![` would begin an image
        text = f"{before}\\!"
    return text + marks


def _note(citation: Citation) -> str:
    evidence, source = citation.evidence, citation.source
    label = "" if evidence.sound else f"**{GLYPHS[evidence.status]} {doubt(evidence.status).capitalize()}:** "
    words = evidence.text if evidence.sound and one_line(evidence.text) else evidence.wanted.text
    place = f", ¶ {evidence.paragraph}" if evidence.paragraph else ""
    status = f" ({GLYPHS[evidence.status]} {evidence.status})" if evidence.sound else ""
    after = ""
    if evidence.status == "reworded":
        after = f" The source now reads “{inline(evidence.text)}”."
    elif one_line(evidence.why):
        after = f" Why: {inline(evidence.why)}."
    link = f" {address(source.url)}" if one_line(source.url) else ""
    return f"{label}“{inline(words)}” — {_source(source)}{place}{status}.{after}{link} {code(source.id)}".rstrip()


def _source(source: CitedSource) -> str:
    title = inline(source.title) or inline(source.id) or "untitled"
    by = f"by {inline(source.author)}" if one_line(source.author) else ""
    date = inline(spoken_date(source.published))
    return ", ".join(part for part in (f"*{title}*", by, inline(source.publisher), date) if part)
