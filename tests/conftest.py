"""What every test may lean on: real programs, and an environment without the developer's own.

Real servers in tests
---------------------
A test (or fixture of any scope) that needs an installed program asks for it:

    def test_something(need: Need) -> None:
        dovecot = need("dovecot", package="dovecot-imapd")

`need(program, package=None) -> Path` gives the program's absolute path. Where it is not
installed the test is skipped with a sentence that names the package; where
FOLLOWTHROUGH_TESTS_MUST_RUN=1 is set, as `.ci/run` does, it fails instead.
`unavailable(reason)` is the same for anything else a test cannot do without (root, a
mount namespace): it never returns.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

Need = Callable[..., Path]
Unavailable = Callable[[str], NoReturn]

MUST_RUN = os.environ.get("FOLLOWTHROUGH_TESTS_MUST_RUN") == "1"


def _unavailable(reason: str) -> NoReturn:
    if MUST_RUN:
        pytest.fail(f"{reason} (FOLLOWTHROUGH_TESTS_MUST_RUN forbids skipping)", pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def unavailable() -> Unavailable:
    """Skip with a reason, or fail where every test must run."""
    return _unavailable


@pytest.fixture(scope="session")
def need() -> Need:
    """Find an installed program, or skip, or fail where every test must run."""

    def found(program: str, package: str | None = None) -> Path:
        # Servers lie in sbin, which is not on an ordinary user's PATH.
        path = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"])
        where = shutil.which(program, path=path)
        if where is None:
            _unavailable(f"{program} is not installed (Debian package: {package or program})")
        return Path(where)

    return found


@pytest.fixture(autouse=True)
def _a_user_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads the developer's configuration, state, or FOLLOWTHROUGH_… settings."""
    for name in list(os.environ):
        if name.startswith("FOLLOWTHROUGH_") and name != "FOLLOWTHROUGH_TESTS_MUST_RUN":
            monkeypatch.delenv(name)
    for name in ("CREDENTIALS_DIRECTORY", "NOTIFY_SOCKET", "WATCHDOG_USEC"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg" / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "xdg" / "state"))
