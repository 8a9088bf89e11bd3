"""Compare `logguard scrub`'s stream with the gate alone on the same text: clean, and with one secret in 100 lines.

python -m benchmarks.scrub [--lines N]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator

from benchmarks.records import Lines
from logguard.runtime.scrubber import Scrubber
from logguard.runtime.stream import Stream

BLOCK = 65_536
ROUNDS = 7


def _best(run: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        run()
        times.append(time.perf_counter() - started)
    return min(times)


def _blocks(data: bytes) -> Iterator[bytes]:
    for start in range(0, len(data), BLOCK):
        yield data[start : start + BLOCK]


def main() -> None:
    """Print the speeds and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=60_000)
    count = parser.parse_args().lines
    scrubber = Scrubber()
    ordinary = Lines(5)
    lines = [line for line in ordinary.ordinary(count) if not scrubber.match(line.encode())]
    clean = ("\n".join(lines) + "\n").encode()
    for place in range(0, len(lines), 100):
        lines[place] += " password=Hunter2x9"
    dirty = ("\n".join(lines) + "\n").encode()
    for name, data in (("clean", clean), ("one line in 100 with a secret", dirty)):
        gate = _best(lambda data=data: [scrubber.match(block) for block in _blocks(data)])  # type: ignore[misc]
        stream = _best(lambda data=data: sum(map(len, Stream(scrubber).clean(_blocks(data)))))  # type: ignore[misc]
        size = len(data) / 1e6
        print(f"{name}: gate {size / gate:.0f} MB/s, scrub {size / stream:.0f} MB/s, {gate / stream:.2f} of the gate")


if __name__ == "__main__":
    main()
