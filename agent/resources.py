"""Where the files lie that ship with the program and that a user may read or copy.

In a checkout they lie at its top (`templates/`, `systemd/`, `config.example.toml`); in an
installed wheel inside the package, under `agent/_shipped/` (see pyproject's force-include).
Nothing is read here: each function returns a path that exists.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """The path of a shipped file or folder; raises FileNotFoundError where the install is broken."""
    for root in (_PACKAGE / "_shipped", _PACKAGE.parent):
        if (root / name).exists():
            return root / name
    raise FileNotFoundError(f"{name} is missing from this installation; install it again")


def templates() -> Path:
    """The folder of the shipped templates."""
    return shipped("templates")


def systemd_units() -> Path:
    """The folder of the shipped systemd units."""
    return shipped("systemd")


def example_config() -> Path:
    """The example configuration, which explains every key."""
    return shipped("config.example.toml")


def playbooks() -> tuple[str, ...]:
    """The names of the shipped playbooks, sorted."""
    return tuple(sorted(path.stem for path in (_PACKAGE / "playbooks").glob("*.toml")))
