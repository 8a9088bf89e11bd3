"""What the guard needs for its first record: apart, since importing and making it takes longer than installing."""

from __future__ import annotations

import sys

from logguard.core.policy import Policy
from logguard.detect.gate import StdlibGate
from logguard.runtime.engine import Engine
from logguard.runtime.hits import HitCounter
from logguard.runtime.loader import Loader
from logguard.runtime.record.cleaner import Account
from logguard.runtime.register import declare, register
from logguard.runtime.settings import secret_from

_SLOW = (
    "logguard: neither google-re2 nor rurex is installed; the guard works, but takes many times as long a"
    " record (pip install 'logguard-security[runtime]')"
)


def build(policy: Policy, observe: bool, loader: Loader, account: Account) -> tuple[Engine, HitCounter]:
    """Return a guard's parts; registers what the policy, the environment and settings declare."""
    engine = Engine(policy, register(), loader.lazy, observe=observe, account=account)
    declare(policy, engine.scanner.keyed)
    if engine.scanner.compiled.gate.engine == StdlibGate.engine:
        print(_SLOW, file=sys.stderr)  # noqa: T201 - said once; a log record could not say it before it is clean
    build_id = policy.runtime.build
    named = secret_from(build_id) if build_id is not None and build_id.startswith(("env:", "file:")) else build_id
    loader.start()
    return engine, HitCounter(policy.runtime.hits, named, policy.digest())
