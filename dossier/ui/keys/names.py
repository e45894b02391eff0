"""The names of keys: as the action table writes them, and as people do."""

_NAMED = {
    "space": "Space",
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "backspace": "Backspace",
    "delete": "Del",
    "f1": "F1",
}


def key_name(key: str, character: str | None) -> str:
    """The name that the table gives a key which Textual reports as `key` and `character`."""
    if character and len(character) == 1 and character.isprintable() and character != " " and "+" not in key:
        return character
    return key


def show(keys: str) -> str:
    """A key sequence of the table as people write it: `Ctrl+D`, `gg`, `Space`."""
    parts = [_show(key) for key in keys.split()]
    plain = all(len(part) == 1 for part in parts)
    return ("" if plain else " ").join(parts)


def _show(key: str) -> str:
    if key in _NAMED:
        return _NAMED[key]
    *modifiers, last = key.split("+") if len(key) > 1 else (key,)
    upper = (modifiers and len(last) == 1) or (last[0] == "f" and last[1:].isdigit())
    shown = _NAMED.get(last, last.upper() if upper else last)
    return "+".join([*(modifier.capitalize() for modifier in modifiers), shown])
