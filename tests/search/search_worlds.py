"""Small made-up dossiers and queries about them, for properties that every engine must have."""

from hypothesis import strategies as st

from dossier.model.passages import Passage
from dossier.search.query.names import Names

WORDS = [
    "export",
    "exports",
    "exporting",
    "control",
    "controls",
    "tariff",
    "tariffs",
    "rare",
    "earth",
    "earths",
    "China",
    "China's",
    "US",
    "us",
    "U.S.",
    "May",
    "may",
    "will",
    "not",
    "Bessent",
    "Besent",
    "negotiations",
    "negotiate",
    "negotiating",
    "talks",
    "F-16",
    "F16",
    "AT&T",
    "AT&T'nin",
    "F-16은",
    "they'll",
    "d'U.R.S.S.",
    "co-operation",
    "cooperation",
    "O'Brien",
    "don't",
    "1,200",
    "2.5",
    "90-day",
    "Trump",
    "trade",
    "the",
    "of",
    "a",
    "an",
    "e",
    "café",
    "café",
    "naïve",
    "négociations",
    "négocié",
    "l'accord",
    "d'accord",
    "Straße",
    "何立峰",
    "立峰",
    "中国",
    "中国政府",
    "政府",
    "무역협상",
    "무역",
    "貿易",
    "トランプ",
    "مفاوضات",
    "المفاوضات",
    "переговоры",
    "переговоров",
    "x",
    "xy",
    "xyz",
    "xyzz",
    "zyx",
]

SEPARATORS = (" ", " ", " ", " ", ", ", ". ", " - ", "\n", "", "/", "\u00a0", " “", "” ")

IDS = ("trump", "bessent", "china", "united-states", "rare-earths")
LANGUAGES = ("en", "en", "", "fr", "zh", "de-CH", "ru")
DATES = (
    "",
    "2025",
    "2025-06",
    "2025-06-09",
    "2025-06-09T14:00/2025-06-09T20:00",
    "2025-05/2025-06",
    "2024-12-31",
    "soon",
)
NAMES = (
    "United States",
    "US",
    "U.S.",
    "Washington",
    "China",
    "He Lifeng",
    "何立峰",
    "Scott Bessent",
    "Bessent",
    "rare earths",
)


@st.composite
def texts(draw: st.DrawFn, longest: int = 14) -> str:
    words = draw(st.lists(st.sampled_from(WORDS), max_size=longest))
    return "".join(word + draw(st.sampled_from(SEPARATORS)) for word in words)


@st.composite
def passages(draw: st.DrawFn, number: int) -> Passage:
    kind = draw(st.sampled_from(("paragraph", "paragraph", "quote", "person", "issue", "event")))
    entry = draw(st.sampled_from(IDS)) if kind != "paragraph" else f"article-{number % 3}"
    return Passage(
        key=f"{kind}:{entry}:{number}",
        id=entry,
        kind=kind,
        title=draw(st.sampled_from(("", "A title", "He Lifeng", "Trade talks in London"))),
        text=draw(texts()),
        names=tuple(draw(st.lists(st.sampled_from(NAMES), max_size=3))) if kind in ("person", "issue") else (),
        article=draw(st.sampled_from(("", "article-1", "article-2"))),
        paragraph=draw(st.integers(0, 3)),
        speaker=tuple(draw(st.lists(st.sampled_from(IDS), max_size=2))),
        delegation=tuple(draw(st.lists(st.sampled_from(IDS), max_size=1))),
        issue=tuple(draw(st.lists(st.sampled_from(IDS), max_size=2))),
        publisher=draw(st.sampled_from(("", "Yonhap News Agency", "Bloomberg", "Le Monde"))),
        attribution=draw(st.sampled_from(("", "direct", "anonymous"))),
        stance=tuple(draw(st.lists(st.sampled_from(("for", "against")), max_size=1))),
        status=draw(st.sampled_from(("", "exact", "missing"))),
        date=draw(st.sampled_from(DATES)),
        language=draw(st.sampled_from(LANGUAGES)),
        digest=str(draw(st.integers(0, 9))),
    )


@st.composite
def dossiers(draw: st.DrawFn, most: int = 14) -> list[Passage]:
    return [draw(passages(number)) for number in range(draw(st.integers(0, most)))]


FIELDS = (
    "kind:quote", "kind:paragraph", "speaker:trump", "delegation:china", "issue:rare-earths", "article:article-1",
    "publisher:yonhap", 'publisher:"news agency"', "attribution:direct", "stance:for", "status:missing", "date:2025-06",
    "date:2025-05..2025-06-09", "date:..2024", "date:2025..",
)  # fmt: skip


@st.composite
def terms(draw: st.DrawFn) -> str:
    word = draw(st.sampled_from(WORDS))
    form = draw(st.integers(0, 9))
    if form < 4:
        return word
    if form == 4:
        return f'"{word} {draw(st.sampled_from(WORDS))}"'
    if form == 5:
        return f"{word[: draw(st.integers(1, 5))]}*"
    if form == 6:
        return f"{word}~"
    if form == 7:
        return f"{word} NEAR/{draw(st.integers(1, 4))} {draw(st.sampled_from(WORDS))}"
    if form == 8:
        return draw(st.sampled_from(FIELDS))
    return f'"{draw(texts(3))}"'


def queries() -> st.SearchStrategy[str]:
    """Queries of every construct, nested."""
    return st.recursive(
        terms(),
        lambda inner: st.one_of(
            st.tuples(inner, inner).map(" ".join),
            st.tuples(inner, inner).map(" OR ".join),
            inner.map(lambda text: f"-({text})"),
            st.tuples(inner, inner).map(lambda pair: f"({pair[0]}) -{pair[1]}"),
        ),
        max_leaves=5,
    )


def names() -> Names:
    return Names(
        [
            ("united-states", "delegation", ["United States", "U.S.", "US", "Washington"]),
            ("china", "delegation", ["China", "中国"]),
            ("trump", "person", ["Donald Trump", "Trump"]),
            ("bessent", "person", ["Scott Bessent", "Bessent"]),
            ("rare-earths", "issue", ["Rare-earth exports", "rare earths", "rare earth"]),
        ]
    )
