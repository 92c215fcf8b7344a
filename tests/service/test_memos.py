"""Memos: laid into the user's own inbox exactly once, and their answers written into the drafts."""

from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import format_datetime

import pytest

from agent.domain.facts import Fact, Kind, Person
from agent.domain.followup import FollowUpStatus
from agent.domain.memos import MemoRules, MemoStatus
from agent.errors import ServerUnavailable
from agent.service.events import Drafted, Heard, MemoLaid, Withdrawn
from agent.service.ingest import ingest
from tests.making import ANN, RAJ, TOM, at, fact, talk
from tests.service.conftest import Desk
from tests.service.test_followups import drafts, recorded

# 10:00 to 11:00 in New York; Raj's address is known, Tom's is not.
INVITED = fact(
    Kind.INTERVIEW_CONFIRMED,
    "2026-03-02T10:00",
    talk("2026-03-04T15:00"),
    people=(ANN, RAJ, TOM),
    message_id="invited@acme.example",
)


@pytest.fixture
def desk_with_memos(desk: Desk) -> Desk:
    desk.context.memos = MemoRules()
    return desk


def inbox(desk: Desk) -> list[EmailMessage]:
    """What lies in the inbox, as a mail program reads it."""
    raws = desk.mailbox.everything()["INBOX"]
    return [message_from_bytes(raw.data, policy=default) for raw in raws]  # type: ignore[misc]


def reply(
    memo: EmailMessage, text: str, when: str, *files: tuple[str, bytes], to: str = "me@home.example"
) -> bytes:
    """The user's answer to a memo, quoted below as phones do."""
    mail = EmailMessage()
    mail["From"] = "Me Myself <me@home.example>"
    mail["To"] = to
    mail["Subject"] = f"Re: {memo['Subject']}"
    mail["Date"] = format_datetime(at(when))
    mail["Message-ID"] = f"<reply-{abs(hash(text))}@home.example>"
    mail["In-Reply-To"] = mail["References"] = str(memo["Message-ID"])
    quoted = "\n".join(f"> {line}" for line in memo.get_content().splitlines())
    mail.set_content(f"{text}\n\nOn a day, Followthrough <me@home.example> wrote:\n\n{quoted}\n")
    for name, data in files:
        mail.add_attachment(data, maintype="application", subtype="pdf", filename=name)
    return mail.as_bytes()


async def answered(desk: Desk, text: str, when: str, *files: tuple[str, bytes]) -> None:
    """The user answers the last memo; the reply comes into the inbox."""
    desk.clock.set(at(when))
    async with desk.context.turn:
        await ingest(desk.context, "home", reply(inbox(desk)[-1], text, when, *files), at(when))


async def interviewed(desk: Desk) -> None:
    """The talk is over: a debrief lies in the inbox, thank-yous in Drafts."""
    await recorded(desk, INVITED)
    for when in ("2026-03-03T23:00", "2026-03-04T16:05", "2026-03-04T16:15"):
        await desk.at(when)


async def test_a_prep_note_and_a_debrief_are_laid_in_time(desk_with_memos: Desk) -> None:
    """As new mail from the user to the user; nothing is sent, nothing lies in Drafts for it."""
    desk = desk_with_memos
    await recorded(desk, INVITED)
    await desk.at("2026-03-03T22:59")
    assert inbox(desk) == []
    await desk.at("2026-03-03T23:00")
    (prep,) = inbox(desk)
    assert prep["Subject"] == "Wednesday 10:00, interview with Acme"
    assert "10:00 to 11:00 (America/New_York)" in prep.get_content()
    await desk.at("2026-03-04T16:05")
    _, debrief = inbox(desk)
    assert debrief["Subject"] == "Acme: how did it go? Five short questions"
    assert "I have Raj Patel and Tom Hale." in debrief.get_content()
    assert "helps for Tom Hale" in debrief.get_content()
    for memo in (prep, debrief):
        assert memo["From"].addresses[0].addr_spec == "me@home.example"
        assert [a.addr_spec for a in memo["To"].addresses] == ["me@home.example"]
        assert memo["Auto-Submitted"] == "auto-generated"
    assert drafts(desk) == []
    assert all(not raw.flags for raw in desk.mailbox.everything()["INBOX"])


async def test_somebody_named_in_two_ways_is_listed_once(desk_with_memos: Desk) -> None:
    """ "Tom" of the first mail is the Tom Hale of the next."""
    desk = desk_with_memos
    for hour, tom in ((10, Person("Tom")), (11, TOM)):
        told = fact(
            Kind.INTERVIEW_CONFIRMED,
            f"2026-03-02T{hour}:00",
            talk("2026-03-04T15:00", with_=(tom.name or "",)),
            people=(ANN, tom),
            message_id=f"{hour}@acme.example",
        )
        await recorded(desk, told)
    await desk.at("2026-03-03T23:00")
    (prep,) = inbox(desk)
    assert prep.get_content().count("- Tom Hale") == 1


async def test_memos_are_laid_once(desk_with_memos: Desk) -> None:
    """However often it is looked at, and though they come back as mail."""
    desk = desk_with_memos
    await interviewed(desk)
    for raw in desk.mailbox.everything()["INBOX"]:
        assert await ingest(desk.context, "home", raw.data, raw.arrived) is None
    await desk.at("2026-03-04T20:00")
    assert len(inbox(desk)) == 2
    assert len(desk.told(MemoLaid)) == 2
    (app,) = desk.store.applications()
    assert [f.kind for f in app.facts if isinstance(f.kind, Kind)] == [Kind.INTERVIEW_CONFIRMED]


async def test_an_append_of_unknown_outcome_is_not_repeated(
    desk_with_memos: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server stored the memo and the answer was lost: it is found."""
    desk = desk_with_memos
    real = desk.mailbox.append_memo

    async def lost(*arguments):  # type: ignore[no-untyped-def]
        await real(*arguments)
        raise ServerUnavailable("the link dropped")

    await recorded(desk, INVITED)
    monkeypatch.setattr(desk.mailbox, "append_memo", lost)
    with pytest.raises(ServerUnavailable):
        await desk.at("2026-03-03T23:00")
    await desk.at("2026-03-03T23:10")
    assert len(inbox(desk)) == 1
    assert next(m.status for m in desk.store.memos(1)) is MemoStatus.LAID


async def test_an_append_that_never_arrived_is_made_again(
    desk_with_memos: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under the id that the intent fixed; unwanted by then, it is not."""
    desk = desk_with_memos

    async def refused(*arguments):  # type: ignore[no-untyped-def]
        raise ServerUnavailable("the link dropped")

    await recorded(desk, INVITED)
    with monkeypatch.context() as patched:
        patched.setattr(desk.mailbox, "append_memo", refused)
        with pytest.raises(ServerUnavailable):
            await desk.at("2026-03-03T23:00")
    intent = next(m for m in desk.store.memos(1) if m.status is MemoStatus.LAYING)
    await desk.at("2026-03-03T23:10")
    (memo,) = inbox(desk)
    assert memo["Message-ID"] == f"<{intent.message_id}>"


async def test_a_prep_note_tells_the_pin_beside_the_number(desk_with_memos: Desk) -> None:
    """Whoever dials in needs both."""
    desk = desk_with_memos
    held = replace(talk("2026-03-04T15:00"), phone="+1 312 555 0100", pin="4482#")
    await recorded(desk, replace(INVITED, interviews=(held,)))
    await desk.at("2026-03-03T23:00")
    (prep,) = inbox(desk)
    assert "Phone: +1 312 555 0100, PIN 4482#" in prep.get_content()


async def test_a_moved_interview_gets_a_new_prep_note_and_a_cancelled_one_none(
    desk_with_memos: Desk,
) -> None:
    """The one that lies there is the user's mail, and is left alone."""
    desk = desk_with_memos
    await recorded(desk, INVITED)
    await desk.at("2026-03-03T23:00")
    moved = fact(Kind.INTERVIEW_RESCHEDULED, "2026-03-03T23:30", talk("2026-03-04T19:00"))
    await recorded(desk, moved)
    await desk.at("2026-03-03T23:31")
    assert [m["Subject"] for m in inbox(desk)] == [
        "Wednesday 10:00, interview with Acme",
        "New time: Wednesday 14:00, interview with Acme",
    ]
    await recorded(desk, fact(Kind.INTERVIEW_CANCELLED, "2026-03-04T12:00"))
    await desk.at("2026-03-04T21:00")
    assert len(inbox(desk)) == 2


async def test_nothing_is_laid_where_nothing_is_to_be_written(desk_with_memos: Desk) -> None:
    """Drafting off means that nothing at all is put into the mailbox."""
    desk = desk_with_memos
    desk.context.drafting = False
    await interviewed(desk)
    assert inbox(desk) == []


ANSWER = (
    "1. Raj and Tom Hale <tom@acme.example>\n"
    "2. Raj: quieter nights; Tom: better tests\n"
    "3. start with the runbooks\n"
    "4. They decide by Friday next week\n"
    "5. the roadmap, for Tom"
)


async def test_the_answer_is_written_into_the_drafts(desk_with_memos: Desk) -> None:
    """To each their own; the new address gets a note of its own; the date moves the plan."""
    desk = desk_with_memos
    await interviewed(desk)
    before = {d["To"].addresses[0].addr_spec: d for d in drafts(desk)}
    assert set(before) == {"raj@acme.example", "ann@acme.example"}, "Ann passes thanks on to Tom"
    await answered(desk, ANSWER, "2026-03-04T17:00", ("Roadmap.pdf", b"%PDF"))
    await desk.at("2026-03-04T17:01")
    after = {d["To"].addresses[0].addr_spec: d for d in drafts(desk)}
    assert set(after) == {"raj@acme.example", "tom@acme.example"}
    raj, tom = (after[who].get_body().get_content() for who in sorted(after))
    assert "quieter nights" in raj
    assert "quieter nights" not in tom
    assert "better tests" in tom
    files = [part.get_filename() for part in after["tom@acme.example"].iter_attachments()]
    assert files == ["Roadmap.pdf"]
    assert not list(after["raj@acme.example"].iter_attachments())
    (app,) = desk.store.applications()
    assert app.decision is not None
    assert app.decision.day.isoformat() == "2026-03-13"
    assert after["raj@acme.example"]["Message-ID"] != before["raj@acme.example"]["Message-ID"]


async def test_the_answer_is_no_mail_to_the_employer(desk_with_memos: Desk) -> None:
    """It restarts no wait, sends nothing, and is taken once though it lies in two folders."""
    desk = desk_with_memos
    await interviewed(desk)
    await answered(desk, ANSWER, "2026-03-04T17:00")
    await answered(desk, ANSWER, "2026-03-04T17:00")
    again = reply(inbox(desk)[-1], ANSWER, "2026-03-04T17:00").replace(b"<reply-", b"<other-")
    await ingest(desk.context, "home", again, at("2026-03-04T17:00"))
    (app,) = desk.store.applications()
    assert sum(f.told is not None for f in app.facts) == 1
    assert not any(f.kind is Kind.OWN for f in app.facts)
    assert len(desk.told(Heard)) == 1


async def test_an_edited_draft_is_left_alone(desk_with_memos: Desk) -> None:
    """What the user wrote in it stays, whatever they answer later."""
    desk = desk_with_memos
    await interviewed(desk)
    raw = next(r for r in desk.mailbox.drafts() if b"raj@acme" in r.data)
    desk.mailbox.user_edits(raw.uid, raw.data + b"PS: see you.\r\n")
    await answered(desk, "2. Raj: quieter nights\n3. start small", "2026-03-04T17:00")
    await desk.at("2026-03-04T17:01")
    mine = [d for d in drafts(desk) if d["To"].addresses[0].addr_spec == "raj@acme.example"]
    assert len(mine) == 1
    assert "PS: see you." in mine[0].get_content()
    assert "quieter nights" not in mine[0].get_content()


async def test_a_plain_no_changes_nothing(desk_with_memos: Desk) -> None:
    """No draft is written again for it."""
    desk = desk_with_memos
    await interviewed(desk)
    made = len(desk.told(Drafted))
    await answered(desk, "no", "2026-03-04T17:00")
    await desk.at("2026-03-04T17:01")
    assert len(desk.told(Drafted)) == made
    assert desk.told(Withdrawn) == []


async def test_nobody_came_takes_the_thank_yous_back(desk_with_memos: Desk) -> None:
    """Said in the reply."""
    desk = desk_with_memos
    await interviewed(desk)
    await answered(desk, "Nobody showed up.", "2026-03-04T17:00")
    await desk.at("2026-03-04T17:01")
    assert all(f.step != "thank_you" for f in desk.in_state(FollowUpStatus.DRAFTED))


async def test_words_in_another_language_stay_out_of_the_mail(desk_with_memos: Desk) -> None:
    """No mail is in two languages; the draft is as good as without them."""
    desk = desk_with_memos
    await interviewed(desk)
    german = "2. Raj: dass nachts nicht mehr so oft jemand angerufen wird und die Tests besser sind"
    await answered(desk, german, "2026-03-04T17:00")
    await desk.at("2026-03-04T17:01")
    assert all("angerufen" not in d.get_content() for d in drafts(desk))
    assert len(drafts(desk)) == 2


async def test_an_answer_at_night_is_written_at_once(desk_with_memos: Desk) -> None:
    """The user is awake: they have just written."""
    desk = desk_with_memos
    late = replace(INVITED, interviews=(talk("2026-03-05T01:00"),))  # 20:00 to 21:00
    await recorded(desk, late)
    for when in ("2026-03-05T02:05", "2026-03-05T02:15"):
        await desk.at(when)
    assert len(drafts(desk)) == 2
    await answered(desk, "2. Raj: quieter nights", "2026-03-05T03:30")
    assert any("quieter nights" in d.get_content() for d in drafts(desk))
    assert len(drafts(desk)) == 2


async def test_a_reply_that_goes_to_the_employer_too_is_a_mail_to_them(
    desk_with_memos: Desk,
) -> None:
    """Only what stays with the user is an answer to us."""
    desk = desk_with_memos
    await interviewed(desk)
    mail = reply(inbox(desk)[-1], "Thanks!", "2026-03-04T17:00", to="raj@acme.example")
    desk.clock.set(at("2026-03-04T17:00"))
    await ingest(desk.context, "home", mail, at("2026-03-04T17:00"))
    (app,) = desk.store.applications()
    assert all(f.told is None for f in app.facts)


async def test_a_mail_to_oneself_is_about_no_application(desk_with_memos: Desk) -> None:
    """A reminder that the user sends to themself restarts no wait."""
    desk = desk_with_memos
    await interviewed(desk)
    mail = (
        b"From: me@home.example\r\nTo: me@home.example\r\nSubject: Acme interview\r\n"
        b"Message-ID: <self@home.example>\r\nDate: Wed, 04 Mar 2026 12:00:00 -0500\r\n\r\n"
        b"Remember to ask Acme about the next steps for the Engineer interview.\r\n"
    )
    desk.clock.set(at("2026-03-04T17:00"))
    await ingest(desk.context, "home", mail, at("2026-03-04T17:00"))
    (app,) = desk.store.applications()
    assert not any(isinstance(f, Fact) and f.kind is Kind.OWN for f in app.facts)
