"""Time a log record under the guard and under rival filters: the same records, one run, as ratios to a bare `info()`.

    python -m benchmarks.guard [--records N]

Every tool hangs on a logger as it is meant to. Clean records are ordinary ones (`records.py` has the mix: four in five
with lazy arguments, one in five formatted beforehand), dirty ones have one secret each. The rivals need a virtual
environment with them and logguard in it; those that can't be imported are left out, by name.
"""

from __future__ import annotations

import argparse
import io
import logging
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from statistics import median
from typing import Any

from benchmarks.planted import Garden
from benchmarks.records import Lines, Record, finished
from benchmarks.rivals import RIVALS, rival

Tool = Callable[[logging.Logger], AbstractContextManager[object]]
"""Puts a tool in place for a logger, and takes it out again."""
ROUNDS = 15
KNOWN = 10_000
"""Registered values of the last row."""


class _Nowhere(io.StringIO):
    def write(self, text: str) -> int:
        return len(text)


def _logger() -> logging.Logger:
    logger = logging.Logger("bench", logging.INFO)
    handler: logging.StreamHandler[Any] = logging.StreamHandler(_Nowhere())
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger.addHandler(handler)
    return logger


def _guarded(engine: str) -> Callable[[], AbstractContextManager[object]]:
    def install() -> AbstractContextManager[object]:
        import logguard
        from logguard.detect import gate, scanner

        chosen = [one for one in gate.ENGINES if one.engine == engine]
        scanner.Scanner.__init__.__defaults__ = (None, (*chosen, gate.StdlibGate), ())
        return logguard.install(wait=True)

    return install


def _run(logger: logging.Logger, records: list[Record]) -> float:
    info = logger.info
    started = time.perf_counter()
    for message, args in records:
        info(message, *args)
    return (time.perf_counter() - started) / len(records)


def _measure(name: str, clean: list[Record], dirty: list[Record]) -> list[str]:
    """Return one row: ratios for clean lazy, clean preformatted and dirty records, bare and guarded in turns."""
    cells = []
    for records in (clean, finished(clean), dirty):
        some = records[:40] if name == "presidio" else records
        bare, with_tool = [], []
        for number in range(3 if name == "presidio" else ROUNDS):
            # Fresh identifiers each round: a tool's cache holds what repeats in real logs, not these very lines.
            batch = some if records is dirty else _fresh(number, len(some), records is not clean)
            # Other lines first: a service runs for longer than an automaton takes to be built.
            before = _fresh(500 + number, len(some), records is not clean)
            logger = _logger()
            _run(logger, before)
            bare.append(_run(logger, batch))
            logger = _logger()
            context: AbstractContextManager[object] = nullcontext()
            if name.startswith("logguard"):
                context = _guarded(name.split()[1])()
            else:
                logger.addFilter(rival(name))
            with context:
                _run(logger, before)
                with_tool.append(_run(logger, batch))
        cells.append(f"{min(with_tool) / min(bare):.2f}")
    return [name, *cells]


def _fresh(number: int, count: int, formatted: bool) -> list[Record]:
    records = Lines(1_000 + number).clean_records(count)
    return finished(records) if formatted else records


def _register(count: int) -> None:
    """Declare values, as an application does that registers the keys of its customers."""
    import logguard

    garden = Garden(5)
    for _ in range(count):
        logguard.register_secret(garden.text(24))


def _start_up() -> float:
    def run(code: str) -> float:
        times = []
        for _ in range(9):
            started = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True)
            times.append(time.perf_counter() - started)
        return median(times)

    return run("import logguard; logguard.install()") / run("import logging")


def main() -> None:
    """Print a row a tool, and what starting costs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=2_000)
    count = parser.parse_args().records
    lines = Lines(1)
    clean = lines.clean_records(count)
    dirty = [record for record, _ in lines.dirty_records(count // 4)]
    print("| tool | clean, four in five lazy | clean, preformatted | with one secret |")
    print("|---|---|---|---|")
    for name in ("logguard re2", "logguard rurex", *RIVALS):
        try:
            row = _measure(name, clean, dirty)
        except (ImportError, AttributeError) as error:
            print(f"left out: {name} ({error})", file=sys.stderr)
            continue
        print("| " + " | ".join(row) + " |", flush=True)
    _register(KNOWN)
    print("| " + " | ".join([f"logguard re2, {KNOWN:,} known", *_measure("logguard re2", clean, dirty)[1:]]) + " |")
    print(f"\nimport and install: {_start_up():.2f} x `python -c 'import logging'`")
    from logguard import Scrubber

    scrubber = Scrubber()
    changed = sum(scrubber.scrub(line) != line for line in Lines(11).ordinary(20_000))
    print(f"ordinary lines changed: {changed} of 20,000")
    kept = sum(secret in scrubber.scrub(m % a if a else m) for (m, a), secret in lines.dirty_records(600))
    print(f"secrets left in dirty records: {kept} of 600")


if __name__ == "__main__":
    main()
