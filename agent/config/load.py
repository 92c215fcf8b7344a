"""The one road from a file and the environment to a `Config`.

Every problem is found in one go and raised as one ConfigError (exit code 78).
"""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from agent.config import problems
from agent.config.checks import Problem, cross_problems
from agent.config.models import Config
from agent.config.paths import default_config_file
from agent.config.sources import Environment, TomlFile
from agent.errors import ConfigError


def load(file: Path | None = None) -> Config:
    """Read `file`, else the default one, with `FOLLOWTHROUGH_…` variables over it.

    Raises ConfigError where the file is missing, is no TOML, or says what cannot be.
    Without a file the environment alone is enough, if it says who the user is.
    """
    where = file.expanduser() if file else default_config_file()
    tables = _tables_of(where) if where.exists() or file else {}
    environment = Environment(tables)
    over = environment()
    if not tables and not where.exists() and "identity" not in over:
        raise _nowhere(where)
    return _checked(str(where), _merged(tables, over), environment)


def anything_configured() -> bool:
    """Whether `load()` without a file named would find anything to read."""
    named = bool(os.environ.get("FOLLOWTHROUGH_CONFIG"))  # a wrong name is told, not passed over
    return named or default_config_file().exists() or "identity" in Environment({})()


def require_accounts(config: Config, where: str = "The configuration") -> None:
    """Raise ConfigError where there is no account to watch."""
    if not config.accounts:
        raise ConfigError(
            where,
            [
                "accounts: there is no mailbox to watch; add a table [accounts.home] with "
                "`host` and `username` (`followthrough config example` explains every key)"
            ],
        )


def _tables_of(file: Path) -> dict[str, Any]:
    if file.is_dir():
        raise ConfigError(str(file), ["this is a folder; name the file in it"])
    if not file.exists():
        raise _nowhere(file)
    return TomlFile(file)()


def _nowhere(file: Path) -> ConfigError:
    return ConfigError(
        str(file),
        [
            "there is no such file; `followthrough config init` puts an explained example "
            "there, and --config FILE names another"
        ],
    )


def _merged(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    merged = dict(under)
    for key, value in over.items():
        below = merged.get(key)
        if isinstance(below, dict) and isinstance(value, dict):
            value = _merged(below, value)
        merged[key] = value
    return merged


def _checked(where: str, raw: dict[str, Any], environment: Environment) -> Config:
    found: list[Problem] = list(cross_problems(raw))
    # pydantic-settings takes some names with an underscore for orders to itself.
    tables = {key: value for key, value in raw.items() if not key.startswith("_")}
    found += [((key,), problems.unknown_key((key,))) for key in raw if key not in tables]
    try:
        config = Config(**tables)
    except ValidationError as error:
        found = [*problems.in_words(error), *found]
    if found:
        raise ConfigError(where, list(_lines(found, environment)))
    return config


def _lines(found: Iterable[Problem], environment: Environment) -> Iterable[str]:
    for path, what in found:
        variable = _variable(path, environment)
        yield f"{problems.dotted(path)}{variable}: {what}"


def _variable(path: tuple[str | int, ...], environment: Environment) -> str:
    """Which environment variable set what is wrong, if it was one."""
    for named, variable in environment.names.items():
        if path[: len(named)] == named or named[: len(path)] == path:
            return f" (from {variable})"
    return ""
