"""The labelled mails of a hand."""

import json
from pathlib import Path

import pytest

from agent.domain.facts import Kind
from training.hands import mails_of, reader_of, user_of

_USERS = """
[k]
name = "Dana Cole"
address = "dana@cole.example"
zone = "Europe/Dublin"
country = "IE"
authserv = "mx.cole.example"
"""


@pytest.fixture
def hand(tmp_path: Path) -> Path:
    """A hand of two mails, the later one written first."""
    (tmp_path / "hands.toml").write_text(_USERS, encoding="utf-8")
    folder = tmp_path / "k"
    folder.mkdir()
    for name, kind in (("002-no", "rejection"), ("001-yes", "offer")):
        (folder / f"{name}.eml").write_bytes(b"Subject: " + name.encode() + b"\n\nHello\n")
        (folder / f"{name}.json").write_text(json.dumps({"kind": kind}), encoding="utf-8")
    return folder


def test_the_reader_of_a_hand_is_its_user(hand: Path) -> None:
    """Zone, country and server are those of `hands.toml`."""
    who = reader_of(hand)
    assert (who.name, who.addresses) == ("Dana Cole", ("dana@cole.example",))
    assert (who.timezone, who.country) == ("Europe/Dublin", "IE")
    assert "dense" not in user_of(hand)


def test_the_mails_of_a_hand_come_by_their_names_with_their_labels(hand: Path) -> None:
    """Every label has its mail, as bytes."""
    found = list(mails_of(hand))
    assert [(mail.name, mail.kind) for mail in found] == [
        ("001-yes", Kind.OFFER),
        ("002-no", Kind.REJECTION),
    ]
    assert found[0].raw.startswith(b"Subject: 001-yes")
