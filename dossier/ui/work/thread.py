"""Slow work beside the screen: one thread with its own desk, in which only the last job asked for is begun."""

from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread

from textual.message import Message

from dossier.desk.desk import Desk
from dossier.model.problems import DossierError

Job = Callable[[Desk], Message]
"""Work that ends in a message for the screen."""

Failure = Callable[[str], Message]
"""From one sentence to the message that a job failed."""


class Aside:
    """Carries jobs out one after another. A newer one takes the place of those that have not begun."""

    def __init__(self, beside: Callable[[], Desk], post: Callable[[Message], object], name: str) -> None:
        """`beside` opens the dossier for another thread; `post` must be safe to call from any."""
        self._beside = beside
        self._post = post
        self._name = name
        self._desk: Desk | None = None
        self._queue: SimpleQueue[tuple[Job, Failure] | None] = SimpleQueue()
        self._thread: Thread | None = None

    def ask(self, job: Job, failure: Failure) -> None:
        """Has `job` carried out; whatever goes wrong in it becomes a message too."""
        if self._thread is None:
            self._thread = Thread(target=self._run, name=self._name, daemon=True)
            self._thread.start()
        self._queue.put((job, failure))

    def close(self) -> None:
        """Ends the thread when it is done; what comes of it until then goes unheard."""
        self._post = lambda _message: None
        self._queue.put(None)

    def _run(self) -> None:
        while True:
            asked = self._queue.get()
            while asked is not None and not self._queue.empty():
                asked = self._queue.get()
            if asked is None:
                break
            self._post(self._outcome(*asked))
        if self._desk is not None:
            self._desk.close()

    def _outcome(self, job: Job, failure: Failure) -> Message:
        try:
            if self._desk is None:
                self._desk = self._beside()
            return job(self._desk)
        except DossierError as error:
            return failure(str(error))
        except Exception as error:  # noqa: BLE001 - whatever fails in a thread must be seen on the screen
            return failure(f"Something went wrong: {type(error).__name__}: {error}")
