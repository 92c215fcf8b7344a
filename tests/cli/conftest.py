"""The commands, called as a user calls them, in a process of their own or in this one."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import agent
from tests.servers.fixtures import dovecot

__all__ = ["dovecot"]

ROOT = Path(agent.__file__).parents[1]
Run = Callable[..., "subprocess.CompletedProcess[str]"]

IDENTITY = """
[identity]
name = "Ada Example"
addresses = ["ada@mail.example"]
timezone = "Europe/Berlin"
country = "DE"
"""


@pytest.fixture
def identity(tmp_path: Path) -> Path:
    """A configuration that says who the user is, and nothing else."""
    file = tmp_path / "config.toml"
    file.write_text(IDENTITY)
    return file


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run `followthrough` with arguments in a process of its own."""

    def called(
        *arguments: str | Path, input: str | None = None, **environ: str
    ) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "agent", *map(str, arguments)],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "80", **environ},
            input=input,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    return called
