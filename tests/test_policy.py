"""Policy files: what they may say, and how a mistake in one is reported."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import msgspec
import pytest

from logguard.core.errors import PolicyError
from logguard.core.policy import KindPolicy, Override, Policy, schema
from logguard.core.policy_file import Rooted, load
from logguard.core.tables import parse
from logguard.static.files import select
from tests.scanning import reported, scanned

CONTRACT = """
preset = "default"
include = ["src"]
exclude = ["src/vendor/**"]
not-python = ["templates/**/*.py"]
fail-on = "warning"
persona = "regular"
[kinds."personal.ip"]
severity = "off"
action = "keep"
audit = "store"
[names]
badge_no = "personal.national_id"
[fields]
"shop.models.Customer.handle" = "personal.username"
[not-sensitive]
names = ["password_policy"]
fields = ["shop.settings.TOKEN_TTL"]
[[source]]
function = "shop.vault.read"
kind = "credential.generic"
[[sink]]
function = "shop.log.event"
slots = ["message", "**"]
[[sanitizer]]
function = "shop.privacy.mask_email"
cleans = ["personal.email"]
[overrides."tests/**"]
fail-on = "error"
[runtime]
regions = ["us", "de"]
pseudonym-key = ["env:LOGGUARD_KEY"]
newlines = "escape"
known = ["env:DATABASE_PASSWORD"]
hits = "/var/log/app/logguard-hits.jsonl"
build = "env:GIT_SHA"
hooks = ["excepthook", "threading"]
[plugins]
load = ["logguard-django"]
[[audit.required]]
function = "shop.users.change_email"
action = "user.email.update"
"""


def test_the_whole_policy_of_the_contract_loads(tmp_path: Path) -> None:
    """Every key of the contract is known, and valid against the generated schema."""
    file = tmp_path / "logguard.toml"
    file.write_text(CONTRACT)
    policy = load(file)
    assert policy.overrides == {"tests/**": Override(fail_on="error")}
    jsonschema.validate(parse(CONTRACT), schema())


MISTAKES = [
    ("unknown-key", 'persnoa = "regular"\n', "logguard.toml:1: unknown key 'persnoa'; did you mean 'persona'?"),
    ("unknown-value", '\npersona = "regulr"\n', "logguard.toml:2: unknown value 'regulr' for 'persona'; did you mean 'regular'?"),
    ("far-value", 'persona = "x"\n', "logguard.toml:1: unknown value 'x' for 'persona'; use one of regular, pedantic, auditor"),
    ("misplaced-key", '[overrides."a"]\nexclude = []\n', "logguard.toml:2: the key 'exclude' doesn't belong in this table; see docs/policy.md"),
    ("unknown-kind", '[names]\nbadge = "personal.mail"\n', "logguard.toml:2: unknown kind 'personal.mail'; did you mean 'personal.email'?"),
    ("unknown-kind-table", '[kinds."personal.emial"]\nseverity = "off"\n', "logguard.toml:1: unknown kind 'personal.emial'; did you mean 'personal.email'?"),
    ("wrong-type", "exclude = 3\n", "logguard.toml:1: Expected a list, got `int` for 'exclude'; see docs/policy.md"),
    ("country", '[runtime]\nregions = ["Germany"]\n', "logguard.toml:2: Expected a country's code of two letters for 'runtime.regions[0]'; see docs/policy.md"),
    ("not-toml", "a = = 1\n", "logguard.toml:1: is not TOML: Invalid value (at line 1, column 5)"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), [case[1:] for case in MISTAKES], ids=[case[0] for case in MISTAKES])
def test_a_mistake_is_one_line_with_place_and_suggestion(
    text: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What, where and what to do."""
    monkeypatch.chdir(tmp_path)
    Path("logguard.toml").write_text(text)
    with pytest.raises(PolicyError) as error:
        load(Path("logguard.toml"))
    assert str(error.value) == message


def rooted(folder: Path) -> Rooted:
    """Return the policy of a file in a folder, as a scan finds it."""
    (folder / "x.py").write_text("x = 1\n")
    [target] = select([folder / "x.py"], None).targets
    return target.rooted


def test_two_policies_in_one_folder_are_an_error(tmp_path: Path) -> None:
    """Nobody would know which one counts."""
    (tmp_path / "logguard.toml").write_text("")
    (tmp_path / "pyproject.toml").write_text("[tool.logguard]\n")
    with pytest.raises(PolicyError, match="two policies"):
        rooted(tmp_path)


def test_a_policy_that_is_a_link_is_refused(tmp_path: Path) -> None:
    """A link of a scanned tree may lead out of it."""
    (tmp_path / "secret").write_text("x")
    (tmp_path / "logguard.toml").symlink_to(tmp_path / "secret")
    with pytest.raises(PolicyError, match="is a link"):
        rooted(tmp_path)


def test_discovery_stops_at_the_repository(tmp_path: Path) -> None:
    """The nearest folder upwards counts, to the VCS root at most."""
    (tmp_path / "logguard.toml").write_text('persona = "auditor"\n')
    inner = tmp_path / "repo" / "src"
    inner.mkdir(parents=True)
    assert rooted(inner).policy.persona == "auditor"
    (tmp_path / "repo" / ".git").mkdir()
    found = rooted(inner)
    assert (found.policy.persona, found.root) == ("regular", tmp_path / "repo")


def test_hash_is_about_sensitivity_alone() -> None:
    """Where to look and how to report doesn't change it; what is sensitive does."""
    plain = Policy().digest()
    assert plain.startswith("sha256:")
    assert Policy(exclude=["x"], persona="auditor", fail_on="error").digest() == plain
    assert Policy(names={"badge": "personal.name"}).digest() != plain
    assert Policy(kinds={"personal.ip": KindPolicy(severity="off")}).digest() != plain


CODE = "import logging\nlog = logging.getLogger()\n"
EFFECTS = [
    ("noop", "", "def f(badge_no):\n    log.info('%s', badge_no)\n", set()),
    ("names", '[names]\nbadge_no = "personal.national_id"\n', "def f(employeeBadgeNo):\n    log.info('%s', employeeBadgeNo)\n", {"personal.national_id"}),
    ("not-sensitive-names", '[not-sensitive]\nnames = ["password"]\n', "def f(password):\n    log.info('%s', password)\n", set()),
    ("fields-parameter", '[fields]\n"app.f:x" = "personal.email"\n', "def f(x):\n    log.info('%s', x)\n", {"personal.email"}),
    ("fields-attribute", '[fields]\n"app.A.x" = "personal.email"\n', "class A:\n    def f(self):\n        log.info('%s', self.x)\n", {"personal.email"}),
    ("fields-beat-annotations", '[fields]\n"app.A.x" = "personal.email"\n', "class A:\n    x: bool\n    def f(self):\n        log.info('%s', self.x)\n", {"personal.email"}),
    ("not-sensitive-fields", '[not-sensitive]\nfields = ["app.A.password"]\n', "class A:\n    def f(self):\n        log.info('%s', self.password)\n", set()),
    ("source", '[[source]]\nfunction = "vault.read"\nkind = "credential.generic"\n', "import vault\ndef f():\n    log.info('%s', vault.read('x'))\n", {"credential.generic"}),
    ("own-source", '[[source]]\nfunction = "app.read"\nkind = "credential.generic"\n', "def read(x):\n    return x\ndef f():\n    log.info('%s', read('x'))\n", {"credential.generic"}),
    ("sink", '[[sink]]\nfunction = "audit.event"\nslots = ["message", "**"]\n', "import audit\ndef f(password):\n    audit.event(password)\n", {"credential.password"}),
    ("sink-other-slot", '[[sink]]\nfunction = "audit.event"\nslots = ["message"]\n', "import audit\ndef f(password):\n    audit.event('x', y=password)\n", set()),
    ("sanitizer", '[[sanitizer]]\nfunction = "privacy.tidy"\n', "import privacy\ndef f(password):\n    log.info('%s', privacy.tidy(password))\n", set()),
    ("sanitizer-of-one-kind", '[[sanitizer]]\nfunction = "privacy.tidy"\ncleans = ["personal.email"]\n', "import privacy\ndef f(email, password):\n    log.info('%s', privacy.tidy(email + password))\n", {"credential.password"}),
    ("kind-off", '[kinds."credential.password"]\nseverity = "off"\n', "def f(password):\n    log.info('%s', password)\n", set()),
    ("override-kind-off", '[overrides."app.py".kinds."credential.password"]\nseverity = "off"\n', "def f(password):\n    log.info('%s', password)\n", set()),
    ("exclude", 'exclude = ["app.py"]\n', "def f(password):\n    log.info('%s', password)\n", set()),
    ("include", 'include = ["src"]\n', "def f(password):\n    log.info('%s', password)\n", set()),
    ("persona", 'persona = "pedantic"\n', "def f(username):\n    log.info('%s', username)\n", {"personal.username"}),
]  # fmt: skip


@pytest.mark.parametrize(("policy", "code", "kinds"), [case[1:] for case in EFFECTS], ids=[case[0] for case in EFFECTS])
def test_effect_on_a_scan(policy: str, code: str, kinds: set[str], tmp_path: Path) -> None:
    """A policy decides what is sensitive, what logs and what cleans."""
    assert {finding.kind for finding in reported(tmp_path, CODE + code, policy)} == kinds


def test_known_templates_are_counted_not_errors(tmp_path: Path) -> None:
    """``not-python`` names files that are known not to parse."""
    report = scanned(tmp_path, "{% if x %}\n", 'not-python = ["app.py"]\n')
    assert (report.summary.not_python, report.summary.incomplete) == (1, [])


def test_policy_survives_a_round_trip() -> None:
    """The typed value is what the file says."""
    policy = msgspec.convert(parse(CONTRACT), Policy)
    assert msgspec.convert(msgspec.to_builtins(policy), Policy) == policy
