"""Ordinary log lines of ten styles, and records for timing. Everything is drawn from a seed, so runs compare.

None of the lines has a sensitive value; many have words that go with one ("token", "password", "session"), long
numbers, hashes, identifiers, addresses of machines and paths, since that is what wrongly changed lines are made of.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator

Record = tuple[str, tuple[object, ...]]
"""A message, and the arguments that logging formats into it."""

_HOSTS = ("db-1.internal", "db-2.internal", "cache-7", "web-03.eu-west-1", "queue.prod.local", "node-17", "10.4.0.12")
_PATHS = (
    "/api/v1/orders",
    "/api/v1/baskets/81/items",
    "/healthz",
    "/login",
    "/static/app.3f9d1c.js",
    "/api/tokens/count",
)
_MODULES = ("shop.orders", "shop.mail", "auth.session", "billing.invoice", "core.cache", "worker.export", "api.tokens")
_METHODS = ("GET", "POST", "PUT", "DELETE", "HEAD")
_TASKS = ("export_orders", "send_reminders", "rotate_keys", "sync_stock", "purge_sessions")
_TABLES = ("orders", "basket_items", "users", "sessions", "api_tokens", "password_resets")


class Lines:
    """Draws lines from one seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - test data

    def ordinary(self, count: int) -> Iterator[str]:
        """Yield ``count`` lines, the ten styles in turns."""
        for number in range(count):
            yield self.styles[number % len(self.styles)]()

    @property
    def styles(self) -> tuple[Callable[[], str], ...]:
        """The ten styles."""
        return (
            self.plain,
            self.access,
            self.logfmt,
            self.json_line,
            self.database,
            self.worker,
            self.kubernetes,
            self.system,
            self.traceback,
            self.prose,
        )

    def _pick(self, *of: str) -> str:
        return self._random.choice(of)

    def _hex(self, digits: int) -> str:
        return f"{self._random.getrandbits(4 * digits):0{digits}x}"

    def _uuid(self) -> str:
        return "-".join(self._hex(digits) for digits in (8, 4, 4, 4, 12))

    def _number(self, most: int) -> int:
        return self._random.randint(0, most)

    def _clock(self) -> str:
        r = self._random.randint
        return f"2026-{r(1, 12):02d}-{r(1, 28):02d} {r(0, 23):02d}:{r(0, 59):02d}:{r(0, 59):02d},{r(0, 999):03d}"

    def plain(self) -> str:
        """Python's logging with a time, a level and a logger."""
        return f"{self._clock()} {self._pick('INFO', 'DEBUG', 'WARNING')} {self._pick(*_MODULES)}: " + self._pick(
            f"order {self._number(99999)} for basket {self._number(9999)} shipped in {self._number(900)} ms",
            f"request {self._uuid()} took 0.{self._number(999):03d} s",
            f"cache key orders:{self._number(9999)}:v3 missed, {self._number(500)} entries left",
            f"session started, {self._number(40)} active",
            f"token count is {self._number(4096)} of 8192, {self._number(90)} % used",
            f"checksum {self._hex(64)} matches",
        )

    def access(self) -> str:
        """A web server's access log."""
        address = ".".join(str(self._number(254) + 1) for _ in range(4))
        return (
            f'{address} - - [24/Nov/2026:10:{self._number(59):02d}:{self._number(59):02d} +0000] "{self._pick(*_METHODS)} '
            f'{self._pick(*_PATHS)}?page={self._number(40)}&sort=price HTTP/1.1" {self._pick("200", "304", "404", "500")} '
            f'{self._number(90000)} "-" "Mozilla/5.0 (X11; Linux x86_64; rv:{self._number(130)}.0) Gecko/20100101"'
        )

    def logfmt(self) -> str:
        """Pairs of keys and values."""
        return (
            f"level=info ts=2026-11-24T10:00:00.{self._number(999):03d}Z caller=server.go:{self._number(900)} "
            f"component={self._pick('api', 'store', 'compactor')} msg={self._pick('done', 'started', 'retrying')} "
            f"trace_id={self._hex(32)} span_id={self._hex(16)} duration={self._number(900)}ms key_count={self._number(99)} "
            f"token_type={self._pick('bearer', 'refresh')} attempt={self._number(9)}"
        )

    def json_line(self) -> str:
        """One JSON object a line."""
        return json.dumps(
            {
                "time": self._clock(),
                "level": self._pick("info", "warn"),
                "logger": self._pick(*_MODULES),
                "event": self._pick("order.created", "password.changed", "session.expired", "key.rotated"),
                "request_id": self._uuid(),
                "user_id": self._number(99999),
                "duration": self._random.random(),
                "tags": [self._pick("eu", "us"), self._pick("a", "b")],
                "max_tokens": self._number(4096),
                "secret_version": self._number(9),
            }
        )

    def database(self) -> str:
        """What an ORM or a database says."""
        return self._pick(
            f"SELECT {self._pick(*_TABLES)}.id, {self._pick(*_TABLES)}.created FROM {self._pick(*_TABLES)} WHERE id = {self._number(9999)} LIMIT 21",
            f"duration: {self._random.random() * 90:.3f} ms  statement: UPDATE {self._pick(*_TABLES)} SET state = 'done' WHERE id = $1",
            f"connected to {self._pick(*_HOSTS)}:5432 (pool size {self._number(20)}, overflow {self._number(9)})",
            f"checkpoint complete: wrote {self._number(9999)} buffers ({self._random.random() * 90:.1f}%); sync={self._random.random():.3f} s",
            f"migration 00{self._number(99):02d}_add_{self._pick(*_TABLES)} applied, {self._number(9)} statements",
        )

    def worker(self) -> str:
        """A task queue's lines."""
        task = self._pick(*_TASKS)
        return self._pick(
            f"[{self._clock()}: INFO/MainProcess] Task {task}[{self._uuid()}] received",
            f"[{self._clock()}: INFO/ForkPoolWorker-{self._number(8)}] Task {task}[{self._uuid()}] succeeded in {self._random.random():.6f}s: None",
            f"[{self._clock()}: WARNING/MainProcess] Task {task} retry in {self._number(90)} seconds: TimeoutError()",
            f"Received job #{self._number(99999999)} from {self._pick(*_HOSTS)}, queue depth {self._number(400)}",
        )

    def kubernetes(self) -> str:
        """Cluster components."""
        return self._pick(
            f"I1124 10:00:{self._number(59):02d}.{self._number(999999):06d}       1 reflector.go:{self._number(900)}] Listing and watching *v1.Secret from k8s.io/client-go",
            f"Successfully assigned prod/web-{self._hex(10)}-{self._hex(5)} to {self._pick(*_HOSTS)}",
            f"Container image registry.example.com/shop/web@sha256:{self._hex(64)} already present on machine",
            f"pod web-{self._hex(9)} readiness probe failed: Get http://10.2.{self._number(254)}.{self._number(254)}:8080/healthz: timeout",
            f"MountVolume.SetUp succeeded for volume kube-api-access-{self._hex(5)} (UniqueName: kubernetes.io/projected/{self._uuid()})",
        )

    def system(self) -> str:
        """A machine's own log."""
        return self._pick(
            f"Nov 24 10:00:{self._number(59):02d} web-03 sshd[{self._number(30000)}]: Connection closed by 10.0.0.{self._number(254)} port {self._number(60000)} [preauth]",
            f"Nov 24 10:00:{self._number(59):02d} web-03 systemd[1]: Started Session {self._number(9999)} of user deploy.",
            f"Nov 24 10:00:{self._number(59):02d} web-03 kernel: [{self._number(999999)}.{self._number(999999):06d}] eth0: link up, 10000 Mbps, full-duplex",
            f"Nov 24 10:00:{self._number(59):02d} web-03 CRON[{self._number(30000)}]: (root) CMD (/usr/local/bin/rotate-logs --keep 14)",
            f"[GC (Allocation Failure) {self._number(99999)}K->{self._number(9999)}K({self._number(999999)}K), 0.{self._number(9999999):07d} secs]",
        )

    def traceback(self) -> str:
        """Lines of Python tracebacks and warnings."""
        return self._pick(
            f'  File "/srv/app/shop/{self._pick("auth", "orders", "tokens")}.py", line {self._number(900)}, in refresh_token',
            "    token = self.get_token(request)",
            "    password = get_password(user)",
            "    return self._session.request(method, url, headers=headers, timeout=timeout)",
            f"KeyError: '{self._pick('basket', 'order_id', 'page')}'",
            f"ConnectionRefusedError: [Errno 111] Connection refused ({self._pick(*_HOSTS)}:{self._number(9999)})",
            f"DeprecationWarning: datetime.utcnow() is deprecated, use timezone-aware objects (called {self._number(99)} times)",
        )

    def prose(self) -> str:
        """Sentences, as people write them."""
        return self._pick(
            "Invalid password: must be at least 12 characters long",
            "The token has expired, please sign in again",
            f"Rotated the signing key, {self._number(9)} services notified",
            f"Password reset mail queued for user {self._number(99999)}",
            "no API key configured, falling back to anonymous access",
            f"authentication failed for user {self._number(99999)} after {self._number(9)} attempts",
            f"loaded {self._number(90)} secrets from the vault in {self._number(900)} ms",
            f"cookie consent banner shown {self._number(9999)} times today",
            f"build {self._hex(40)} deployed to production by pipeline {self._number(99999)}",
            "session key exchange finished, cipher TLS_AES_256_GCM_SHA384",
        )

    def clean_records(self, count: int) -> list[Record]:
        """Return records for timing: four in five with lazy arguments, one in five formatted beforehand."""
        makers: tuple[Callable[[], Record], ...] = (
            lambda: (
                "order %s for basket %d shipped in %d ms by %s",
                (self._hex(16), self._number(99999), self._number(999), f"worker-{self._number(7)}"),
            ),
            lambda: ("%s %s %d %.3f", (self._pick(*_METHODS), self._pick(*_PATHS), 200, self._random.random())),
            lambda: ("connected to %s:%d (pool size %d)", (self._pick(*_HOSTS), 5432, self._number(20))),
            lambda: ("task %s retry in %d seconds (attempt %d of %d)", (self._pick(*_TASKS), 30, self._number(10), 10)),
            lambda: (
                f"request {self._hex(16)} finished status=200 duration=0.{self._number(999):03d} bytes={self._number(99999)}",
                (),
            ),
        )
        return [makers[number % len(makers)]() for number in range(count)]

    def dirty_records(self, count: int) -> list[tuple[Record, str]]:
        """Return records with one secret each, and the secret; lazy and preformatted in turns."""
        made: list[tuple[Record, str]] = []
        for number in range(count):
            token, password = "ghp_" + self._letters(36), self._letters(14)
            mail = f"{self._letters(8).lower()}@{self._letters(6).lower()}.com"
            choices: tuple[tuple[Record, str], ...] = (
                (("login of %s with password=%s", (f"user{number}", password)), password),
                (("calling %s with token %s", (self._pick(*_HOSTS), token)), token),
                ((f"mail to {mail} queued", ()), mail),
                (("config %r", ({"host": self._pick(*_HOSTS), "api_key": password},)), password),
                ((f"Authorization: Bearer {token}", ()), token),
                (("connecting to %s", (f"postgres://app:{password}@{self._pick('db-1', 'db-2')}/shop",)), password),
            )
            made.append(choices[number % len(choices)])
        return made

    def _letters(self, count: int) -> str:
        return "".join(
            self._random.choice("abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789") for _ in range(count)
        )


def finished(records: list[Record]) -> list[Record]:
    """Return records with their messages formatted beforehand."""
    return [(message % args if args else message, ()) for message, args in records]
