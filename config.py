"""The shop's settings, read from the environment in one place; production refuses to start without its secrets."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent


class ConfigError(Exception):
    """A setting is missing or wrong; the message names the variable."""


@dataclass(frozen=True)
class Config:
    """One start of the shop. Every field has its environment variable in `read`."""

    production: bool
    instance: Path
    database_url: str
    secret_key: str
    public_url: str
    trusted_hosts: tuple[str, ...]
    plain_http: bool
    proxies: int
    worker: str
    stripe_secret_key: str
    stripe_webhook_secret: str
    stripe_api_base: str
    stripe_pay_origin: str
    smtp_url: str
    mail_from: str
    bank_bin: str
    bank_account: str
    bank_holder: str
    keys: Path
    log_origin: str
    testing: bool = False

    @property
    def cards(self) -> bool:
        """Whether cards can be taken: only with a key of Stripe or of its stand-in."""
        return bool(self.stripe_secret_key)

    @property
    def media(self) -> Path:
        return self.instance / "media"

    @property
    def index(self) -> Path:
        return self.instance / "index"

    @property
    def log(self) -> Path:
        """Where the log's static files lie: several app servers share this directory."""
        return self.instance / "log"

    @property
    def outbox(self) -> Path:
        return self.instance / "outbox"


def read(env: Mapping[str, str] = os.environ) -> Config:
    """The settings of this process. Raises ConfigError with one line that names the variable."""
    production = _one_of(env, "SHOP_ENV", ("development", "production")) == "production"
    instance = Path(env.get("SHOP_INSTANCE") or ROOT / "instance").absolute()
    config = Config(
        production=production,
        instance=instance,
        database_url=_database(env, instance, production),
        secret_key=_secret(env, instance, production),
        public_url=_origin(env, "PUBLIC_URL", "http://localhost:8000", production).rstrip("/"),
        trusted_hosts=tuple(env.get("TRUSTED_HOSTS", "").split()),
        plain_http=env.get("SHOP_PLAIN_HTTP", "") == "1",
        proxies=_number(env, "SHOP_PROXIES", 0),
        worker=_one_of(env, "SHOP_WORKER", ("embedded", "separate")),
        stripe_secret_key=env.get("STRIPE_SECRET_KEY", ""),
        stripe_webhook_secret=env.get("STRIPE_WEBHOOK_SECRET", ""),
        stripe_api_base=env.get("STRIPE_API_BASE", ""),
        stripe_pay_origin=env.get("STRIPE_PAY_ORIGIN", "https://checkout.stripe.com"),
        smtp_url=env.get("SMTP_URL", ""),
        mail_from=env.get("MAIL_FROM", "Phố Nghề <no-reply@localhost>"),
        bank_bin=env.get("BANK_BIN", "" if production else "970436"),
        bank_account=env.get("BANK_ACCOUNT", "" if production else "0123456789"),
        bank_holder=env.get("BANK_HOLDER", "" if production else "PHO NGHE (TAI KHOAN MAU)"),
        keys=Path(env.get("SHOP_KEYS") or instance / "keys").absolute(),
        log_origin=_log_origin(env, production),
    )
    _check(config)
    return config


def _check(config: Config) -> None:
    if config.stripe_secret_key and not config.stripe_webhook_secret:
        raise ConfigError("STRIPE_WEBHOOK_SECRET is missing: it belongs to STRIPE_SECRET_KEY.")
    if bool(config.bank_bin) != bool(config.bank_account):
        raise ConfigError("BANK_BIN and BANK_ACCOUNT belong together: set both or neither.")
    if config.bank_bin and not (config.bank_bin.isdigit() and len(config.bank_bin) == 6):
        raise ConfigError(f"BANK_BIN is {config.bank_bin!r}; it must be the bank's six digits.")
    if config.production and not config.trusted_hosts:
        raise ConfigError("TRUSTED_HOSTS is missing: name the hosts the shop answers to, e.g. 'phonghe.vn'.")


def _database(env: Mapping[str, str], instance: Path, production: bool) -> str:
    url = env.get("DATABASE_URL", "")
    if not url and production:
        raise ConfigError("DATABASE_URL is missing: production runs on PostgreSQL (or name a sqlite:/// file).")
    url = url or f"sqlite:///{instance / 'shop.db'}"
    if url.startswith(("postgres://", "postgresql://")):
        url = "postgresql+psycopg://" + url.split("://", 1)[1]
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ConfigError("DATABASE_URL must begin with sqlite:/// or postgresql://.")
    return url


def _secret(env: Mapping[str, str], instance: Path, production: bool) -> str:
    given = env.get("SECRET_KEY", "")
    if production:
        if len(given) < 32:
            raise ConfigError("SECRET_KEY is missing or shorter than 32 characters.")
        return given
    if given:
        return given
    file = instance / "secret.key"
    if not file.exists():
        instance.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(48))
    return file.read_text()


def _origin(env: Mapping[str, str], name: str, default: str, production: bool) -> str:
    value = env.get(name, "")
    if not value and production:
        raise ConfigError(f"{name} is missing: the shop's own address, e.g. https://phonghe.vn.")
    value = value or default
    if not value.startswith(("http://", "https://")):
        raise ConfigError(f"{name} is {value!r}; it must begin with http:// or https://.")
    return value


def _log_origin(env: Mapping[str, str], production: bool) -> str:
    """The log's name for ever, '<host>/log/1': told to the keys when they are made."""
    given = env.get("LOG_ORIGIN", "")
    if given and ("/" not in given or "://" in given or any(character.isspace() for character in given)):
        raise ConfigError(f"LOG_ORIGIN is {given!r}; it must be a host and a path, e.g. phonghe.vn/log/1.")
    return given or ("phonghe.example/log/1" if not production else f"{_host(env)}/log/1")


def _host(env: Mapping[str, str]) -> str:
    return env.get("PUBLIC_URL", "").split("://")[-1].split("/")[0]


def _one_of(env: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    value = env.get(name) or choices[0]
    if value not in choices:
        raise ConfigError(f"{name} is {value!r}; it must be one of: {', '.join(choices)}.")
    return value


def _number(env: Mapping[str, str], name: str, default: int) -> int:
    value = env.get(name, "") or str(default)
    if not (value.isascii() and value.isdigit()):
        raise ConfigError(f"{name} is {value!r}; it must be a whole number.")
    return int(value)
