"""Explain evidence that is not where it should be: what stands there, and what to write."""

from dossier.model.anchor_search import in_context, occurrences, places
from dossier.model.anchors import Evidence
from dossier.model.entries import Anchor
from dossier.model.folding import fold
from dossier.model.problems import Problem
from dossier.model.quotations import QuotationMatch, parted_by_attribution
from dossier.model.similarity import similarity
from dossier.model.word_diff import differences, marked
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.files.errors import quotable
from dossier.store.sync.loosening import difference
from dossier.store.sync.sources import ArticleSource, ArticleSources, OtherPlace
from dossier.store.yaml.cuts import GOES_ON, REMEDY
from dossier.store.yaml.scalars import double_quoted

LEAST = 0.5
"""Minimum similarity of words that are offered as those meant."""
_PLACES = 3
"""Number of ambiguous places that are reported."""
_WORDS = 8
"""How many words before or behind a place are tried to tell it from the others."""
_EXACTLY = "give the words exactly as the article has them"
_CHOOSE = "choose with before, after or occurrence"


def unsound(evidence: Evidence, db: Catalogue, sources: ArticleSources, *, closely: bool = True) -> Problem:
    """The problem of a piece of evidence that is not where it should be; `closely` looks up what stands there."""
    words, place = evidence.wanted.text, evidence.wanted.place
    message = f"“{_short(words)}” in {evidence.article}: {evidence.why}"
    if evidence.why == GOES_ON:
        lost = quotable(evidence.wanted.cut.strip())
        return Problem(place, "error", "cut-value", f"{message}: “{lost}”", REMEDY)
    if evidence.status == "ambiguous":
        hint = _choice(evidence, sources, own=_is_own(evidence, db)) if closely else _CHOOSE
        return Problem(place, "error", "ambiguous-anchor", message, hint)
    if evidence.status == "reworded":
        hint = (
            f"it now reads “{_words_from_difference(words, evidence.text)}”; take the new words over, or leave it out"
        )
        return Problem(place, "error", "reworded-anchor", message, hint)
    told, hint = "", _EXACTLY
    if closely:
        told, hint = _nearest(evidence.wanted, sources, own=_is_own(evidence, db))
    if _may_be_translated(evidence, db):
        hint = "if it is a translation, give the words of the source as original: and say at: {article: …}"
    return Problem(place, "error", "missing-anchor", f"{message}{told}", hint)


def _may_be_translated(evidence: Evidence, db: Catalogue) -> bool:
    """Return whether another anchor of the same quote stands in an article of another language."""
    entry = db.entry(evidence.owner)
    if entry is None or entry.kind != "quote" or entry.text("original") or not _is_own(evidence, db):
        return False
    found = db.evidence("owner = ? AND status IN ('exact', 'moved')", evidence.owner)
    languages = {one: db.entry(one) for one in {evidence.article, *(one.article for one in found)}}
    return len({entry.text("language") for entry in languages.values() if entry}) > 1


def find_elsewhere(wanted: Anchor, sources: ArticleSources) -> OtherPlace | None:
    """The one other article in which the words of an anchor stand, and where."""
    words = fold(wanted.text)
    if len(words) < 4:
        return None
    found = sources.others_with(words, wanted.article, most=2)
    return found[0] if len(found) == 1 else None


def _nearest(wanted: Anchor, sources: ArticleSources, *, own: bool) -> list[str]:
    """The words that stand in place of missing ones, and what to do; `own` when they are those of a quote.

    What is found of a text is kept by the words and the text, for the next check.
    """
    article, kept = wanted.article, sources.explanations
    version = sources.version(article)
    of_anchor = (wanted.text, wanted.before, wanted.after, wanted.occurrence, wanted.article)
    found = kept.get(lambda: _in_article(wanted, sources.article(article)), "in article", of_anchor, version)
    if found is not None:
        return found
    other = find_elsewhere(wanted, sources)
    if other is not None:
        text = "" if own else f", text: {double_quoted(wanted.text)}"
        told = f"; they stand in {other.article}, ¶ {other.paragraph}"
        return [told, f"name that article: at: {{article: {other.article}{text}}}"]
    return kept.get(lambda: _nearest_words(wanted, sources.article(article)), "resembling", wanted.text, version)


def _in_article(wanted: Anchor, source: ArticleSource | None) -> list[str] | None:
    """The message and remedy for an anchor whose words stand in its article after all; None when they do not."""
    if source is None:
        return ["", _EXACTLY]
    words = fold(wanted.text)
    if occurrences(source.folded, words):
        return _other_context(wanted, words, source)
    if words in source.folded.text:
        return ["", _EXACTLY]
    meant = source.loosened.find(wanted.text)
    if meant is None:
        return _broken_by_attribution(wanted, source)
    there = source.text[meant[0] : meant[1]]
    if fold(there) == words:
        told = f"; in ¶ {source.paragraph(meant[0])} they stand in the markup, of which nothing is read"
        return [told, "give the words as they are read"]
    why = difference(wanted.text, there)
    return [f"; ¶ {source.paragraph(meant[0])} has “{_visible(there)}”: {why}", f"write {_yaml_words(there)}"]


def _broken_by_attribution(wanted: Anchor, source: ArticleSource) -> list[str] | None:
    """The message and remedy for words that the article breaks by who said them, in a way that only `…` can bridge."""
    words = fold(wanted.text)
    parted = parted_by_attribution(source.folded, words)
    if parted is None:
        return None
    (start, stop), cut = parted
    between = source.text[source.folded.end(start) : source.folded.start(stop)].strip()
    told = f"; in ¶ {source.paragraph(source.folded.end(start) - 1)} they are broken by “{_visible(between)}”"
    return [told, f"put … there, or make two quotes of it: {_yaml_words(cut)}"]


def _nearest_words(wanted: Anchor, source: ArticleSource | None) -> list[str]:
    if source is None:
        return ["", _EXACTLY]
    words = fold(wanted.text)
    alike = [one for one in similarity(source.words, "", words, "") if one.start < one.end]
    if not alike or alike[0].score < LEAST:
        return [", and nothing like them is", "is it another article, or a paraphrase?"]
    start, end = source.folded.start(alike[0].start), source.folded.end(alike[0].end)
    there = source.text[start:end]
    new = marked(words, fold(there))[1]
    told = f"; nearest is, in ¶ {source.paragraph(start)}, “{_visible(new if len(new) <= 2 * len(there) else there)}”"
    return [told, f"{_EXACTLY}, or make it a paraphrase"]


def _other_context(wanted: Anchor, words: str, source: ArticleSource) -> list[str]:
    """The words around those that are there, but outside of what the anchor names."""
    at = occurrences(source.folded, words)[0]
    folded = source.folded.text
    before, after = folded[max(at - 30, 0) : at].strip(), folded[at + len(words) :][:30].strip()
    told = f"; ¶ {source.paragraph(source.folded.start(at))} has “…{before}” before and “{after}…” behind them"
    wrong = "occurrence" if wanted.occurrence else "before or after"
    return [told, f"mend {wrong}, or leave it out"]


def _choice(evidence: Evidence, sources: ArticleSources, *, own: bool) -> str:
    """The `at` to paste for each of the first places of ambiguous words."""
    version = sources.version(evidence.article)
    return sources.explanations.get(
        lambda: _choice_in(evidence, sources.article(evidence.article), own=own),
        *("choice", evidence.wanted.text, evidence.places, own, version),
    )


def _choice_in(evidence: Evidence, source: ArticleSource | None, *, own: bool) -> str:
    if source is None or not evidence.places:
        return _CHOOSE
    wanted = evidence.wanted
    everywhere = places(source.folded, wanted.text)
    starts = {source.folded.start(one.start): one for one in everywhere}
    lines = []
    for start, _ in evidence.places[:_PLACES]:
        if start not in starts:
            continue
        given = _distinguishing_context(starts[start], everywhere, source)
        inner = given if own else f"text: {double_quoted(wanted.text)}, {given}"
        lines.append(f"for ¶ {source.paragraph(start)}: at: {{{inner}}}")
    if not lines:
        return _CHOOSE
    more = len(evidence.places) - len(lines)
    rest = f"; {more} more places with occurrence" if more > 0 else ""
    return f"{_CHOOSE}; {'; '.join(lines)}{rest}"


def _distinguishing_context(place: QuotationMatch, everywhere: list[QuotationMatch], source: ArticleSource) -> str:
    """The surroundings that tell one place from all others: the fewest words before or behind it, else its number."""
    folded = source.folded.text
    before = folded[max(place.start - 200, 0) : place.start].split()
    after = folded[place.end : place.end + 200].split()
    for count in range(1, _WORDS + 1):
        for name, said in (("before", " ".join(before[-count:])), ("after", " ".join(after[:count]))):
            probe = Anchor("", before=said) if name == "before" else Anchor("", after=said)
            fitting = (
                [one for one in everywhere if in_context(source.folded, one.start, one.end, probe)] if said else []
            )
            if fitting == [place]:
                return f"{name}: {double_quoted(said)}"
    return f"occurrence: {everywhere.index(place) + 1}"


def _is_own(evidence: Evidence, db: Catalogue) -> bool:
    """Return whether an anchor is the words of its quote."""
    entry = db.entry(evidence.owner)
    return bool(entry and entry.kind == "quote" and entry.place_of("text") == evidence.wanted.place)


def _yaml_words(words: str) -> str:
    """Words as they may be pasted into YAML."""
    return double_quoted(" ".join(words.split()))


def _visible(words: str) -> str:
    """Words with their line ends to be seen, of bearable length."""
    return quotable(words.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "⏎"))


def _short(words: str) -> str:
    line = quotable(words)
    return line if len(line) <= 60 else line[:59] + "…"


def _words_from_difference(old: str, new: str) -> str:
    """The new words from shortly before the first difference on, in at most 60 characters."""
    found = differences(old, new)
    start = max(found[0].new[0] - 20, 0) if found and len(new) > 60 else 0
    end = start + 60
    return ("…" if start else "") + new[start:end] + ("…" if end < len(new) else "")
