"""How much of a corpus' text vectors the guard hides, and how much harmless text it changes.

    python -m evaluation.vectors --corpus DIR [--missed]

A positive vector counts as hidden when none of its `must_hide` texts survives; a negative one as changed when the text
is not the same afterwards. Firm positives are those that their own source is sure of (not `weak`) and whose evidence
stands in the text (`self` or `context`).
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from logguard.core.policy import Policy
from logguard.detect.known import Register
from logguard.runtime.scrubber import Scrubber

OUTSIDE_DEFAULT = frozenset(
    {
        "ip", "mac", "vehicle", "national_id", "tax_id", "health_id", "passport", "drivers_license", "phone",
        "bank_account", "username", "dob", "crypto_wallet", "high_entropy",
    }
)  # fmt: skip
"""Kinds, in the vectors' words, that the preset `default` doesn't search for by shape."""
TARGETS = {"default": (0.95, 0.01, 0.10), "everything": (0.90, 0.05, 0.15)}
"""Preset: share of firm positives hidden at least; of benign and of near misses changed at most."""


def main() -> None:
    """Print the shares for both presets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--missed", action="store_true", help="name the vectors that went wrong")
    options = parser.parse_args()
    vectors = read(options.corpus / "vectors.jsonl.gz")
    for preset in TARGETS:
        _report(preset, vectors, options.missed)


def read(path: Path) -> list[dict[str, Any]]:
    """Return the vectors of a corpus."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _report(preset: str, vectors: list[dict[str, Any]], missed: bool) -> None:
    scrubber = Scrubber(Policy(preset=preset), register=Register())  # type: ignore[arg-type] # a key of TARGETS
    hidden: Counter[str] = Counter()
    of: Counter[str] = Counter()
    changed: Counter[str] = Counter()
    negatives: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for vector in vectors:
        if "must_hide" in vector:
            if vector.get("weak") or vector["evidence"] not in ("self", "context"):
                continue
            if preset == "default" and vector["kind"] in OUTSIDE_DEFAULT:
                continue
            after = scrubber.scrub(vector["input"])
            good = not any(value in after for value in vector["must_hide"])
            of[vector["kind"]] += 1
            hidden[vector["kind"]] += good
            if missed and not good:
                print(f"  missed {vector['id']} {vector['kind']}", file=sys.stderr)
        else:
            same = scrubber.scrub(vector["input"]) == vector["input"]
            negatives[vector["neg_class"]] += 1
            changed[vector["neg_class"]] += not same
            kinds[f"{vector['neg_class']} {vector['kind']}"] += not same
            if missed and not same:
                print(f"  changed {vector['id']} {vector['neg_class']} {vector['kind']}", file=sys.stderr)
    least, benign, near = TARGETS[preset]
    print(f"preset {preset}")
    print(f"  hidden      {sum(hidden.values())} of {sum(of.values())} ({_share(hidden, of)}, target {least:.0%})")
    for name, limit in (("benign", benign), ("near_miss", near)):
        share = changed[name] / max(1, negatives[name])
        print(f"  {name:11} {changed[name]} of {negatives[name]} changed ({share:.1%}, target at most {limit:.0%})")
    lost = {kind: f"{of[kind] - hidden[kind]} of {of[kind]}" for kind in sorted(of) if of[kind] > hidden[kind]}
    print("  missed by kind:", ", ".join(f"{kind} {count}" for kind, count in lost.items()) or "none")
    print("  changed by kind:", ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()) if count))


def _share(part: Counter[str], whole: Counter[str]) -> str:
    return f"{sum(part.values()) / max(1, sum(whole.values())):.1%}"


if __name__ == "__main__":
    main()
