"""The words by which the rules know a language: one table each."""

from msgspec import Struct


def words(text: str) -> frozenset[str]:
    """A set of words from a text that lists them."""
    return frozenset(text.split())


class Language(Struct, frozen=True):
    """Quotation marks and words of one language; all words in lower case unless said otherwise."""

    code: str
    """BCP 47 code."""
    marks: tuple[tuple[str, str], ...]
    """Opening and closing quotation marks."""
    say: frozenset[str]
    """Verbs of saying that take the words themselves or a clause (*said*)."""
    measured: bool = False
    """Whether its tiers were measured on annotated news; no draft of another is `sure`."""
    call: frozenset[str] = frozenset()
    """Verbs that introduce a quoted fragment but seldom a clause (*called*)."""
    think: frozenset[str] = frozenset()
    """Those of the above that tell a thought: a verb of saying before them goes before them."""
    report: frozenset[str] = frozenset()
    """Verbs of saying that tell of a statement only when *that* or a clause follows (*found*)."""
    tell: frozenset[str] = frozenset()
    """Those whose next object is who is spoken to (*told*)."""
    that: frozenset[str] = frozenset()
    """Words that open a clause of indirect speech."""
    be: frozenset[str] = frozenset()
    """Auxiliaries that make the verb behind them passive."""
    by: frozenset[str] = frozenset()
    """Prepositions before who does it in the passive."""
    auxiliaries: frozenset[str] = frozenset()
    """Words that may stand between subject and verb."""
    bare: frozenset[str] = frozenset()
    """Bare forms of verbs of saying, which follow a modal (*would respond*)."""
    elided: tuple[str, ...] = ()
    """Words that lose their last letter before a vowel, with their apostrophe (French *l'*)."""
    quotatives: frozenset[str] = frozenset()
    """Words that attribute the quotation before them without a verb (German *„…“, so X*)."""
    addressing: frozenset[str] = frozenset()
    """Prepositions before who is spoken to, which may stand between verb and subject (*a déclaré à l'AFP X*)."""
    on: frozenset[str] = frozenset()
    """Prepositions before a day of the week."""
    title_endings: tuple[str, ...] = ()
    """Ends of compound words that are titles (German *-minister*)."""
    participle_ending: str = ""
    """An ending of participles, which take the subject of another verb (*telling*)."""
    finite: frozenset[str] = frozenset()
    """Verb forms that show that a clause follows."""
    adverbs: frozenset[str] = frozenset()
    """Adverbs that may stand between subject and verb."""
    adverb_ending: str = "\0"
    """An ending that makes an adverb of a word."""
    he: frozenset[str] = frozenset()
    """Pronouns for one person."""
    clitics: tuple[str, ...] = ()
    """Endings that are a pronoun behind the verb (French *a-t-il*)."""
    genitive: frozenset[str] = frozenset()
    """Articles that add one noun to another (German *der Sprecher der Polizei*)."""
    they: frozenset[str] = frozenset()
    """Pronouns for several, or for a group."""
    who: frozenset[str] = frozenset()
    """Relative pronouns."""
    other_pronouns: frozenset[str] = frozenset()
    """Pronouns that are never resolved."""
    determiners: frozenset[str] = frozenset()
    prepositions: frozenset[str] = frozenset()
    conjunctions: frozenset[str] = frozenset()
    """Words that begin another clause."""
    clause_breaks: frozenset[str] = frozenset()
    """Conjunctions behind which a verb is not that of the clause before (*so*, *because*)."""
    with_and: frozenset[str] = frozenset()
    """Conjunctions between two who say the same (*X and Y said*)."""
    coordinators: frozenset[str] = frozenset()
    """Conjunctions between two verbs of one subject (*and*)."""
    openers: frozenset[str] = frozenset()
    """Words that are capitalised only because they begin a sentence."""
    titles: frozenset[str] = frozenset()
    """Titles and offices before a name."""
    particles: frozenset[str] = frozenset()
    """Small words inside a name (*de*, *van*)."""
    groups: frozenset[str] = frozenset()
    """Words in the names of organisations (*ministry*)."""
    joiners: frozenset[str] = frozenset()
    """Words that may stand inside the name of an organisation (*of*)."""
    roles: frozenset[str] = frozenset()
    """Nouns for what a person does (*spokesman*)."""
    sources: frozenset[str] = frozenset()
    """Nouns for whom, or what, a statement may come from without a name (*officials*, *report*)."""
    according: tuple[str, ...] = ()
    """Phrases before a source (*according to*)."""
    according_opening: tuple[str, ...] = ()
    """The same, where they begin a sentence and only there (French *pour*)."""
    citing: frozenset[str] = frozenset()
    """Verbs before the origin of what a medium reports (*citing*)."""
    scare: frozenset[str] = frozenset()
    """Words before marks that are no quotation (*so-called*)."""
    noun_forms: frozenset[str] = frozenset()
    """Forms of these verbs that are nouns as well (*many states*)."""
    suffixes: frozenset[str] = frozenset()
    """What may stand behind a name and a comma (*Biden, Jr.*)."""
    works: frozenset[str] = frozenset()
    """Nouns before the title of a work or a label in marks (*song*)."""
    abbreviations: frozenset[str] = frozenset()
    """Abbreviations with a full stop that ends no sentence, without it."""
    elisions: frozenset[str] = frozenset()
    """Words that begin with an apostrophe, without it (*em*)."""
    cuts: frozenset[str] = frozenset()
    """Words behind a comma that end a clause of indirect speech (*adding*)."""
    weekdays: tuple[str, ...] = ()
    """Monday first."""
    months: tuple[str, ...] = ()
    """January first."""
    relative_days: tuple[tuple[str, int], ...] = ()
    """Words for days counted from the day of publication (*yesterday*, -1)."""
    nationalities: frozenset[str] = frozenset()
    """Adjectives and short names of countries that stand before an office."""
    nouns_in_capitals: bool = False
    """Whether common nouns are written with a capital letter."""

    @property
    def according_parts(self) -> tuple[tuple[str, ...], ...]:
        """The phrases before a source, word by word."""
        return tuple(tuple(phrase.split()) for phrase in sorted(self.according, key=len, reverse=True))
