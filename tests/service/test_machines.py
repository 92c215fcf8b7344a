"""What machines answer: an absence holds the check-in, a bounce ends an address."""

from agent.domain.facts import Kind
from agent.domain.followup import TaskStatus
from agent.service.ingest import ingest
from tests.mail.test_bounce import REPORT
from tests.making import ANN, RAJ, at, fact, own, talk
from tests.service.conftest import Desk
from tests.service.test_followups import drafts, recorded

INVITED = fact(
    Kind.INTERVIEW_CONFIRMED,
    "2026-03-02T10:00",
    talk("2026-03-04T15:00"),
    people=(ANN, RAJ),
    message_id="invited@acme.example",
)

AWAY = b"""\
From: Ann Lee <ann@acme.example>
To: me@home.example
Subject: Automatic reply: Your interview
Message-ID: <away@acme.example>
In-Reply-To: <invited@acme.example>
References: <invited@acme.example>
Auto-Submitted: auto-replied
Date: Thu, 05 Mar 2026 10:00:00 -0500

Thank you for your email. I am out of the office until 20 March and will answer when I return.
"""


async def taken(desk: Desk, data: bytes, when: str) -> None:
    desk.clock.set(at(when))
    async with desk.context.turn:
        await ingest(desk.context, "home", data, at(when))


async def test_a_return_date_holds_the_check_in(desk: Desk) -> None:
    """It would have come on the 11th; nobody reads it before the 21st, a Saturday."""
    await recorded(desk, INVITED)
    await desk.at("2026-03-04T16:15")
    await taken(desk, AWAY, "2026-03-05T15:00")
    check_in = next(f for f in desk.store.followups(1) if f.does("check_in"))
    assert check_in.due_at >= at("2026-03-23T00:00")


async def test_a_bounce_is_told_and_nothing_more_goes_there(desk: Desk) -> None:
    """A task names the address; the others' note asks to pass the thanks on."""
    await recorded(desk, INVITED)
    await desk.at("2026-03-04T16:15")
    assert [d["To"].addresses[0].addr_spec for d in drafts(desk)] == ["raj@acme.example"]
    (ours,) = [f for f in desk.store.followups(1) if f.does("thank_you")]
    report = REPORT.replace(b"sent-1@home.example", (ours.message_id or "").encode())
    await taken(desk, report, "2026-03-04T17:20")
    await desk.at("2026-03-04T17:21")
    told = [t for t in desk.store.tasks(1) if t.kind == "address"]
    assert [t.status for t in told] == [TaskStatus.OPEN]
    assert "raj@acme.example" in told[0].text
    assert [d["To"].addresses[0].addr_spec for d in drafts(desk)] == ["ann@acme.example"]
    assert "Raj Patel" in drafts(desk)[0].get_content()


async def test_a_bounce_of_a_mail_by_hand_counts_too(desk: Desk) -> None:
    """By the id of the user's own mail, else by the address alone."""
    await recorded(desk, INVITED)
    await recorded(desk, own("2026-03-04T17:00", to=("raj@acme.example",)))
    await taken(desk, REPORT, "2026-03-04T17:20")
    assert desk.store.applications()[0].bounced == {"raj@acme.example"}


ADDRESS_ALONE = b"""\
From: Mail Delivery System <MAILER-DAEMON@mx.home.example>
To: me@home.example
Subject: Mail delivery failed: returning message to sender
Message-ID: <bounce-2@mx.home.example>
Date: Wed, 04 Mar 2026 12:20:00 -0500

A message that you sent could not be delivered to one or more of its recipients. This is a
permanent error. The following address failed:

  raj@acme.example
    550 5.1.1 User unknown
"""


async def test_a_bounce_that_names_only_the_address_raises_a_task(desk: Desk) -> None:
    """Without fields, and without a Message-ID of ours."""
    await recorded(desk, INVITED)
    await desk.at("2026-03-04T16:15")
    await taken(desk, ADDRESS_ALONE, "2026-03-04T17:20")
    await desk.at("2026-03-04T17:21")
    assert [t.status for t in desk.store.tasks(1) if t.kind == "address"] == [TaskStatus.OPEN]


async def test_a_bounce_of_somebody_in_two_applications_is_told_where_they_were_written_to(
    desk: Desk,
) -> None:
    """An agency's recruiter is in several: the one that the user wrote about last."""
    other = fact(
        Kind.INTERVIEW_REQUEST,
        "2026-03-02T10:00",
        people=(RAJ,),
        from_=RAJ,
        company="Borealis",
        role="Analyst",
    )
    await recorded(desk, INVITED)
    desk.store.new_application(other, "home")
    await desk.at("2026-03-04T16:15")
    await taken(desk, ADDRESS_ALONE, "2026-03-04T17:20")
    assert [app.bounced for app in desk.store.applications()] == [
        frozenset({"raj@acme.example"}),
        frozenset(),
    ]


async def test_a_bounce_of_a_strangers_mail_changes_nothing(desk: Desk) -> None:
    """Nobody at an employer was written to there."""
    await recorded(desk, INVITED)
    await taken(desk, REPORT.replace(b"Raj@Acme", b"Zoe@Other"), "2026-03-04T17:20")
    assert desk.store.applications()[0].bounced == frozenset()
