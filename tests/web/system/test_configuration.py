"""Production does not start without its secrets: one line that names the variable, and exit 1."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import config as settings
from tests.web.system.test_security import production

ROOT = Path(settings.__file__).parent
NEEDED = ("SECRET_KEY", "DATABASE_URL", "PUBLIC_URL", "TRUSTED_HOSTS")


@pytest.mark.parametrize("name", NEEDED)
@pytest.mark.parametrize("value", [None, "", " "])
def test_production_without_a_setting_names_it(tmp_path: Path, name: str, value: str | None) -> None:
    env = {**production(tmp_path), name: value}
    with pytest.raises(settings.ConfigError, match=name) as wrong:
        settings.read({key: given for key, given in env.items() if given is not None})
    assert "\n" not in str(wrong.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SHOP_ENV", "prod"),
        ("SHOP_WORKER", "none"),
        ("SHOP_PROXIES", "two"),
        ("SHOP_PROXIES", "-1"),
        ("SHOP_PROXIES", "²"),
        ("SECRET_KEY", "short"),
        ("DATABASE_URL", "mysql://localhost/shop"),
        ("PUBLIC_URL", "phonghe.example"),
        ("STRIPE_SECRET_KEY", "sk_test_1"),
        ("BANK_BIN", "970436"),
        ("BANK_BIN", "97043"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(settings.ConfigError, match=name.split("_")[0]):
        settings.read({**production(tmp_path), name: value})


def test_production_with_everything_reads_its_settings(tmp_path: Path) -> None:
    read = settings.read(production(tmp_path))
    assert read.production and read.trusted_hosts == ("phonghe.example",)
    assert not read.cards and not read.bank_account, "no demo account takes real money"


def test_development_needs_nothing_and_keeps_its_own_secret(tmp_path: Path) -> None:
    first = settings.read({"SHOP_INSTANCE": str(tmp_path)})
    assert first.secret_key == settings.read({"SHOP_INSTANCE": str(tmp_path)}).secret_key
    assert (tmp_path / "secret.key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "command",
    [
        ["-c", "import wsgi"],
        ["-m", "flask", "--app", "wsgi", "check"],
        ["-m", "gunicorn", "wsgi:app", "--bind", "127.0.0.1:0", "--config", "deploy/gunicorn.py"],
    ],
    ids=["wsgi", "flask", "gunicorn"],
)
def test_a_process_without_a_setting_says_one_line_and_exits_with_1(tmp_path: Path, command: list[str]) -> None:
    env = {**os.environ, **production(tmp_path)}
    del env["SECRET_KEY"]
    done = subprocess.run([sys.executable, *command], cwd=ROOT, env=env, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert (done.stdout + done.stderr).strip() == "SECRET_KEY is missing or shorter than 32 characters."
