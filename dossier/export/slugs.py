"""The names by which GitHub links to headings.

As its rendering does and github-slugger repeats it: lower case, all but letters, marks, digits, connectors, hyphens and
spaces taken out, spaces to hyphens, and a number behind a name that was there before.
"""

import unicodedata


def slug(heading: str) -> str:
    """The name of a heading whose rendered text is `heading`, before any number; may be empty."""
    return "".join("-" if c == " " else c for c in heading.lower() if c in " -" or _in_word(c))


def _in_word(character: str) -> bool:
    r"""Return whether Ruby's `\p{Word}` holds: Alphabetic, Mark, Decimal_Number or Connector_Punctuation."""
    category = unicodedata.category(character)
    if category[0] in "LM" or category in ("Nd", "Nl", "Pc"):
        return True
    code = ord(character)  # letters in circles and squares count as Alphabetic though they are symbols
    return 0x24B6 <= code <= 0x24E9 or any(
        first <= code <= last for first, last in ((0x1F130, 0x1F149), (0x1F150, 0x1F169), (0x1F170, 0x1F189))
    )


class Slugs:
    """The names given in one document so far."""

    def __init__(self) -> None:
        self._given: dict[str, int] = {}

    def free(self, heading: str) -> bool:
        """Return whether `heading` would get a name of its own, without a number."""
        name = slug(heading)
        return bool(name) and name not in self._given

    def give(self, heading: str) -> str:
        """The name of the next heading."""
        name = result = slug(heading)
        while result in self._given:
            self._given[name] += 1
            result = f"{name}-{self._given[name]}"
        self._given[result] = 0
        return result
