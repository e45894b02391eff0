"""A brief of the real article, made by hand, and a source in which its words can be looked up."""

from pathlib import Path

from dossier.export.verdicts import Sighting
from dossier.model.anchor_search import locate, occurrences
from dossier.model.anchors import Evidence
from dossier.model.articles import paragraph_at, paragraphs
from dossier.model.brief import Brief, BriefItem, BriefReference, Chapter, Citation, CitedSource
from dossier.model.clean import clean
from dossier.model.entries import Anchor, Entry
from dossier.model.folding import Folded, fold
from dossier.model.problems import Place

ARTICLE = Path(__file__).parents[2] / "seeds/london-trade-talks/articles/2025-06-10-london.txt"
TEXT = ARTICLE.read_text("utf-8")
SOURCE = CitedSource(
    "london-day-one",
    "US, China hold trade talks in London",
    "The Daily [sic]",
    "",
    "2025-06-10",
    "https://example.org/talks_1",
)


def cited(words: str) -> Citation:
    """Evidence as it is found in the article."""
    found = locate(Folded(TEXT), Anchor(words, SOURCE.id))
    start, end = found.spans[0] if found.status == "exact" else (-1, -1)
    paragraph = paragraph_at(paragraphs(TEXT), start) if start >= 0 else 0
    text = TEXT[start:end] if start >= 0 else ""
    return Citation(
        Evidence("x", 0, Anchor(words, SOURCE.id), found.status, start, end, text, paragraph, found.why), SOURCE
    )


def entry(entry_id, kind, title, **fields):
    return Entry(entry_id, kind, title, Place(), fields)


def quote(entry_id, words, speaker="", speaker_id="", references=(), at=None, **fields):
    citations = tuple(map(cited, at or [words]))
    return BriefItem(
        entry(entry_id, "quote", words, text=words, **fields), 0, speaker, references, citations, "", speaker_id
    )


def london_brief() -> Brief:
    easy, lift = (
        "China is not easy to deal with.",
        "the Trump administration has completed preparations to lift export controls",
    )
    relax = "indicated a willingness to relax certain export controls on technology to China"
    about = BriefReference("about", "export-controls", "Export controls", (cited(lift),))
    offers = BriefReference(
        "offers", "export-controls", "Export controls", (cited(relax),), "2025-06-09", 2, 'Its word for it: "relax".'
    )
    said = BriefReference("said", "not-easy", easy, (cited(easy),))
    elsewhere = BriefReference(
        "demands", "geneva", "The Geneva agreement", (cited("demanding precise implementation of the agreement"),)
    )
    reworded = Evidence(
        "x",
        0,
        Anchor("Everything is going well", SOURCE.id),
        "reworded",
        0,
        5,
        "We are doing well with China",
        8,
        "other words at the locked place",
    )
    delegations = (
        BriefItem(
            entry("us", "delegation", "United States", aliases=["U.S.", "US"], note='The article has "the U.S." only.'),
            0,
            "",
            (offers,),
        ),
        BriefItem(entry("trump", "person", "Donald Trump", role="President", part="principal"), 1, "", (said,)),
        BriefItem(entry("china", "delegation", "China"), 0, "", (elsewhere,)),
    )
    issues = (BriefItem(entry("export-controls", "issue", "Export controls", aliases=["export restrictions"]), 0),)
    quotes = (
        quote("not-easy", easy, "Donald Trump", "trump"),
        quote(
            "ready-to-lift",
            lift,
            references=(about,),
            attribution="anonymous",
            via=["negotiation officials", "Bloomberg"],
        ),
        quote(
            "paraphrased",
            "He said that all reports were good",
            "Donald Trump",
            "trump",
            at=["I'm only hearing positive reports"],
            attribution="paraphrase",
        ),
        quote("invented", "China will yield on every point", "Donald Trump", "trump"),
        BriefItem(
            entry("going-well", "quote", "Everything is going well"),
            0,
            "Donald Trump",
            (),
            (Citation(reworded, SOURCE),),
            "",
            "trump",
        ),
    )
    event = BriefItem(
        entry(
            "first-day",
            "event",
            "First day of talks",
            when="2025-06-09T14:00/2025-06-09T20:00",
            place="Lancaster House, London",
        ),
        0,
        citations=(cited("engaged in discussions for about six hours"),),
    )
    article = BriefItem(
        entry("london-day-one", "article", SOURCE.title, published="2025-06-10", url=SOURCE.url), 0, text=TEXT
    )
    chapters = (
        Chapter("Delegations", delegations),
        Chapter("Issues", issues),
        Chapter("Quotes", quotes),
        Chapter("Events", (event,)),
        Chapter("Articles", (article,)),
    )
    return Brief("US–China trade talks", 'First day of the talks, which "The Daily" called *high-level*.', chapters)


def sound_brief() -> Brief:
    """The same without the two quotes that are no evidence."""
    brief = london_brief()
    chapters = [
        Chapter(chapter.name, tuple(item for item in chapter.items if item.entry.id not in ("invented", "going-well")))
        for chapter in brief.chapters
    ]
    return Brief(brief.title, brief.summary, tuple(chapters))


def finder(text: str, *names: str):
    """Looks words up in one text."""
    folded, ranges = Folded(clean(text)), paragraphs(clean(text))

    def find(article: str, words: str) -> Sighting:
        if article not in names:
            return Sighting("unchecked")
        places = occurrences(folded, fold(words))
        numbers = tuple(paragraph_at(ranges, folded.start(at)) for at in places)
        return Sighting("found", words, numbers) if places else Sighting("missing")

    return find


find_in_london = finder(TEXT, SOURCE.id, SOURCE.title)
