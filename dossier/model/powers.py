"""Raised numbers as characters that are raised by themselves: 10 to the 6th is not 106."""

import re

_RAISED = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")
_NUMBER = re.compile(r"[+−-]?[0-9]{1,4}|n")


def as_power(text: str) -> str:
    """Return a raised number in characters of its own, as many as before; empty for anything else."""
    return text.translate(_RAISED) if _NUMBER.fullmatch(text) else ""
