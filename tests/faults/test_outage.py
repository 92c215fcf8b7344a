"""A dead network for three days, and its return: the whole daemon, on a clock that is simulated."""

from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

import pytest

from agent.domain.followup import FollowUpStatus
from agent.domain.lifecycle import Stage
from tests.mails import invitation
from tests.making import at
from tests.test_daemon import World

S = FollowUpStatus
# Monday to Thursday, 15:00 in the user's own time.
DEAD, BACK = "2026-03-02T20:00", "2026-03-05T20:00"


def invited(house: str, start: str) -> bytes:
    """To an interview at that house."""
    mail = invitation(
        at(start), uid=f"talk@{house.lower()}.example", written=at("2026-03-01T12:00")
    )
    return mail.replace(b"Acme", house.encode()).replace(
        b"acme.example", f"{house.lower()}.example".encode()
    )


def refused(house: str, when: datetime) -> bytes:
    """They go on with others."""
    mail = EmailMessage()
    mail["From"] = f"Ann Lee <ann@{house.lower()}.example>"
    mail["To"] = "Me Myself <me@home.example>"
    mail["Date"] = format_datetime(when)
    mail["Subject"] = f"Your interview for Backend Engineer at {house}"
    mail["Message-ID"] = f"<no@{house.lower()}.example>"
    mail.set_content(
        "Hello,\n\nthank you for your time. We have decided not to move forward with your "
        f"application for the Backend Engineer role at {house}. We wish you all the best.\n\n"
        "Best wishes\nAnn Lee\n"
    )
    return mail.as_bytes()


class Outage:
    """A daemon that runs through it, and what the world does meanwhile."""

    def __init__(self) -> None:
        self.world = World()
        self.mailbox, self.store = self.world.mailbox, self.world.store

    async def until(self, when: str) -> None:
        await self.world.clock.run_until(at(when), rounds=60)
        await self.world.settled()

    def thanks(self) -> dict[str, FollowUpStatus]:
        """How each house's thank-you stands."""
        return {
            str(app.company): followup.status
            for app in self.store.applications()
            for followup in self.store.followups(app.id)
            if followup.does("thank_you")
        }

    def drafts_to(self) -> list[str]:
        """Whom the drafts in Drafts are to."""
        return sorted(
            word.decode().strip("<>").partition("@")[2]
            for raw in self.mailbox.drafts()
            for line in raw.data.split(b"\r\n\r\n")[0].split(b"\r\n")
            if line.startswith(b"To:")
            for word in line.split()[-1:]
        )


@pytest.fixture
def outage() -> Outage:
    return Outage()


async def test_three_days_of_a_dead_network_lose_nothing_and_draft_what_is_timely(
    outage: Outage,
) -> None:
    """Mail that came is read, what the user did is known, a no takes its draft back; of what fell
    due meanwhile, the timely note is written, and the other is listed."""
    world, mailbox = outage.world, outage.mailbox
    async with world.running() as task:
        for house, start in (
            ("Elmfield", "2026-03-02T15:00"),
            ("Firth", "2026-03-02T16:00"),
            ("Alder", "2026-03-03T15:00"),
            ("Cedar", "2026-03-05T15:00"),
        ):
            mailbox.deliver(invited(house, start), world.clock.now())
        await outage.until(DEAD)
        assert outage.drafts_to() == ["elmfield.example", "firth.example"]

        mailbox.online = False
        await outage.until("2026-03-03T12:00")
        (firth,) = [raw.uid for raw in mailbox.drafts() if b"firth.example" in raw.data]
        mailbox.user_sends_draft(firth, world.clock.now())
        await outage.until("2026-03-04T12:00")
        mailbox.deliver(refused("Elmfield", world.clock.now()), world.clock.now())
        mailbox.deliver(invited("Dogwood", "2026-03-06T15:00"), world.clock.now())
        await outage.until(BACK)
        assert outage.drafts_to() == ["elmfield.example"]
        assert not task.done()

        mailbox.online = True
        await outage.until("2026-03-05T20:10")
        assert outage.thanks() == {
            "Elmfield": S.WITHDRAWN,
            "Firth": S.SENT,
            "Alder": S.LAPSED,
            "Cedar": S.DRAFTED,
            "Dogwood": S.PLANNED,
        }
        assert outage.drafts_to() == ["cedar.example"]
        stages = {str(app.company): app.stage for app in outage.store.applications()}
        assert stages["Elmfield"] is Stage.REJECTED
        assert stages["Dogwood"] is Stage.INTERVIEW_SCHEDULED
        told = [f.thread.message_id for a in outage.store.applications() for f in a.facts]
        read = [each for each in told if each]
        assert len(read) == len(set(read))
        assert outage.store.aside() == []

        await outage.until("2026-03-06T16:45")
        assert outage.drafts_to() == ["cedar.example", "dogwood.example"]
    assert timedelta(days=3) == at(BACK) - at(DEAD)
