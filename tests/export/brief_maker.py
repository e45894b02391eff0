"""A brief that has every feature, with any text in every place that a file can fill."""

import re

from msgspec.structs import replace

from dossier.model.anchors import Evidence
from dossier.model.articles import paragraphs
from dossier.model.brief import Brief, BriefItem, BriefReference, Chapter, Citation, CitedSource, Table, TableCell
from dossier.model.clean import clean, clean_line
from dossier.model.entries import Anchor, Entry
from dossier.model.problems import Place


def line(text: str) -> str:
    """Return what must be read where a text is told in one line."""
    return re.sub("[ \n]+", " ", clean_line(text)).strip()


def lines(text: str) -> list[list[str]]:
    """Return what must be read where a text is told in paragraphs."""
    found = [[]]
    for one in re.split("[\n\u2028\u2029]", clean(text)):
        if one.strip():
            found[-1].append(re.sub(" +", " ", one).strip())
        else:
            found.append([])
    return [paragraph for paragraph in found if paragraph]


class Texts:
    """Gives the text of each place: the given ones in turn, or plain words of the same shape in their stead."""

    def __init__(self, texts, *, plain=False):
        self.texts, self.plain, self.asked = list(texts), plain, 0
        self.said: dict[str, str] = {}

    def _next(self) -> str:
        self.asked += 1
        return self.texts[self.asked % len(self.texts)]

    def _stand_in(self, said: str) -> str:
        name = f"plain{len(self.said)}x"
        self.said[name] = said
        return name

    def one(self) -> str:
        """A text that is told in one line."""
        text = self._next()
        return text if not self.plain else self._stand_in(line(text)) if line(text) else ""

    def many(self) -> str:
        """A text that is told in paragraphs."""
        text = self._next()
        if not self.plain:
            return text
        return "\n\n".join("\n".join(map(self._stand_in, paragraph)) for paragraph in lines(text))

    def article(self) -> str:
        """The text of an article."""
        text = self._next()
        if not self.plain:
            return text
        cut = [[one for paragraph in lines(text[p.start : p.end]) for one in paragraph] for p in paragraphs(text)]
        return "\n\n".join("\n".join(map(self._stand_in, paragraph)) for paragraph in cut)

    def fill(self, text: str) -> str:
        """A text read from the plain document as it must be read from the other."""
        return re.sub(r"plain\d+x", lambda match: self.said[match.group()], text)


def evidence(
    text: str, status="exact", paragraph=1, start=0, wanted="", why="", article="day-one", owner="x"
) -> Evidence:
    places = {"start": start, "end": start + 9, "paragraph": paragraph} if status != "missing" else {}
    return Evidence(owner, 0, Anchor(wanted if line(wanted) else text, article), status, text=text, why=why, **places)


def make_brief(texts: Texts) -> Brief:
    """The brief; which texts stand where is settled by the order of the calls."""
    one, many = texts.one, texts.many
    source = CitedSource("day-one", one(), one(), one(), one(), "https://example.org/day_one?a=1&b=(2)*[3]")
    bare = CitedSource("www.other_source.org", "", "", "", "", "javascript:alert(1)")

    def entry(entry_id, kind, title, **fields):
        return Entry(entry_id, kind, title, Place(), {name: value for name, value in fields.items() if value})

    words, doubtful = many(), many()
    exact = Citation(evidence(words, start=1), source)
    moved = Citation(evidence(one(), "moved", start=20, wanted="other words"), bare)
    reworded = Citation(evidence(one(), "reworded", start=40, wanted=doubtful), source)
    ambiguous = Citation(evidence("", "ambiguous", start=60, wanted=one(), why=one()), source)
    missing = Citation(evidence("", "missing", wanted=one() + " indeed"), bare)
    references = (
        BriefReference(one(), "us", one(), (exact, missing), "2025-06-09", 2, one()),
        BriefReference("two of them", "quote-1", one(), (moved,)),
        BriefReference("two of them", "elsewhere", one(), (ambiguous,), one(), 6, one()),
    )
    people = (
        BriefItem(entry("us", "delegation", one(), aliases=[one(), one()], note=many()), 0, references=references),
        BriefItem(entry("trump", "person", one(), role=one(), part=one()), 1, citations=(moved,)),
    )
    quotes = (
        BriefItem(entry("quote-1", "quote", words, text=words), 0, one(), references, (exact,), speaker_id="trump"),
        BriefItem(
            entry("quote-2", "quote", doubtful, text=doubtful, attribution="anonymous", via=[one(), one()]),
            0,
            citations=(reworded,),
        ),
        BriefItem(
            entry("quote-3", "quote", doubtful, text=doubtful, note=many()), 7, one(), citations=(missing, moved)
        ),
        BriefItem(entry("quote-4", "quote", words, text=words, attribution="inferred"), 0),
    )
    event = BriefItem(entry("event", "event", one(), when=one(), place=one()), 0, citations=(ambiguous, exact))
    article = BriefItem(entry("day-one", "article", one(), url="https://example.org/x"), 0, text=texts.article())
    event, article = (replace(item, remark=many()) for item in (event, article))
    words = one()
    said = TableCell(f"“{words}”", (Citation(evidence(words, start=80), source),))
    rows = (
        (TableCell(one(), entry="us"), TableCell(one(), (exact, missing)), TableCell(one())),
        (TableCell(one(), entry="elsewhere"), TableCell(""), said),
    )
    chapters = (
        Chapter(one(), people),
        Chapter(one(), quotes),
        Chapter(one(), (event, article)),
        Chapter(one(), ()),
        Chapter("Links", (people[0],)),
        Chapter(one(), (), Table((one(), "", one()), rows), (one(), one())),
    )
    return Brief(one(), many(), chapters, one(), (one(), one()))
