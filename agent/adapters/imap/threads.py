"""A thread that does blocking calls for the event loop, one after the other.

Not a ThreadPoolExecutor: the interpreter joins that one's threads at exit, and a name
look-up that hangs for a minute would hold up the end of the program for as long.
"""

import asyncio
import queue
import threading
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")

_Job = tuple[Callable[[], Any], asyncio.AbstractEventLoop, "asyncio.Future[Any]"]


class Worker:
    """One daemon thread; started by its first call, ended by `stop`."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    async def run(self, call: Callable[[], T]) -> T:
        """What `call` returns or raises, done in the thread.

        Cancelled, the caller goes on at once; a call that has begun runs to its end.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._ensure_started()
        self._jobs.put((call, loop, future))
        return await future

    def stop(self) -> None:
        """Let the thread end after what it is doing; what was queued before is still done."""
        if self._thread is not None:
            self._jobs.put(None)
            self._thread = None

    def _ensure_started(self) -> None:
        if self._thread is None:
            self._jobs = queue.SimpleQueue()
            self._thread = threading.Thread(
                target=_serve, args=(self._jobs,), name=self._name, daemon=True
            )
            self._thread.start()


def _serve(jobs: "queue.SimpleQueue[_Job | None]") -> None:
    while (job := jobs.get()) is not None:
        call, loop, future = job
        if future.cancelled():
            continue
        try:
            result, error = call(), None
        except BaseException as raised:  # handed to the caller, who waits for it
            result, error = None, raised
        try:
            loop.call_soon_threadsafe(_settle, future, result, error)
        except RuntimeError:  # the loop was closed meanwhile: nobody waits any more
            continue


def _settle(future: "asyncio.Future[Any]", result: Any, error: BaseException | None) -> None:
    if future.cancelled():
        return
    if error is None:
        future.set_result(result)
    else:
        future.set_exception(error)
