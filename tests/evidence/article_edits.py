"""Articles to edit, edits to make at random, and an own reading of "the same words" to judge the program by."""

import random
import re
import unicodedata
from pathlib import Path

PLAIN = {**dict.fromkeys("‘’‚‛′ʼ", "'"), **dict.fromkeys("“”„‟″", '"'), **dict.fromkeys("‐‑‒–—―−", "-")}
NOTHING = "\u200b\u2060\ufeff\u00ad"
FANCY = {"'": "‘’", '"': "“”„", "-": "–—‑", " ": "\u00a0\u2009\u3000"}
WORDS = [
    "talks",
    "minister",
    "tariff",
    "export",
    "said",
    "early",
    "on",
    "agreement",
    "rare",
    "earth",
    "China",
    "London",
    "he",
    "they",
    "measure",
    "not",
]


def plain(text: str) -> str:
    """`text` as the format says words are compared: written anew here, so as not to trust the program's own folding."""
    text = re.sub(rf"(.)\u00ad[{NOTHING}\s]*?\s[{NOTHING}\s]*(?=(.))", _joined, text, flags=re.DOTALL)
    text = unicodedata.normalize("NFC", "".join(c for c in text if c not in NOTHING))
    return re.sub(r"\s+", " ", "".join(PLAIN.get(c, c) for c in text)).strip()


def _joined(match: re.Match[str]) -> str:
    """The end of the first half of a word that a soft hyphen breaks at the end of a line, or what is no such word."""
    is_word = (match[1].isalpha() or unicodedata.combining(match[1])) and match[2].isalpha()
    return match[1] if is_word else match[0]


def places(text: str, words: str) -> list[int]:
    """Return where the words stand in a plain text, not cut out of longer words."""
    found = [m.start() for m in re.finditer(f"(?={re.escape(words)})", text)]
    return [at for at in found if not (cuts(text, at) or cuts(text, at + len(words)))]


LINKS = "-'./_@&,:+#·"


def cuts(text: str, at: int) -> bool:
    """Return whether a cut at `at` parts words or numbers, read generously: what is tied to them by a mark is a part of them."""
    if not 0 < at < len(text):
        return False
    around = text[max(at - 3, 0) : at], text[at : at + 3]
    left, right = around[0][-1], around[1][0]
    if left.isalnum() and right.isalnum():
        return True
    if left.isalnum() and right in LINKS + "$%€£" and (around[1][1:2].isalnum() or right in "+#%$€£"):
        return True
    if right.isalnum() and left in LINKS + "$€£" and (around[0][-2:-1].isalnum() or right.isdigit()):
        return True
    if left.isdigit() and right == " " and around[1][1:2].isdigit():
        return True
    if right.isdigit() and left == " " and around[0][-2:-1].isdigit():
        return True
    return "- " in text[max(at - 2, 0) : at + 2]


def articles(rng: random.Random, folder: Path | None, count: int) -> list[str]:
    """Real articles where they are, else articles of ordinary words."""
    if folder is None:
        return [made(rng) for _ in range(count)]
    files = sorted(folder.rglob("*.md"))
    texts = (path.read_text(encoding="utf-8") for path in rng.sample(files, min(len(files), count * 3)))
    return [text for text in texts if 1_500 < len(text) < 40_000][:count]


def made(rng: random.Random) -> str:
    def sentence() -> str:
        return " ".join(rng.choice(WORDS) for _ in range(rng.randint(4, 14))).capitalize() + "."

    return "\n\n".join(" ".join(sentence() for _ in range(rng.randint(2, 6))) for _ in range(rng.randint(5, 12)))


def passages(rng: random.Random, text: str, count: int, start: int = 0) -> list[str]:
    """Words of a text, from 2 to 30 together, as an author would pick them."""
    words = list(re.finditer(r"\S+", text[start:]))
    picked = []
    for _ in range(count):
        first = rng.randrange(len(words) - 2)
        last = min(first + rng.randint(2, 30), len(words)) - 1
        picked.append(text[start + words[first].start() : start + words[last].end()])
    return picked


def edit(rng: random.Random, text: str) -> str:
    """`text` after one edit, of a kind that editors, editorial systems and typesetters make."""
    return rng.choice(EDITS)(rng, text)


def _insert(rng, text):
    at = rng.randrange(len(text) + 1)
    return f"{text[:at]} {' '.join(rng.choice(WORDS) for _ in range(rng.randint(1, 12)))} {text[at:]}"


def _delete(rng, text):
    at = rng.randrange(len(text))
    return text[:at] + text[at + rng.randint(1, 120) :]


def _replace(rng, text):
    words = list(re.finditer(r"\w+", text))
    if not words:
        return text
    chosen = rng.choice(words)
    return text[: chosen.start()] + rng.choice(WORDS) + text[chosen.end() :]


def _move(rng, text):
    parts = text.split("\n\n")
    parts.insert(rng.randrange(len(parts)), parts.pop(rng.randrange(len(parts))))
    return "\n\n".join(parts)


def _duplicate(rng, text):
    parts = text.split("\n\n")
    parts.insert(rng.randrange(len(parts) + 1), rng.choice(parts))
    return "\n\n".join(parts)


def _duplicate_words(rng, text):
    at = rng.randrange(len(text))
    there = rng.randrange(len(text))
    return text[:there] + text[at : at + rng.randint(10, 200)] + text[there:]


def _typography(rng, text):
    plain_one = rng.choice(list(FANCY))
    return "".join(rng.choice(FANCY[plain_one]) if c == plain_one and rng.random() < 0.3 else c for c in text)


def _spaces(rng, text):
    return re.sub(" ", lambda _: rng.choice([" ", " ", "  ", "\n", " \t"]), text)


def _hidden(rng, text):
    for _ in range(5):
        at = rng.randrange(len(text) + 1)
        text = text[:at] + rng.choice(NOTHING) + text[at:]
    return text


def _forms(rng, text):
    return unicodedata.normalize(rng.choice(["NFC", "NFD"]), text)


def _line_ends(rng, text):
    return text.replace("\r\n", "\n").replace("\n", rng.choice(["\r\n", "\n"]))


EDITS = (
    _insert,
    _delete,
    _replace,
    _move,
    _duplicate,
    _duplicate_words,
    _typography,
    _spaces,
    _hidden,
    _forms,
    _line_ends,
)
