"""What the tables `[accounts.NAME.oauth]` say that cannot be, read from the raw tables."""

from collections.abc import Iterator, Mapping
from typing import Any

from agent.config.schema import Path

Problem = tuple[Path, str]


def problems_of(name: str, account: Mapping[str, Any]) -> Iterator[Problem]:
    """Every contradiction in how one account signs in, as (path, what is wrong)."""
    table = account.get("oauth")
    if not isinstance(table, Mapping):
        return
    path: Path = ("accounts", name, "oauth")
    if "password_command" in account:
        yield (
            ("accounts", name, "password_command"),
            f"this account signs in by [accounts.{name}.oauth], not with a password; remove one",
        )
    yield from _addresses(path, table)
    yield from _of_another_provider(path, table)


def _addresses(path: Path, table: Mapping[str, Any]) -> Iterator[Problem]:
    """Another provider is known by its addresses alone."""
    if table.get("provider") != "other":
        return
    if "token_url" not in table:
        yield (*path, "token_url"), "missing: another provider's address for tokens"
    if "scopes" not in table:
        yield (*path, "scopes"), "missing: what another provider is to be asked for"
    flow = table.get("flow", "device" if "device_url" in table else "loopback")
    wanted = {"device": "device_url", "loopback": "authorize_url"}.get(str(flow))
    if wanted and wanted not in table:
        yield (*path, wanted), f'missing: the flow "{flow}" begins there'


def _of_another_provider(path: Path, table: Mapping[str, Any]) -> Iterator[Problem]:
    """What one of the providers has no use for, or does not allow."""
    provider = table.get("provider")
    if provider == "google" and table.get("flow") == "device" and "device_url" not in table:
        yield (
            (*path, "flow"),
            'Google gives no access to mail by a code that you type; write "loopback", or remove '
            "the line",
        )
    if "tenant" in table and provider in ("google", "other"):
        yield (*path, "tenant"), "only Microsoft has tenants; remove the line"
