"""Reading ahead: other processes read mails before their turn, and nothing comes out otherwise."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from agent import bootstrap, config
from agent.mail.message import Identity
from agent.mail.parse import envelope, parse
from agent.mail.read import read
from agent.service import ahead
from agent.service.ahead import Readers, readers
from tests.service.test_replay import HUNTS

ROBIN = Identity("Robin Vale", ("robin@vale.example",), "America/New_York", "US")
MAILS = [path.read_bytes() for path in sorted(HUNTS.glob("*/*.eml"))]
SENT = [(data, parse(data).from_.email) for data in MAILS]

_CONFIG = """
[identity]
name = "Robin Vale"
addresses = ["robin@vale.example"]
timezone = "America/New_York"
country = "US"
"""


@pytest.fixture
def two_processors(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Reads ahead however few the mails are; what it returns lets the readers fail."""
    monkeypatch.setattr(ahead, "WORTHWHILE", 1)
    monkeypatch.setattr(ahead, "_processors", lambda: 2)
    return lambda: monkeypatch.setattr(ahead, "_read_all", None)


def test_what_is_read_ahead_is_what_is_read_in_turn(two_processors: Callable[[], None]) -> None:
    """Whatever employers are known by the time that a mail's turn comes."""
    everyone = sorted({parse(data).from_.domain for data in MAILS})
    dice = random.Random(7)  # noqa: S311 - no secret
    with readers(ROBIN, len(MAILS)) as reading:
        found = list(reading.ahead(SENT, dice.sample(everyone, len(everyone) // 2)))
    assert all(found)
    told = 0
    for data, each in zip(MAILS, found, strict=True):
        known = set(dice.sample(everyone, len(everyone) // 2))
        reading_now = each.as_known(ROBIN, known) if each else None
        if reading_now is not None:
            told += 1
            assert reading_now == read(parse(data), ROBIN, known)
    assert told > len(MAILS) // 4


def test_a_mail_behind_another_from_there_is_read_both_ways(
    two_processors: Callable[[], None],
) -> None:
    """By its turn its sender may have become one that the user deals with; the first one's cannot."""
    pair = [SENT[0], SENT[0]]
    assert not ROBIN.owns(pair[0][1])
    with readers(ROBIN, len(MAILS)) as reading:
        first, second = reading.ahead(pair, ())
    assert first is not None
    assert first.if_known is None
    assert second is not None
    assert second.if_known == read(parse(MAILS[0]), ROBIN, {parse(MAILS[0]).from_.domain})
    assert second.if_not == first.if_not


def test_few_mails_are_read_here() -> None:
    """Processes are not started for a handful."""
    with readers(ROBIN, 5) as reading:
        assert list(reading.ahead(SENT[:5], ())) == [None] * 5
        assert reading.envelopes(MAILS[:5]) == [envelope(data) for data in MAILS[:5]]


def test_a_parcel_that_does_not_come_back_is_read_in_its_turn(
    two_processors: Callable[[], None],
) -> None:
    """A process that fails costs time and nothing else."""
    two_processors()  # from here on there is nothing to call in the other processes
    with readers(ROBIN, len(MAILS)) as reading:
        assert list(reading.ahead(SENT[:30], ())) == [None] * 30


def test_without_processes_nothing_is_read_ahead() -> None:
    """One processor reads each mail in its turn."""
    assert list(Readers(None, ROBIN).ahead(SENT[:3], ())) == [None] * 3


async def test_a_replay_tells_the_same_with_and_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every line of every hunt at once, to the byte of each draft."""
    file = tmp_path / "config.toml"
    file.write_text(_CONFIG, encoding="utf-8")
    told = []
    for processors in (1, 2):
        monkeypatch.setattr(ahead, "WORTHWHILE", 1)
        monkeypatch.setattr(ahead, "_processors", lambda count=processors: count)
        rehearsal = bootstrap.rehearsal(config.load(file))
        await rehearsal.run([("", data) for data in MAILS])
        told.append(list(rehearsal.report()))
    assert told[0] == told[1]
    assert any(line.data for line in told[0])
