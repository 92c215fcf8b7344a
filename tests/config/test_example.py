"""The example configuration: it loads, explains every key, and shows the real defaults."""

import re
import tomllib
from pathlib import Path

from agent import config, resources
from agent.config import schema

TEXT = resources.example_config().read_text("utf-8")
#: A line that is a key or a table, set to sleep by a #.
ASLEEP = re.compile(r"^# (?=\w+ = |\[\[?[\w.]+\]\]?$)", re.MULTILINE)


def test_loads_as_shipped() -> None:
    """The example is a valid configuration as it is."""
    assert config.load(resources.example_config()).accounts["home"].host == "imap.mail.example"


def test_loads_with_every_key_awake(tmp_path: Path) -> None:
    """Every key shown with a # before it is right as well."""
    file = tmp_path / "config.toml"
    file.write_text(ASLEEP.sub("", TEXT), "utf-8")
    assert config.load(file).smtp is not None


def test_mentions_every_key() -> None:
    """No key of the models is missing from the example, and none is too many."""
    awake = tomllib.loads(ASLEEP.sub("", TEXT))
    # A password and a sign-in by OAuth are shown in two accounts; no account has both.
    merged = {key: value for table in awake["accounts"].values() for key, value in table.items()}
    home = {"accounts": {"NAME": merged}}
    shown = {path for path in _paths({**awake, **home}) if path[0] != "playbooks"}
    assert shown == set(schema.every_key()) - {("playbooks",)}


def test_mentions_every_key_of_a_reference() -> None:
    """What can be said of somebody who speaks for the user."""
    (shown,) = tomllib.loads(ASLEEP.sub("", TEXT))["references"]
    assert set(shown) == set(schema.keys_at(("references", 0)))


def test_defaults_shown_are_the_real_ones(tmp_path: Path) -> None:
    """Waking the plain settings changes nothing: they are the defaults."""
    file = tmp_path / "config.toml"
    file.write_text(ASLEEP.sub("", TEXT), "utf-8")
    shipped, awake = config.load(resources.example_config()), config.load(file)
    for table in ("playbook", "schedule", "drafting", "scan"):
        assert getattr(shipped, table) == getattr(awake, table)
    for key in ("debrief", "debrief_after", "prep", "prep_at"):
        assert getattr(shipped.memos, key) == getattr(awake.memos, key)
    for key in ("port", "security", "folders"):
        assert getattr(shipped.accounts["home"], key) == getattr(awake.accounts["home"], key)


def _paths(table: dict[str, object], above: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = []
    for key, value in table.items():
        here = (*above, key)
        found += _paths(value, here) if isinstance(value, dict) else [here]
    return found
