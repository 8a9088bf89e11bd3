"""Work in several processes, this one among them: each takes the next items, and sends what it makes of them."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")
_LOOKS = 0.5
"""Seconds between two looks at whether the starting process is still there."""
_MOST_RUNS = 8_000
"""Runs of items to hand out: two bytes each, they fit into any pipe."""


def processors() -> int:
    """Return how many processes can run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def forks() -> bool:
    """Whether a process can be started as a copy of this one, with all that it knows."""
    return "fork" in multiprocessing.get_all_start_methods()


def each(
    work: Callable[[Item], Made], items: Sequence[Item], jobs: int, *, fixed: bool = False
) -> Iterator[tuple[int, Made]]:
    """Yield (number of the item, what ``work`` makes of it) in any order; the first items are begun first.

    Whoever is free takes the next, or, where ``fixed``, each process every n-th: then what a process has made before an
    item is the same in every run. An item whose process ends before it is made comes to this one. Where processes can't
    be forked, all do.
    """
    left = set(range(len(items)))
    if jobs > 1 and len(items) > 1 and forks():
        for number, made in _in_processes(work, items, min(jobs, len(items)), fixed):
            left.discard(number)
            yield number, made
    for number in sorted(left):
        yield number, work(items[number])


class _Runs:
    """Runs of items in a pipe: whoever is free reads the next."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._size = max(1, -(-count // _MOST_RUNS))
        self._next, filled = os.pipe()
        with os.fdopen(filled, "wb") as pipe:
            pipe.write(b"".join(number.to_bytes(2, "big") for number in range(-(-count // self._size))))

    def __iter__(self) -> Iterator[range]:
        while read := os.read(self._next, 2):
            first = int.from_bytes(read, "big") * self._size
            yield range(first, min(first + self._size, self._count))

    def close(self) -> None:
        """Hand out nothing more to this process."""
        os.close(self._next)


def _in_processes(
    work: Callable[[Item], Made], items: Sequence[Item], jobs: int, fixed: bool
) -> Iterator[tuple[int, Made]]:
    context = multiprocessing.get_context("fork")
    runs = _Runs(0 if fixed else len(items))
    shares = [[range(first, len(items), jobs)] if fixed else runs for first in range(jobs)]
    running: dict[Connection, Any] = {}
    try:
        for share in shares[1:]:
            ours, theirs = context.Pipe(duplex=False)
            process = context.Process(target=_work, args=(work, items, share, theirs), daemon=True)
            process.start()
            theirs.close()
            running[ours] = process
        for run in shares[0]:
            for number in run:
                yield number, work(items[number])
                yield from _received(running, 0)
        yield from _received(running, None)
    finally:
        runs.close()
        for process in running.values():
            process.terminate()


def _received(running: dict[Connection, Any], timeout: float | None) -> Iterator[tuple[int, Any]]:
    """Yield all that processes have sent, so that none waits to be heard; those that have ended are running no more."""
    while running and (ready := wait(list(running), timeout)):
        for one in ready:
            pipe: Any = one  # only pipes were waited for
            try:
                yield pipe.recv()
            except EOFError:
                running.pop(pipe).join()
                pipe.close()


def _work(work: Callable[[Item], Made], items: Sequence[Item], runs: Iterable[range], theirs: Connection) -> None:
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    for run in runs:
        for number in run:
            theirs.send((number, work(items[number])))
    theirs.close()


def _end_with(parent: int) -> None:
    """End this process when the one that started it is gone: killed, it can't say so."""
    while os.getppid() == parent:
        time.sleep(_LOOKS)
    os._exit(1)
