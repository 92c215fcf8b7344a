"""The real time."""

import asyncio
from datetime import UTC, datetime


class SystemClock:
    """`ports.Clock` by this machine's clock."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        """Wait that many seconds; stands still while the machine is suspended."""
        await asyncio.sleep(max(0.0, seconds))
