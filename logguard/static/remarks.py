"""What suppressions cover, and what is to be said of them: unused, without a reason, expired."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from logguard.core.finding import Finding
from logguard.static.files import Target, module_name
from logguard.static.logcall.suppress import Suppression
from logguard.static.rules import all_rules


def covering(marks: Sequence[Suppression], rule: str, first: int, last: int, today: date) -> Suppression | None:
    """Return the suppression of a rule on lines ``first`` to ``last``, if one is valid today."""
    for mark in marks:
        if rule in mark.ids and mark.covers(first, last) and not mark.lacks and not mark.expired(today):
            return mark
    return None


def remarks(
    target: Target, marks: Sequence[Suppression], used: set[tuple[int, str]], whole: bool, today: date
) -> Iterator[Finding]:
    """Yield a finding for each suppression that lacks something, is expired, or, of a ``whole`` root, covers nothing.

    ``used`` are the (line, rule) that suppressed something.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    for mark in marks:
        rule, what = "", ""
        if mark.lacks:
            rule, what = "LGD902", mark.lacks
        elif mark.expired(today):
            rule, what = "LGD903", str(mark.until)
        elif whole:
            rule, what = "LGD901", ", ".join(one for one in mark.ids if (mark.line, one) not in used)
        if not what:
            continue
        same = (rule, *mark.ids)
        seen[same] += 1
        yield _remark(rule, target, mark, what, seen[same])


def _remark(rule_id: str, target: Target, mark: Suppression, what: str, number: int) -> Finding:
    """Return the finding; ``number`` tells apart those of one file that suppress the same."""
    rule = all_rules()[rule_id]
    marked = "\0".join((rule_id, module_name(target.path), *mark.ids))
    return Finding(
        rule=rule.id,
        name=rule.name,
        kind=None,
        invariants=[],
        severity="warning",
        confidence="high",
        persona="regular",
        channel=None,
        message=rule.message.format(what=what),
        path=target.shown,
        line=mark.line,
        column=mark.column,
        end_line=mark.line,
        end_column=mark.end_column,
        sink=None,
        source=None,
        flow=[],
        fix=None,
        fingerprint=f"{hashlib.sha256(marked.encode()).hexdigest()[:32]}:{number}",
        label="this comment",
        advice=rule.advice,
    )
