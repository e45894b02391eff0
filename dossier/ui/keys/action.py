"""A row of the table of actions."""

from msgspec import Struct


class Action(Struct, frozen=True):
    """A thing a reader can do. Its method is `action_` and its id with `_` for `.` and `-`."""

    id: str
    """Stable name, `noun.verb`; a keymap goes by it."""
    keys: tuple[str, ...]
    """Key sequences, each of keys parted by spaces, as `dossier.ui.keys.names` writes them; the first one is shown."""
    label: str
    """What it does, in one or two words, for the footer."""
    says: str
    """What it does, in one sentence, for the help screen."""
    scopes: tuple[str, ...]
    """Where its keys hold: see `dossier.ui.keys.actions.SCOPES`."""
    group: str
    """The heading under which the help screen lists it."""
    needs: str = ""
    """What must be there for it to do anything: a name of `dossier.ui.keys.actions.NEEDS`; empty when nothing."""
    footer: bool = False
    """Whether the footer shows it, wherever its keys hold."""
    footer_scopes: tuple[str, ...] = ()
    """Where the footer shows it, if not everywhere."""
