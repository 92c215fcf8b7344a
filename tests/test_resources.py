"""Shipped files are found in a checkout and in an installed wheel alike."""

import shutil
from pathlib import Path

import pytest

from agent import resources


def test_in_a_checkout() -> None:
    """In a checkout they are the ones at its top."""
    assert (resources.systemd_units() / "followthrough.service").is_file()
    assert resources.example_config().is_file()
    assert resources.templates().is_dir()


def test_in_a_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a wheel they are the ones inside the package, whatever lies beside it."""
    package = tmp_path / "site-packages" / "agent"
    shutil.copytree(resources.systemd_units(), package / "_shipped" / "systemd")
    (tmp_path / "site-packages" / "systemd").mkdir()
    monkeypatch.setattr(resources, "_PACKAGE", package)
    assert resources.systemd_units() == package / "_shipped" / "systemd"


def test_a_broken_installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a file is missing, the installation is at fault, and that is said."""
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "agent")
    with pytest.raises(FileNotFoundError, match="install it again"):
        resources.templates()


def test_playbooks_are_named() -> None:
    """The shipped playbooks are known by their names."""
    assert "balanced" in resources.playbooks()
