"""Slow work beside the screen: one thread for each kind of work, in which only the last job asked for is begun."""

from collections.abc import Callable
from queue import SimpleQueue
from threading import Lock, Thread

from textual.message import Message

from dossier.desk.desk import Desk
from dossier.model.problems import DossierError
from dossier.ui.work.memory import release_memory

HEAVY = "heavy work"
"""The one thread of what takes much memory for a moment, the problems and a document: the peaks of several such jobs
never come together, and none takes the processor from another.
"""

Job = Callable[[Desk], Message]
"""Work that ends in a message for the screen."""

Failure = Callable[[str], Message]
"""From one sentence to the message that a job failed."""

_queues: dict[str, "SimpleQueue[Callable[[], None]]"] = {}
_making = Lock()


def _queue(name: str) -> "SimpleQueue[Callable[[], None]]":
    """The queue of the one thread of that name, which is there for the rest of the program.

    However often a dialog is opened and closed, there are no more threads than kinds of work.
    """
    with _making:
        if name not in _queues:
            _queues[name] = SimpleQueue()
            Thread(target=_run, args=(_queues[name],), name=name, daemon=True).start()
        return _queues[name]


def _run(queue: "SimpleQueue[Callable[[], None]]") -> None:
    while True:
        queue.get()()


class Aside:
    """Carries jobs out one after another, with a desk of its own. A newer one takes the place of one not begun."""

    def __init__(self, beside: Callable[[], Desk], post: Callable[[Message], object], name: str) -> None:
        """`beside` opens the dossier for another thread; `post` must be safe to call from any thread; `name` is that of
        the thread, which it shares with all of that name.
        """
        self._beside = beside
        self._post = post
        self._name = name
        self._desk: Desk | None = None
        self._asked: tuple[Job, Failure] | None = None
        self._closed = False

    def ask(self, job: Job, failure: Failure) -> None:
        """Have `job` carried out; whatever goes wrong in it becomes a message too."""
        if not self._closed:
            self._asked = job, failure
            _queue(self._name).put(self._carry_out)

    def close(self) -> None:
        """Close the desk when the job that has begun is done; what comes of it until then goes unheard."""
        self._post = lambda _message: None
        self._closed, self._asked = True, None
        if self._name in _queues:
            _queue(self._name).put(self._close_desk)

    def _carry_out(self) -> None:
        asked, self._asked = self._asked, None
        if asked is not None:
            self._post(self._outcome(*asked))

    def _close_desk(self) -> None:
        if self._desk is not None:
            self._desk.close()
            self._desk = None
            release_memory()

    def _outcome(self, job: Job, failure: Failure) -> Message:
        try:
            if self._desk is None:
                self._desk = self._beside()
            return job(self._desk)
        except DossierError as error:
            return failure(str(error))
        except Exception as error:  # noqa: BLE001 - whatever fails in a thread must be seen on the screen
            return failure(f"Something went wrong: {type(error).__name__}: {error}")
