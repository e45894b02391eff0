"""The London dossier written from its bare article by keys alone, and its keys counted beside those of its YAML."""

import pytest
from screen_text import press, until

from dossier.desk.desk import Desk
from dossier.model.text_spans import moved_end, moved_start
from dossier.ui.work.stretches import next_stretch

SHEET = "articles/2025-06-10-london.yaml"
QUOTE = ("speaker", "issues", "stance")


class Typist:
    """Presses keys as a reader would, and counts them."""

    def __init__(self, pilot):
        self.pilot = pilot
        self.count = 0

    @property
    def app(self):
        return self.pilot.app

    @property
    def article(self):
        return self.app.screen_stack[0].the_pane("article")

    def next(self, by):
        """Return what `J` or `K` selects."""
        browse = self.app.screen_stack[0]
        return next_stretch(self.article.text, self.article.selected_span(), by, browse.selection.drafted)

    async def key(self, *keys):
        self.count += len(keys)
        await self.pilot.press(*keys)

    async def select(self, start, end):
        """Selects words: to the nearest quotation or sentence, then both edges by sentences and words."""
        text = self.article.text
        if self.article.selected_span() is None:
            await self.key("v")
        while (beyond := self.next(1)) and beyond.start <= start:
            await self.key("J")
        while self.article.selected_span().start > start and self.next(-1):
            await self.key("K")
        moves = (("n", moved_end, 1, "clause"), ("N", moved_end, -1, "clause"), ("w", moved_start, 1, "clause"),
                 ("b", moved_start, -1, "clause"), ("j", moved_end, 1, "sentence"), ("k", moved_end, -1, "sentence"), ("l", moved_end, 1, "word"),
                 ("h", moved_end, -1, "word"), ("L", moved_start, 1, "word"), ("H", moved_start, -1, "word"))  # fmt: skip
        while self._off(span := self.article.selected_span(), start, end):
            best = min(moves, key=lambda move: self._off(move[1](text, span, *move[2:]), start, end))
            assert self._off(best[1](text, span, *best[2:]), start, end) < self._off(span, start, end)
            await self.key(best[0])

    def _off(self, span, start, end):
        """Return how far a selection is from words; a full stop or a comma more or less is nothing."""
        text = self.article.text
        behind = text[min(span.end, end) : max(span.end, end)]
        return abs(span.start - start) + (0 if behind in (".", ",", "") else len(behind))

    async def name(self, wanted):
        """Types letters until the wanted entry is the first that they may mean."""
        line = self.app.screen.line
        desk = self.app.screen_stack[0].reading.desk
        entry = desk.entry(wanted)
        names = [*(entry.names if entry and entry.kind != "quote" else ()), wanted] if entry else [wanted]
        ways = []
        for name in names:
            for size in range(1, len(name) + 1):
                rows = line._propose(name[:size].lower(), line.part.kinds) if line.part.kinds else None
                if rows is None or (rows and rows[0].id == wanted) or size == len(name):
                    ways.append(name[:size].lower() if rows else name)
                    break
        await self.key(*min(ways, key=len))

    async def fill(self, wanted):
        """Fills the parts of the line, and stops as soon as the rest says what it should."""
        line = self.app.screen.line
        while True:
            due = wanted.get(line.part.name, [])
            due = due if isinstance(due, list) else [due]
            now = [one.strip() for one in line.text.split(",") if one.strip()]
            if now != due:
                if not due:
                    await self.key("backspace")
                for at, one in enumerate(due):
                    if at:
                        await self.key(",")
                    if line.part.kinds:
                        await self.name(one)
                    else:
                        await self.key(*(one[:1] if line.part.name == "stance" else one))
            rest = zip(line.parts[line.at + 1 :], line.texts[line.at + 1 :], strict=True)
            if all(text == ", ".join(_list(wanted.get(part.name))) for part, text in rest):
                break
            await self.key("tab")
        await self.key("enter")
        browse = self.app.screen_stack[0]
        await until(self.pilot, lambda: not browse.annotation.writing and self.app.screen is browse)


def _list(value):
    return value if isinstance(value, list) else [value] if value else []


def told(desk, entry):
    """Return what a quote says, and where its words stand."""
    fields = desk.annotations.fields(entry)
    (evidence,) = desk.evidence_of(entry)[:1]
    known = {name: _list(fields.get(name)) for name in (*QUOTE, "attribution")}
    return (evidence.start, evidence.status, tuple((name, tuple(value)) for name, value in known.items()))


@pytest.fixture
def gold(seed):
    """The shipped dossier."""
    desk = Desk.open(seed)
    yield desk
    desk.close()


def wanted_quotes(gold):
    found = []
    for row in gold.listing("quotes"):
        fields = gold.annotations.fields(row.id)
        evidence = gold.evidence_of(row.id)[0]
        found.append((evidence, {name: _list(fields.get(name)) for name in QUOTE}, fields))
    return sorted(found, key=lambda one: one[0].start)


def typed_yaml(fields, entry):
    """Keys of an entry typed as YAML, its words, which are copied, not counted."""
    keys = len(f"  {entry}:\n    text: >-\n")
    for name in (*QUOTE, "attribution"):
        value = _list(fields.get(name))
        if value:
            keys += len(f"    {name}: {', '.join(value)}\n") + 2 * (name == "issues")
    return keys


@pytest.mark.parametrize("most", [6, pytest.param(99, marks=pytest.mark.thorough)])
async def test_the_quotes_of_london_are_written_by_keys_alone(browsing, london, gold, most):
    (london / SHEET).write_text("article: london-day-one\n")
    chosen = wanted_quotes(gold)[:most]
    by_keys, in_full = [], []
    async with browsing(london) as pilot:
        typist = Typist(pilot)
        await press(pilot, "article.show")
        for evidence, wanted, fields in chosen:
            before = typist.count
            await typist.select(evidence.start, evidence.end)
            moves = typist.count - before
            await typist.key("enter")
            await until(pilot, lambda: bool(pilot.app.screen_stack[0].selection.drafted))
            await typist.fill(wanted)
            by_keys.append((moves, typist.count - before, typed_yaml(fields, evidence.owner)))
            if len(wanted["issues"]) == 2 and wanted["speaker"] and wanted["stance"]:
                in_full.append(by_keys[-1])
    made = Desk.open(london)
    assert sorted(told(made, row.id) for row in made.listing("quotes")) == sorted(
        told(gold, evidence.owner) for evidence, _, _ in chosen
    )
    assert not [one for one in made.problems() if one.level == "error"]
    made.close()
    pressed, typed = sum(one[1] for one in by_keys), sum(one[2] for one in by_keys)
    moves = sum(one[0] for one in by_keys)
    print(
        f"\n  {len(by_keys)} quotes: {pressed} keys ({moves} of them to select), {typed} as YAML but for the words"
        f"\n  with speaker, two issues and stance: {[one[1] - one[0] for one in in_full]} keys behind the selection, "
        f"{[one[0] for one in in_full]} to select"
    )
    assert pressed <= 0.6 * typed
    assert pressed <= 7.5 * len(by_keys)
    assert all(one[1] <= 10 for one in in_full)


async def test_events_and_links_of_london_are_written_by_keys_alone(browsing, london, gold):
    links = [
        ("united-states", "asks for", "rare-earths"),
        ("china", "restricts", "rare-earths"),
    ]
    events = ["second-day"]
    (london / SHEET).write_text("article: london-day-one\n")
    async with browsing(london) as pilot:
        typist = Typist(pilot)
        await press(pilot, "article.show")
        for event in events:
            evidence = gold.evidence_of(event)[0]
            fields = gold.annotations.fields(event)
            await typist.select(evidence.start, evidence.end)
            await typist.key("E")
            await typist.fill({name: fields.get(name, []) for name in ("name", "when", "participants", "issues")})
        for source, relation, target in links:
            evidence = gold.evidence_of(f"{source} {relation} {target}")[0]
            await typist.select(evidence.start, evidence.end)
            await typist.key("r")
            await typist.fill({"from": source, "rel": relation, "to": target})
    made = Desk.open(london)
    for key in (" ".join(link) for link in links):
        assert made.evidence_of(key)[0].start == gold.evidence_of(key)[0].start
    for event in events:
        (found,) = [row.id for row in made.listing("events") if row.title == gold.entry(event).title]
        names = ("name", "when", "participants", "issues")
        assert [made.annotations.fields(found).get(one) for one in names] == [
            gold.annotations.fields(event).get(one) for one in names
        ]
        assert made.evidence_of(found)[0].start == gold.evidence_of(event)[0].start
    made.close()
