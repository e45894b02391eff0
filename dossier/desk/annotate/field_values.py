"""Values of fields, given in JSON or by the browser, as they are written."""

from dossier.model.clean import HOSTILE
from dossier.model.problems import DossierError
from dossier.store.yaml.rendering import BlockScalar, New


def field_value(value: object, name: str) -> New:
    """Return a value of a field as it is written.

    Raises:
        DossierError: it is neither a text, a number, yes or no, nor a list of texts, nor a mapping of these; or it
            holds a control character.

    """
    if isinstance(value, list | tuple):
        return [field_value(one, name) for one in value]
    if isinstance(value, dict):
        return {text_value(key, name): field_value(one, name) for key, one in value.items()}
    text = text_value(value, name)
    hostile = HOSTILE.search(text)
    if hostile:
        raise DossierError(f"“{name}” holds U+{ord(hostile[0]):04X}, a control character; leave it out.")
    return BlockScalar(text) if len(text) > 100 or "\n" in text else text


def text_value(value: object, name: str) -> str:
    """Return a single value as a text; raises `DossierError` for what is none, or holds half a character."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if not isinstance(value, str):
        raise DossierError(f"“{name}” must be a text, not {type(value).__name__}.")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise DossierError(f"“{name}” holds half a character (a lone surrogate); write it whole.") from None
    return value
