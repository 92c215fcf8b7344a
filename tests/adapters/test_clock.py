"""The real time."""

from datetime import UTC, datetime

from agent.adapters.clock import SystemClock


def test_now_is_aware_and_utc() -> None:
    """The clock gives the present instant, in UTC."""
    before = datetime.now(UTC)
    now = SystemClock().now()
    assert now.tzinfo is UTC
    assert before <= now <= datetime.now(UTC)


async def test_a_sleep_of_the_past_returns() -> None:
    """Time that is already over is not waited for."""
    clock = SystemClock()
    start = clock.now()
    await clock.sleep(-3600)
    assert (clock.now() - start).total_seconds() < 60
