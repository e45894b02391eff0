"""A review carried out beside the screen: decisions, and taking them back, each told when it is done."""

from collections.abc import Callable, Sequence

from msgspec import Struct
from textual.message import Message

from dossier.desk.desk import Desk
from dossier.desk.evidence.review import Review, ReviewItem
from dossier.ui.work.thread import Aside

Key = tuple[str, int, str]
"""What tells one piece of evidence from every other."""


class Option(Struct, frozen=True):
    """A thing that can be decided."""

    does: str
    """`place`, `wording`, `choose` or `leave`."""
    candidate: int
    """Which of the item's places it is about; -1 for none."""
    says: str
    """What it means, in a few words."""


class Reviewed(Message):
    """The review has got somewhere: it is loaded, a decision is on the disk, or one was taken back."""

    def __init__(
        self, items: Sequence[ReviewItem], says: str = "", key: Key | None = None, *, undone: bool = False
    ) -> None:
        super().__init__()
        self.items = tuple(items)
        """What needs a look now."""
        self.says = says
        """The decision; empty when there was none."""
        self.key = key
        """What it was about."""
        self.undone = undone
        """Whether it was taken back."""


class ReviewFailed(Message):
    """A decision could not be carried out; nothing was changed by it."""

    def __init__(self, why: str, *, deciding: bool = False) -> None:
        super().__init__()
        self.why = why
        """One sentence."""
        self.deciding = deciding
        """Whether it was a decision that failed, and what there is can be looked at again."""


class Reviewer:
    """Carries out decisions one after another, in a thread with its own desk."""

    def __init__(self, desk: Desk, post: Callable[[Message], object]) -> None:
        self._aside = Aside(desk.clone, post, "review")
        self._review: Review | None = None
        self._keys: list[Key] = []

    def load(self) -> None:
        """Ask for what needs a look."""

        def job(desk: Desk) -> Message:
            desk.refresh()
            return Reviewed(self._of(desk).items())

        self._aside.ask(job, ReviewFailed)

    def decide(self, item: ReviewItem, option: Option) -> None:
        """Ask for a decision to be carried out."""

        def job(desk: Desk) -> Message:
            review = self._of(desk)
            if option.does == "place":
                decision = review.accept_place(item)
            elif option.does == "wording":
                decision = review.accept_wording(item, option.candidate)
            else:
                decision = review.choose(item, option.candidate)
            self._keys.append(item.key)
            return Reviewed(review.items(), decision.says, item.key)

        self._aside.ask(job, lambda why: ReviewFailed(why, deciding=True))

    def undo(self) -> None:
        """Ask for the last decision to be taken back."""

        def job(desk: Desk) -> Message:
            review = self._of(desk)
            decision = review.undo()
            return Reviewed(review.items(), decision.says, self._keys.pop(), undone=True)

        self._aside.ask(job, lambda why: ReviewFailed(why, deciding=True))

    def _of(self, desk: Desk) -> Review:
        if self._review is None:
            self._review = Review(desk)
        return self._review

    def close(self) -> None:
        """End the thread when it is done."""
        self._aside.close()


def options(item: ReviewItem) -> list[Option]:
    """The possible decisions on a piece of evidence, the likeliest first, leaving it open last."""
    found: list[Option] = []
    status = item.evidence.status
    for at, place in enumerate(item.candidates):
        where = f"¶{place.paragraph}"
        if status == "moved":
            found.append(Option("place", at, f"The new place {where} is right"))
        elif not place.same:
            found.append(Option("wording", at, f"The words {where} are right: correct the annotation"))
        else:
            found.append(Option("choose", at, f"These are meant, {where}: {_near(place.before, place.after)}"))
    return [*found, Option("leave", -1, "Leave it open")]


def _near(before: str, after: str) -> str:
    """The nearest words around a place."""
    return f"… {' '.join(before.split()[-4:])} [·] {' '.join(after.split()[:4])} …"
