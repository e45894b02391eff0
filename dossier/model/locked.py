"""A line of `dossier.lock`."""

from msgspec import Struct

from dossier.model.entries import Anchor
from dossier.model.folding import fold

AnchorKey = tuple[str, str, str, str, str, int]
"""Owner, article, folded words, the words before and after that the author named, and the occurrence."""

CONTEXT = 32
"""Characters before and behind the words that the lock keeps (format.md, "Anchors")."""


class Locked(Struct, frozen=True, gc=False, omit_defaults=True):
    """A line of `dossier.lock`: where an anchor was found, in which bytes, between what."""

    owner: str
    """Id of the entry, or key of the link, that rests on it."""
    ordinal: int
    """Index among the anchors of its owner, from 0; for readers and for the order of lines."""
    article: str
    """Id of the article."""
    start: int
    """Offset in the article, in characters."""
    end: int
    """Offset behind the last character."""
    text: str
    """The words, as they stand in the article."""
    before: str
    """Up to 32 characters before them."""
    after: str
    """Up to 32 characters behind them."""
    sha256: str
    """SHA-256 of the article's bytes, in hexadecimal digits."""
    given_before: str = ""
    """The words before that the author named."""
    given_after: str = ""
    """The words behind that the author named."""
    occurrence: int = 0
    """Which occurrence the author named, from 1; 0 when none."""
    alike: int = 1
    """Number of places of the article at which the words stood between the same surroundings."""
    given: str = ""
    """The words as the author wrote them, where the article has them otherwise: in pieces, or under markup."""
    paragraph: str = ""
    """Digest of the paragraphs that hold them: the first 16 hexadecimal digits of a SHA-256 of their folded text."""

    @property
    def words(self) -> str:
        """The words as the author wrote them."""
        return self.given or self.text

    @property
    def anchor(self) -> AnchorKey:
        """The anchor that it is about, as `speaks_of` has it."""
        return self.owner, self.article, fold(self.words), self.given_before, self.given_after, self.occurrence

    def speaks_of(self, owner: str, wanted: Anchor, words: str) -> bool:
        """Return whether it is about this anchor: same owner, article and words (folded), chosen in the same way.

        The ordinal takes no part: another anchor written before this one does not make it another.
        """
        return (
            self.owner == owner
            and self.occurrence == wanted.occurrence
            and self.given_before == wanted.before
            and self.given_after == wanted.after
            and self.article == wanted.article
            and (self.words == wanted.text or fold(self.words) == words)
        )
