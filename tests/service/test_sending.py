"""Drafts that were sent under another id, by a phone or by web mail."""

from email.message import EmailMessage
from email.utils import format_datetime

from agent.domain.facts import Kind
from agent.domain.followup import FollowUpStatus
from agent.service.events import Sent
from agent.service.ingest import ingest
from tests.making import ANN, RAJ, at, fact, talk
from tests.service.conftest import Desk
from tests.service.test_followups import drafts, recorded

S = FollowUpStatus
INVITED = fact(
    Kind.INTERVIEW_CONFIRMED, "2026-03-02T10:00", talk("2026-03-04T15:00"), people=(ANN, RAJ)
)


def by_phone(to: str, subject: str, when: str) -> bytes:
    """What lies in Sent: the words changed, the id another."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "me@home.example", to, subject
    mail["Date"] = format_datetime(at(when))
    mail["Message-ID"] = "<by-phone@home.example>"
    mail.set_content("Hi Raj, good to meet you, looking forward to what comes next. Me\n")
    return mail.as_bytes()


async def drafted(desk: Desk) -> str:
    """Raj's thank-you lies in Drafts; its subject."""
    await recorded(desk, INVITED)
    await desk.at("2026-03-04T16:15")
    (draft,) = drafts(desk)
    return str(draft["Subject"])


async def sent(desk: Desk, data: bytes, when: str) -> None:
    desk.clock.set(at(when))
    async with desk.context.turn:
        await ingest(desk.context, "home", data, at(when))


async def test_a_draft_sent_by_a_phone_counts(desk: Desk) -> None:
    """Edited, with another id, and no word of thanks in it: the draft is gone, so it went out."""
    subject = await drafted(desk)
    desk.mailbox.user_deletes(desk.mailbox.drafts()[0].uid)
    await sent(desk, by_phone("raj@acme.example", subject, "2026-03-04T17:00"), "2026-03-04T17:00")
    (event,) = desk.told(Sent)
    assert event.by == "draft"
    assert [f.step for f in desk.in_state(S.SENT)] == ["thank_you"]


async def test_another_mail_while_the_draft_lies_there_is_another_mail(desk: Desk) -> None:
    """The draft is left where it is."""
    subject = await drafted(desk)
    await sent(desk, by_phone("raj@acme.example", subject, "2026-03-04T17:00"), "2026-03-04T17:00")
    assert desk.told(Sent) == []
    assert len(drafts(desk)) == 1


async def test_a_mail_to_somebody_else_is_not_the_draft(desk: Desk) -> None:
    """Though the subject is the same and the draft is gone."""
    subject = await drafted(desk)
    desk.mailbox.user_deletes(desk.mailbox.drafts()[0].uid)
    await sent(desk, by_phone("ann@acme.example", subject, "2026-03-04T17:00"), "2026-03-04T17:00")
    assert [e for e in desk.told(Sent) if e.by == "draft"] == []
