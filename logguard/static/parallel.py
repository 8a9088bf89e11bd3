"""Work in several processes: each takes every n-th item and sends what it makes of one as soon as it is made."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")
_LOOKS = 0.5
"""Seconds between two looks at whether the starting process is still there."""


def processors() -> int:
    """Return how many processes can run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def forks() -> bool:
    """Whether a process can be started as a copy of this one, with all that it knows."""
    return "fork" in multiprocessing.get_all_start_methods()


def each(work: Callable[[Item], Made], items: Sequence[Item], jobs: int) -> Iterator[tuple[int, Made]]:
    """Yield (number of the item, what ``work`` makes of it) in any order.

    An item whose process ends before it is made comes to this one. Where processes can't be forked, all do.
    """
    left = set(range(len(items)))
    if jobs > 1 and len(items) > 1 and forks():
        for number, made in _in_processes(work, items, min(jobs, len(items))):
            left.discard(number)
            yield number, made
    for number in sorted(left):
        yield number, work(items[number])


def _in_processes(work: Callable[[Item], Made], items: Sequence[Item], jobs: int) -> Iterator[tuple[int, Made]]:
    context = multiprocessing.get_context("fork")
    running: dict[Connection, Any] = {}
    try:
        for first in range(jobs):
            ours, theirs = context.Pipe(duplex=False)
            process = context.Process(
                target=_work, args=(work, items, range(first, len(items), jobs), theirs), daemon=True
            )
            process.start()
            theirs.close()
            running[ours] = process
        while running:
            for ready in wait(list(running)):
                pipe: Any = ready  # only pipes were waited for
                made = _received(pipe)
                if made is not None:
                    yield made
                else:
                    running.pop(pipe).join()
                    pipe.close()
    finally:
        for process in running.values():
            process.terminate()


def _received(ours: Any) -> tuple[int, Any] | None:
    """Return what a process sends; ``None`` when it has ended."""
    try:
        made: tuple[int, Any] = ours.recv()
    except EOFError:
        return None
    return made


def _work(work: Callable[[Item], Made], items: Sequence[Item], numbers: range, theirs: Connection) -> None:
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    for number in numbers:
        theirs.send((number, work(items[number])))
    theirs.close()


def _end_with(parent: int) -> None:
    """End this process when the one that started it is gone: killed, it can't say so."""
    while os.getppid() == parent:
        time.sleep(_LOOKS)
    os._exit(1)
