"""Made-up dossiers whose matrix can be worked out by hand: every word stands once, every span of words is known."""

import json
from itertools import pairwise
from pathlib import Path

from hypothesis import strategies as st

STANCES = ("for", "against", "conditional", "neutral")
RELATIONS = {
    "supports": "for",
    "opposes": "against",
    "demands": "for",
    "offers": "conditional",
    "related to": None,
    "doubts": "neutral",
}
SIDES = {"d1": "d1", "m1": "d1", "m2": "d1", "d2": "d2", "m3": "d2", "d3": "d3", "p1": "p1"}
PARENTS = {"i1": "", "i2": "i1", "i3": "i2", "i4": ""}
PUBLISHED = {"a1": "2025-06-10", "a2": ""}
TEXTS = {name: " ".join(["dup", *(f"{name}w{n}" for n in range(16)), "dup"]) for name in PUBLISHED}
DATES = ("", "2025", "2025-05", "2025-05-12", "2025-06-01", "2025-06-10", "2024-02")

spans = st.builds(
    lambda article, first, length: (article, first, min(first + length, 15)),
    st.sampled_from(sorted(TEXTS)), st.integers(0, 15), st.integers(0, 5),
)  # fmt: skip
anchors = st.one_of(spans, spans, spans, st.sampled_from([("a1", "dup"), ("a1", "never said"), ("a2", "nor this")]))


@st.composite
def worlds(draw):
    quotes = [
        {
            "id": f"q{n}",
            "own": draw(spans),
            "at": draw(st.lists(anchors, max_size=2)),
            "speaker": draw(st.sampled_from([*SIDES, ""])),
            "issues": draw(st.lists(st.sampled_from(sorted(PARENTS)), max_size=3, unique=True)),
            "attribution": draw(st.sampled_from(["direct", "paraphrase", "anonymous"])),
            "via": draw(st.lists(st.sampled_from(["Bloomberg", "bloomberg", "officials"]), max_size=2)),
            "stance": draw(st.sampled_from(["", *STANCES])),
            "date": draw(st.sampled_from(DATES)),
        }
        for n in range(draw(st.integers(0, 5)))
    ]
    ends = [*SIDES, *(quote["id"] for quote in quotes)]
    links = [
        {
            "from": draw(st.sampled_from(ends)),
            "rel": draw(st.sampled_from(sorted(RELATIONS))),
            "to": draw(st.sampled_from([*PARENTS, *PARENTS, "d2"])),
            "at": draw(st.lists(anchors, max_size=2)),
            "date": draw(st.sampled_from(DATES)),
        }
        for _ in range(draw(st.integers(0, 6)))
    ]
    return {"quotes": quotes, "links": links}


def words(anchor) -> str:
    if len(anchor) == 2:
        return anchor[1]
    article, first, last = anchor
    return " ".join(TEXTS[article].split()[first + 1 : last + 2])


def place(anchor):
    """`(status, start, end)` of an anchor in its article."""
    if len(anchor) == 2:
        return ("ambiguous" if anchor[1] == "dup" else "missing"), -1, -1
    start = TEXTS[anchor[0]].index(words(anchor))
    return "exact", start, start + len(words(anchor))


def write(world, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text)
    people = {one: {"name": one.upper()} for one in SIDES}
    (folder / "dossier.yaml").write_text(json.dumps({
        "format": 1,
        "articles": {name: {"file": f"{name}.txt"} | ({"published": day} if day else {}) for name, day in PUBLISHED.items()},
        "delegations": {one: people[one] | {"members": {m: people[m] for m in SIDES if SIDES[m] == one and m != one}} for one in ("d1", "d2", "d3")},
        "people": {"p1": people["p1"]},
        "issues": {one: {"name": one} | ({"parent": above} if above else {}) for one, above in PARENTS.items()},
        "relations": {"doubts": {"inverse": "doubted by", "stance": "neutral"}},
    }))  # fmt: skip
    (folder / "notes.yaml").write_text(json.dumps({
        "quotes": {quote["id"]: _quote(quote) for quote in world["quotes"]},
        "links": [_link(link) for link in world["links"]],
    }))  # fmt: skip
    return folder


def _at(found):
    return [{"text": words(one), "article": one[0]} for one in found]


def _quote(quote):
    told = {"text": words(quote["own"]), "attribution": quote["attribution"]}
    told |= {field: quote[field] for field in ("speaker", "stance", "date", "via", "issues") if quote[field]}
    return told | {"at": [{"article": quote["own"][0]}, *_at(quote["at"])]}


def _link(link):
    told = {"from": link["from"], "rel": link["rel"], "to": link["to"]}
    if link["date"]:
        told["date"] = link["date"]
    return told | ({"at": _at(link["at"])} if link["at"] else {})


def quote_anchors(quote):
    return [quote["own"], *quote["at"]]


def last_day(date: str) -> str:
    return {4: f"{date}-12-31", 7: date + {"2025-05": "-31", "2024-02": "-29"}.get(date, "")}.get(len(date), date)


def facts(world):
    """Every statement of the world, one per side and issue: plain dictionaries."""
    quotes = {quote["id"]: quote for quote in world["quotes"]}
    for quote in world["quotes"]:
        masks = {issue: {quote["stance"]} for issue in quote["issues"]}
        for link in world["links"]:
            if link["from"] == quote["id"] and link["to"] in PARENTS:
                masks.setdefault(link["to"], {quote["stance"]}).add(RELATIONS[link["rel"]])
        if quote["speaker"]:
            for issue, stances in masks.items():
                origin = quote_origin(quote)
                yield _fact(
                    quote["id"],
                    "quote",
                    quote["speaker"],
                    issue,
                    stances,
                    quote["date"],
                    quote_anchors(quote),
                    origin,
                    quote["attribution"],
                )
    for number, link in enumerate(world["links"]):
        if link["from"] in SIDES and link["to"] in PARENTS:
            origin = link_origin(link, quotes)
            yield _fact(
                number, "link", link["from"], link["to"], {RELATIONS[link["rel"]]}, link["date"], link["at"], origin, ""
            )


def _fact(name, kind, who, issue, stances, date, found, origin, attribution):
    lent = PUBLISHED[found[0][0]] if found and not date else ""
    return {
        "name": (kind, name), "who": who, "issue": issue, "stances": stances - {"", None}, "date": date or lent,
        "anchors": [(kind, name, at, one[0], *place(one)) for at, one in enumerate(found)],
        "origin": origin, "attribution": attribution,
    }  # fmt: skip


def quote_origin(quote):
    if quote["via"]:
        return "via " + quote["via"][0].casefold()
    return quote["speaker"] or quote["own"][0]


def link_origin(link, quotes):
    for one in link["at"]:
        status, start, end = place(one)
        if status == "exact":
            shared = [
                (-(min(end, other_end) - max(start, other)), other, quote["id"])
                for quote in quotes.values()
                for anchor in quote_anchors(quote)
                for found, other, other_end in [place(anchor)]
                if anchor[0] == one[0] and found == "exact" and other < end and other_end > start
            ]
            if not shared:
                return one[0]
            best = quotes[min(shared)[2]]
            return quote_origin(best) if best["via"] or best["speaker"] else one[0]
    return link["at"][0][0] if link["at"] else link["from"]


def tally(found, limit=""):
    """The sums of statements, at the end by stance: components of overlapping ones, found by trying every pair."""
    merged = {}
    for fact in found:
        if limit and (not fact["date"] or last_day(fact["date"]) > limit):
            continue
        one = merged.setdefault(fact["name"], {**fact, "stances": set(), "anchors": []})
        one["stances"] |= fact["stances"]
        one["anchors"] = sorted({*one["anchors"], *fact["anchors"]})
    review = {anchor for one in merged.values() for anchor in one["anchors"] if anchor[4] != "exact"}
    hidden = [one for one in merged.values() if one.get("worst", "exact") not in ("exact", "")]
    review |= {one["anchors"][0] for one in hidden if all(anchor[4] == "exact" for anchor in one["anchors"])}
    counted = [
        one for one in merged.values() if one not in hidden and all(anchor[4] == "exact" for anchor in one["anchors"])
    ]
    dates = [(last_day(one["date"]), one["date"]) for one in counted]
    return (
        tuple(stance for stance in STANCES if any(stance in one["stances"] for one in counted)),
        components(counted),
        len({one["origin"] for one in counted}),
        max(dates, default=("", ""))[1],
        len(review),
        sum(not one["anchors"] for one in counted),
        tuple(components([one for one in counted if stance in one["stances"]]) for stance in STANCES),
    )


def components(counted):
    groups = []
    for one in counted:
        touching = [group for group in groups if any(_overlap(one, other) for other in group)]
        groups = [group for group in groups if group not in touching] + [
            [one, *(other for group in touching for other in group)]
        ]
    return len(groups)


def _overlap(left, right):
    return any(
        a[3] == b[3] and a[4] == b[4] == "exact" and a[5] < b[6] and b[5] < a[6]
        for a in left["anchors"] for b in right["anchors"]
    )  # fmt: skip


def below(one):
    found = [one]
    for issue in found:
        found += [child for child, above in PARENTS.items() if above == issue]
    return found


assert all(left != right for left, right in pairwise(TEXTS.values()))
