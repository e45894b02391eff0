"""The parts of elements of REFI-QDA projects: selections, the codes and notes they refer to, and keys."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from dossier.exchange.offsets import Selection

_LIKELY = 8  # characters from which on a name that stands in the text is taken for the words selected


def selections_of(source: Element) -> list[Element]:
    """The selections of words of a source."""
    return [one for one in source if one.tag == "PlainTextSelection"]


def selection_of(element: Element, text: str) -> Selection:
    """A selection; its name counts as its words where it stands in the text, as ATLAS.ti and QualCoder write it."""
    start, end = positions(element)
    words = element.get("name", "").removesuffix("…").removesuffix("...").rstrip()
    likely = len(words) >= _LIKELY and words in text
    return Selection(start, end, words if likely else "", likely=True)


def codes_of(element: Element) -> list[str]:
    """The codes that an element is coded with, by their keys."""
    found = [
        plain_guid(reference.get("targetGUID", ""))
        for coding in element
        if coding.tag == "Coding"
        for reference in coding
        if reference.tag == "CodeRef"
    ]
    return list(dict.fromkeys(found))


def notes_of(element: Element, notes: Mapping[str, str]) -> list[str]:
    """The texts of the notes that an element refers to."""
    references = [plain_guid(one.get("targetGUID", "")) for one in element if one.tag == "NoteRef"]
    return [notes[one] for one in references if notes.get(one)]


def child_text(element: Element, name: str, *, strip: bool = True) -> str:
    """The text of the first child of that name; empty when there is none."""
    found = next((one.text or "" for one in element if one.tag == name), "")
    return found.strip() if strip else found


def guid_of(element: Element) -> str:
    """The key of an element: its GUID, else its tag and name."""
    return plain_guid(element.get("guid", "")) or f"{element.tag} {element.get('name', '')}"


def plain_guid(guid: str) -> str:
    """A GUID without braces and in lower case, which programs do not agree on."""
    return guid.strip().strip("{}").lower()


def positions(selection: Element) -> tuple[int, int]:
    """Start and end of a selection as written; -1 and 0 when they are no numbers."""
    try:
        return int(selection.get("startPosition", "-1")), int(selection.get("endPosition", "0"))
    except ValueError:
        return -1, 0
