"""A pool of worker processes for pure functions, with a time limit for each item.

Python-Markdown can hang on some input. Nothing inside a process can stop that, so files are parsed in processes of
their own, and one that takes too long is ended. The pool starts its processes when there is work and keeps them for
later maps. It starts them by spawn: forking a process with threads can hang, and Windows cannot fork.

How the two sides talk: a worker says "ready" when it waits for orders, and only then is it sent any, so that a write
never waits for a reader that is busy. A map first sends its function and context; once the worker has imported the
function, it gets batches. It answers a batch at once, or a part of it where that takes long. If a worker dies or runs
out of time, the items it has not answered are run again one by one, which tells the one at fault. This module knows
nothing of what the functions do.
"""

import faulthandler
import gc
import operator
import os
import pickle
import signal
import sys
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, NamedTuple, Self, TypeVar

if TYPE_CHECKING:  # imported where a worker starts: a build with nothing to do starts none, and need not pay for it
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

T = TypeVar("T")

_DEATHS = 2  # so often a worker may die at an item before the item is given up: the first time may be an accident
_FALSE_STARTS = 3  # so many workers may die in succession before any has become ready
_FEW = 128  # items for which one worker is enough: to start a second one takes longer than most work on them
_AHEAD = 2  # batches a worker: how far the work may run ahead of the result that is due, which bounds the memory
_PATIENCE = 0.5  # seconds, or a fifth of the limit: an answer comes at the latest after the first item that ends later
_GRACE = 5.0  # seconds beyond the limit after which a worker ends itself, because the parent did not
_GLANCE = 0.002  # seconds: how long finished workers may wait for new work while the caller is busy with results


class TimedOut(NamedTuple):
    """Stands in the place of a result: the item took longer than the limit."""

    seconds: float


class Crashed(NamedTuple):
    """Stands in the place of a result: the worker died at the item, twice."""

    reason: str


class _Preparation(NamedTuple):
    """A function to call with a context, of which nobody wants the result."""

    function: str
    context: object


class WorkerError(RuntimeError):
    """A function raised, or workers cannot start: a bug or a broken environment. The text has the remote traceback."""


class Workers:
    """A pool of up to `jobs` processes, for one thread of the caller. Use it as a context manager, or close it."""

    def __init__(self, jobs: int) -> None:
        if jobs < 1:
            raise ValueError(f"a pool needs at least one worker, not {jobs}")
        self.jobs = jobs
        self._workers: list[_Worker] = []
        self._maps = 0  # how many maps there have been; the number of the last one is its name
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self, *functions: str, count: int | None = None) -> None:
        """Start `count` workers, all unless it is given, and return at once. While they have nothing else to do they
        import the modules of `functions`, in that order. Optional: a map starts as many as it has work for.
        """
        self._refuse_if_closed()
        while len(self._workers) < min(self.jobs, count or self.jobs):
            self._workers.append(_start_worker(functions))

    def prepare(self, function: str, context: object) -> None:
        """Have the workers that are known to wait for orders call `function(context)`, for what it leaves in memory.

        Optional, and returns at once. What goes wrong is told by the map that needs what was to be prepared.
        """
        self._refuse_if_closed()
        order = pickle.dumps(_Preparation(function, context), pickle.HIGHEST_PROTOCOL)
        for worker in self._workers:
            with suppress(OSError, EOFError):  # it died: the next map replaces it
                if worker.is_waiting():
                    worker.order(0, order)

    def map(
        self,
        function: str,
        items: Iterable[T],
        *,
        context: object = None,
        limit: float | None = None,
        batch: int = 512,
    ) -> Iterator[Any]:
        """Yield `function(context, item)`, or a TimedOut or Crashed, for each of `items`, in their order.

        `function` may be a generator that yields nothing, several times: its result is what it returns in the end. What
        follows a `yield` is done after the part before it of all items of a batch. What does the same thing again and
        again has its code and its data in the processor's cache: a tenth less time, where workers share one.

        `function` is "package.module:name" and is imported by the workers only; it must be pure, since an item can be
        run twice. `limit` is in seconds from the start of an item, never earlier than that (the later parts of a
        generator count with those of its batch; what runs out of time there is run again alone). At most `batch` items
        travel in one message: a worker that has many need not wait for the next ones while the caller is busy. For few
        items no second worker is started.
        WorkerError if the function raises or cannot be imported. A map ends the one before it,
        if that is not exhausted yet.
        """
        self._refuse_if_closed()
        count = operator.length_hint(items, 0)
        size = _batch_size(batch, count, self.jobs)
        order = pickle.dumps((function, context, limit), pickle.HIGHEST_PROTOCOL)
        most = min(self.jobs, -(-count // min(batch, _FEW))) or self.jobs
        return self._run(_Queue(iter(items), size, self.jobs), order, limit, most)

    def stop(self) -> None:
        """End the processes, whatever they are at, and let go of what they have open. The next map starts others."""
        self._discard(self._workers)

    def close(self) -> None:
        """End the processes and wait until they are gone. The second time does nothing."""
        self._closed = True
        self._discard(self._workers)

    def _refuse_if_closed(self) -> None:
        if self._closed:
            raise RuntimeError("this pool of workers is closed")

    def _run(self, queue: "_Queue", order: bytes, limit: float | None, most: int) -> Iterator[Any]:
        self._refuse_if_closed()
        self._discard([worker for worker in self._workers if worker.tasks])  # those of a map that was left
        self._maps += 1
        run = _Run(self, self._maps, queue, order, limit, most)
        try:
            for result in run.results():
                yield result
                if self._maps != run.number or self._closed:
                    raise RuntimeError("the pool was closed, or given to another map, before this one was exhausted")
        finally:
            if self._maps == run.number:
                self._discard([worker for worker in self._workers if worker.tasks])

    def _discard(self, workers: "Iterable[_Worker]") -> None:
        gone = tuple(workers)
        for worker in gone:  # first all, so that they die at the same time
            worker.process.kill()
        for worker in gone:
            worker.bury()
        self._workers[:] = [worker for worker in self._workers if worker not in gone]


def _batch_size(batch: int, count: int, jobs: int) -> int:
    """`batch`, or less where the items are so few (0: unknown) that some workers would get nothing."""
    return max(1, min(batch, -(-count // (jobs * 4)))) if count else max(1, batch)


# --- one map ------------------------------------------------------------------------------------------------------


class _Task:
    """An item on its way. `deaths`: how often a worker has died at it. `alone`: whether it may share a batch
    no more.
    """

    __slots__ = ("alone", "deaths", "index", "item")

    def __init__(self, index: int, item: object) -> None:
        self.index = index
        self.item = item
        self.deaths = 0
        self.alone = False


class _Queue:
    """The items that no worker has yet. Takes them from the caller's iterator no sooner than they are needed."""

    def __init__(self, items: Iterator[object], size: int, jobs: int) -> None:
        self._items = items
        self._tasks: deque[_Task] = deque()
        self._taken = 0
        self._ended = False
        self._size = size
        self._jobs = jobs

    def batches(self, most: int, due: int) -> int:
        """How many batches can be given out now, counted up to `most`, while result number `due` is the next one."""
        wanted, ahead = most * self._size, self._size * self._jobs * _AHEAD
        while len(self._tasks) < wanted and self._taken < due + ahead and not self._ended:
            try:
                item = next(self._items)
            except StopIteration:
                self._ended = True
            else:
                self._tasks.append(_Task(self._taken, item))
                self._taken += 1
        return min(most, -(-len(self._tasks) // self._size))

    def take(self) -> deque[_Task]:
        """The next batch; one that a worker may have died of goes alone, so that it can only harm itself.

        The last batches are smaller and smaller, so that all workers end at about the same time.
        """
        size = min(self._size, -(-len(self._tasks) // (2 * self._jobs))) if self._ended else self._size
        batch = deque([self._tasks.popleft()])
        while self._tasks and len(batch) < size and not batch[0].alone and not self._tasks[0].alone:
            batch.append(self._tasks.popleft())
        return batch

    def give_back(self, tasks: Iterable[_Task]) -> None:
        self._tasks.extendleft(reversed(tuple(tasks)))


class _Run:
    """One map: gives out batches, gathers results, and replaces the workers that hang or die."""

    def __init__(self, pool: Workers, number: int, queue: _Queue, order: bytes, limit: float | None, most: int) -> None:
        self.number = number
        self._pool = pool
        self._workers = pool._workers
        self._queue = queue
        self._order = order
        self._limit = limit
        self._most = most
        self._done: dict[int, Any] = {}
        self._due = 0  # the index of the next result to yield
        self._false_starts = 0

    def results(self) -> Iterator[Any]:
        while self._hand_out():
            self._attend(self._patience())
            glance = time.monotonic() + _GLANCE
            while self._due in self._done:
                result = self._done.pop(self._due)
                self._due += 1
                yield result
                if time.monotonic() >= glance:
                    self._hand_out()
                    self._attend(0)
                    glance = time.monotonic() + _GLANCE

    def _hand_out(self) -> bool:
        """Give every waiting worker something to do, start new ones if there is more; False if all is done."""
        idle = [worker for worker in self._workers if not worker.tasks]
        batches = self._queue.batches(self._pool.jobs, self._due)
        for _ in range(min(batches, self._pool.jobs) - len(idle)):
            if len(self._workers) < self._most:
                self._workers.append(_start_worker(()))
        for worker in idle:
            if worker.ready and self._queue.batches(1, self._due):
                self._give_work(worker)
        return bool(batches) or bool(self._done) or any(worker.tasks for worker in self._workers)

    def _give_work(self, worker: "_Worker") -> None:
        try:
            if worker.map != self.number:
                worker.order(self.number, self._order)
            else:
                worker.give(self._queue.take())
        except OSError:  # it died while it had nothing to do
            self._queue.give_back(worker.tasks)
            worker.tasks.clear()
            self._replace(worker)

    def _patience(self) -> float | None:
        """Seconds until an item can overrun; None if none can."""
        since = [worker.since for worker in self._workers if worker.tasks]
        if self._limit is None or not since:
            return None
        return max(0.0, min(since) + self._limit - time.monotonic())

    def _attend(self, patience: float | None) -> None:
        """Read what has come in, or wait for it for so many seconds; then end the workers that overrun."""
        from multiprocessing.connection import wait

        silent = [worker for worker in self._workers if worker.tasks or not worker.ready]
        if not silent:
            return
        ready = wait([worker.connection for worker in silent], patience)
        for worker in silent:
            if worker.connection in ready:
                self._listen(worker)
            elif self._overruns(worker):
                self._time_out(worker)

    def _overruns(self, worker: "_Worker") -> bool:
        """Whether a worker that has nothing to say is over the limit. (One that has may be at its next item already:

        the caller may have been away for long. Its clock starts again with each answer that is read.)
        """
        return self._limit is not None and bool(worker.tasks) and time.monotonic() - worker.since >= self._limit

    def _listen(self, worker: "_Worker") -> None:
        try:
            kind, content = pickle.loads(worker.connection.recv_bytes())
        except (EOFError, OSError):
            self._lose(worker)
            return
        if kind == "results":
            for result in content:
                self._done[worker.tasks.popleft().index] = result
            worker.since = time.monotonic()
            return
        worker.ready = not worker.tasks
        if worker.map == self.number:  # else it answers the order of a map that was left
            self._false_starts = 0
            if kind == "failed":
                raise WorkerError(content)

    def _time_out(self, worker: "_Worker") -> None:
        assert self._limit is not None
        if len(worker.tasks) == 1:
            self._done[worker.tasks.popleft().index] = TimedOut(self._limit)
        for task in worker.tasks:
            task.alone = True  # it may have been at any of them
        self._queue.give_back(worker.tasks)
        self._pool._discard([worker])

    def _lose(self, worker: "_Worker") -> None:
        """A worker has died. Run its items again, but not one at which that has happened before."""
        if self._overruns(worker):  # it ended itself, while the caller was away
            self._time_out(worker)
            return
        tasks = tuple(worker.tasks)
        reason = self._replace(worker)
        for task in tasks:
            task.alone = True
            task.deaths += len(tasks) == 1  # else the worker may have been at any of them
            if task.deaths == _DEATHS:
                self._done[task.index] = Crashed(reason)
        self._queue.give_back(task for task in tasks if task.deaths < _DEATHS)

    def _replace(self, worker: "_Worker") -> str:
        """Drop a dead worker (the next one starts when there is work for it); say why it died."""
        reason = worker.last_words()
        if not worker.tasks and not (worker.ready and worker.map != self.number):  # else it had nothing to do yet
            self._false_starts += 1
        self._pool._discard([worker])
        if self._false_starts >= _FALSE_STARTS:
            raise WorkerError(f"{_FALSE_STARTS} workers in succession died before they could do anything: {reason}")
        return reason


class _Worker:
    """The parent's side of one worker process."""

    __slots__ = ("connection", "map", "process", "ready", "since", "tasks")

    def __init__(self, process: "SpawnProcess", connection: "Connection[Any, Any]") -> None:
        self.process = process
        self.connection = connection
        self.ready = False  # whether it has started, and has done what it was ordered last
        self.map = 0  # the number of the map whose function it has
        self.tasks: deque[_Task] = deque()  # given and not answered; it is at the first one
        self.since = 0.0  # when it began with that, or later

    def is_waiting(self) -> bool:
        """Whether it waits for orders; whatever it had to say of the last preparation is of no interest."""
        if not self.tasks and not self.ready and self.connection.poll():
            self.connection.recv_bytes()
            self.ready = True
        return self.ready and not self.tasks

    def order(self, number: int, order: bytes) -> None:
        self.connection.send_bytes(order)
        self.map = number
        self.ready = False

    def give(self, tasks: deque[_Task]) -> None:
        self.tasks = tasks
        self.connection.send_bytes(pickle.dumps([task.item for task in tasks], pickle.HIGHEST_PROTOCOL))
        self.since = time.monotonic()

    def last_words(self) -> str:
        """Why it died."""
        self.process.join(1.0)
        code = self.process.exitcode
        if code is not None and code < 0:
            return f"ended by signal {-code}"
        return f"ended with exit code {code}"

    def bury(self) -> None:
        self.connection.close()
        self.process.join()
        self.process.close()


def _start_worker(functions: tuple[str, ...]) -> _Worker:
    from multiprocessing import get_context

    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there, functions), name="healthsite worker", daemon=True)
    with _no_interrupt():
        process.start()
    there.close()  # so that the worker's end closes when the worker dies
    return _Worker(process, here)


@contextmanager
def _no_interrupt() -> Iterator[None]:
    """Keep Ctrl-C for later, here and in a process started now, which would print a traceback if it hit its start."""
    if sys.platform == "win32":
        yield
        return
    from multiprocessing.resource_tracker import ensure_running

    ensure_running()  # the first spawn would start it, and that lifts the mask again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# --- inside the worker --------------------------------------------------------------------------------------------

_Function = Callable[[Any, Any], Any]


def _serve(connection: "Connection[Any, Any]", functions: tuple[str, ...]) -> None:
    """The life of a worker: until its parent closes the connection, kills it or dies."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent handles Ctrl-C; (on Windows no mask was inherited)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with suppress(EOFError, OSError):
        connection.send_bytes(_READY)
        _follow_orders(connection, deque(functions))


def _end_with_parent() -> None:
    """Without this, a worker at a long item would notice only after it that nobody wants the result."""
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _follow_orders(connection: "Connection[Any, Any]", ahead: deque[str]) -> None:
    """Do what comes in; import the modules of the functions ``ahead`` meanwhile.

    Garbage is collected after each batch, not again and again while much of it is in use; and only what is young, for
    what outlives a batch is remembered, as a rule. The rest is looked through when a function is ordered again.
    """
    gc.disable()
    function: _Function = _no_function
    context: object = None
    limit: float | None = None
    found: set[str] = set()
    is_waiting = True
    while True:
        while ahead and is_waiting and not connection.poll():
            with suppress(Exception):  # the map that needs it says what is wrong
                _find(ahead.popleft())
        data = connection.recv_bytes()
        try:
            order = pickle.loads(data)
            if isinstance(order, _Preparation):
                prepare: Any = _find(order.function)
                prepare(order.context)
            elif isinstance(order, tuple):
                name, context, limit = order
                function = _find(name)
                if name in found:
                    gc.collect()
                else:
                    gc.freeze()  # the modules that are there now stay: no collection need look at them
                    found.add(name)
        except BaseException:
            connection.send_bytes(_failure())
            continue
        is_waiting = not isinstance(order, tuple)  # else its items come at once
        if isinstance(order, tuple):
            connection.send_bytes(_READY)
        else:
            _work(connection, function, context, order, limit)
            gc.collect(_YOUNG)


def _work(
    connection: "Connection[Any, Any]", function: _Function, context: object, items: list[Any], limit: float | None
) -> None:
    """Answer a batch, in parts where it takes long: the clock starts again with each. The first failure ends it."""
    waiting, left = iter(items), len(items)
    while left:
        try:
            with _time_bomb(limit):
                results = _some(function, context, waiting, _PATIENCE if limit is None else min(_PATIENCE, limit / 5))
            answer = pickle.dumps(("results", results), pickle.HIGHEST_PROTOCOL)
        except BaseException:
            connection.send_bytes(_failure())
            return
        connection.send_bytes(answer)
        left -= len(results)


def _some(function: _Function, context: object, items: Iterator[Any], patience: float) -> list[Any]:
    """The results of items: as many as end in time for one answer, and one more; of generators, as many as begin. Their
    later parts take their time, too, and all must be within the limit.
    """
    results: list[Any] = []
    began = time.monotonic()
    for item in items:
        results.append(_further(function(context, item)))
        if time.monotonic() - began > patience:
            break
    while any(isinstance(result, Generator) for result in results):
        results = [_further(result) for result in results]
    return results


def _further(result: Any) -> Any:
    """A result; or the generator that will give it, at its next `yield`."""
    if not isinstance(result, Generator):
        return result
    try:
        next(result)
    except StopIteration as end:
        return end.value
    return result


@contextmanager
def _time_bomb(limit: float | None) -> Iterator[None]:
    """End this process if it hangs although nobody is left to end it.

    A hanging regular expression holds the interpreter's lock, so that no Python thread sees the parent's death.
    The thread of faulthandler needs no lock.
    """
    if limit is None:
        yield
        return
    faulthandler.dump_traceback_later(limit + _GRACE, exit=True, file=_nowhere())
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


@cache
def _nowhere() -> IO[str]:
    return Path(os.devnull).open("w")


def _failure() -> bytes:
    return pickle.dumps(("failed", traceback.format_exc()))


def _find(name: str) -> _Function:
    module, _, attribute = name.partition(":")
    function: _Function = getattr(import_module(module), attribute)
    return function


def _no_function(context: object, item: object) -> object:
    raise RuntimeError("a worker was given items before a function")


_YOUNG = 1
"""The older of the generations of garbage that a batch leaves."""

_READY = pickle.dumps(("ready", None))
