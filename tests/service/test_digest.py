"""The digest: once a day, what waits for the user, in their own inbox."""

from dataclasses import replace
from datetime import time

import pytest

from agent.domain.facts import Kind
from agent.domain.memos import MemoRules
from agent.errors import ServerUnavailable
from tests.making import ANN, RAJ, fact, talk
from tests.service.conftest import Desk
from tests.service.test_followups import recorded
from tests.service.test_memos import inbox

INVITED = fact(
    Kind.INTERVIEW_CONFIRMED, "2026-03-02T10:00", talk("2026-03-04T15:00"), people=(ANN, RAJ)
)
#: New York's clock is five hours behind UTC.
WANTED = MemoRules(debrief=False, prep=False, digest=True, digest_at=time(9, 30))


@pytest.fixture
def told_daily(desk: Desk) -> Desk:
    desk.context.memos = WANTED
    return desk


async def test_a_draft_is_told_with_the_time_to_send_it_by(told_daily: Desk) -> None:
    """Once, from the hour on that the user chose."""
    desk = told_daily
    desk.context.memos = replace(WANTED, digest_at=time(12))
    await recorded(desk, INVITED)
    await desk.at("2026-03-04T16:15")
    assert inbox(desk) == [], "a quarter past eleven: not before its hour"
    for when in ("2026-03-04T17:00", "2026-03-04T17:20", "2026-03-04T20:00"):
        await desk.at(when)
    (mail,) = inbox(desk)
    assert mail["Subject"] == "Wednesday: one thing for you"
    assert "thank-you to Raj Patel (Acme – Engineer): send it by 19:00" in mail.get_content()
    assert mail["To"].addresses[0].addr_spec == "me@home.example"
    assert mail["Auto-Submitted"] == "auto-generated"


async def test_a_draft_that_is_late_is_told_as_late(told_daily: Desk) -> None:
    """On the next morning, with the day on which it was to be sent."""
    await recorded(told_daily, INVITED)
    await told_daily.at("2026-03-04T16:15")
    await told_daily.at("2026-03-05T14:30")
    assert "it was to be sent by 4 March 19:00" in inbox(told_daily)[-1].get_content()


async def test_a_day_with_nothing_to_tell_has_no_digest(told_daily: Desk) -> None:
    """Nor has one who did not ask for it."""
    await told_daily.at("2026-03-03T15:00")
    assert inbox(told_daily) == []
    told_daily.context.memos = MemoRules(debrief=False, prep=False)
    await recorded(told_daily, INVITED)
    await told_daily.at("2026-03-04T16:15")
    assert inbox(told_daily) == []


async def test_an_interview_of_the_next_two_days_is_told(told_daily: Desk) -> None:
    """With its weekday and hour on the user's clock."""
    await recorded(told_daily, INVITED)
    await told_daily.at("2026-03-03T15:00")
    (mail,) = inbox(told_daily)
    assert "Acme – Engineer: Wednesday 10:00" in mail.get_content()


async def test_a_digest_whose_append_was_not_answered_is_not_doubled(told_daily: Desk) -> None:
    """It lies there: found by the Message-ID of its day."""
    desk = told_daily
    await recorded(desk, INVITED)
    append = desk.mailbox.append_memo

    async def stored_unanswered(*arguments: object) -> None:
        await append(*arguments)  # type: ignore[arg-type]
        raise ServerUnavailable("the line is dead")

    desk.mailbox.append_memo = stored_unanswered  # type: ignore[method-assign, assignment]
    with pytest.raises(ServerUnavailable):
        await desk.at("2026-03-03T15:00")
    desk.mailbox.append_memo = append  # type: ignore[method-assign]
    await desk.at("2026-03-03T15:01")
    assert len(inbox(desk)) == 1


@pytest.mark.parametrize("language", ["de", "fr", "es"])
async def test_the_digest_is_in_the_users_language(told_daily: Desk, language: str) -> None:
    """As the other memos are."""
    told_daily.context.memos = replace(WANTED, language=language, digest_at=time(12))
    await recorded(told_daily, INVITED)
    await told_daily.at("2026-03-04T16:15")
    await told_daily.at("2026-03-04T17:00")
    (mail,) = inbox(told_daily)
    words = {
        "de": "bitte senden bis 19:00",
        "fr": "à envoyer avant : 19:00",
        "es": "antes de: 19:00",
    }
    assert words[language] in mail.get_content()
