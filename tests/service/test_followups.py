"""From plan to draft, exactly once; withdrawn only untouched; closed and reopened."""

from dataclasses import replace
from email import message_from_bytes
from email.policy import default

import pytest

from agent.config.playbooks import read
from agent.domain.facts import Fact, Kind, OwnAct, Told, Word
from agent.domain.followup import FollowUpStatus
from agent.domain.lifecycle import Stage
from agent.errors import ServerUnavailable
from agent.service import followups
from agent.service.events import Closed, Drafted, Lapsed, Left, Sent, Withdrawn
from tests.making import ANN, BALANCED, RAJ, TOM, at, fact, own, talk
from tests.service.conftest import Desk

S = FollowUpStatus
INVITED = fact(
    Kind.INTERVIEW_CONFIRMED,
    "2026-03-02T10:00",
    talk("2026-03-04T15:00"),
    people=(ANN, RAJ),
    message_id="invited@acme.example",
    in_reply_to=("asked@home.example",),
)


async def recorded(desk: Desk, told: Fact, why: str = "they wrote") -> int:
    """What ingest does with a fact, without a mail to read it from."""
    known = desk.store.applications()
    app = (
        desk.store.append_fact(known[0].id, told)
        if known
        else desk.store.new_application(told, "home")
    )
    desk.clock.set(max(told.at, desk.clock.now()))
    if told.kind is Kind.OWN:
        await followups.credit(desk.context, app, told)
    await followups.tend(desk.context, app.id, told.at, why)
    return app.id


def drafts(desk: Desk):
    return [message_from_bytes(raw.data, policy=default) for raw in desk.mailbox.drafts()]


async def test_a_thank_you_lies_in_drafts_when_the_talk_is_over(desk: Desk) -> None:
    """Not before; flagged as a draft; from the identity that was written to; to the interviewer."""
    await recorded(desk, INVITED)
    await desk.at("2026-03-04T16:14")
    assert drafts(desk) == []
    await desk.at("2026-03-04T16:15")
    (draft,) = drafts(desk)
    assert draft["To"].addresses[0].addr_spec == "raj@acme.example"
    assert draft["From"].addresses[0].addr_spec == "me@home.example"
    assert draft["Cc"] is None
    assert draft.get_content_type() == "text/plain"
    assert "\\Draft" in desk.mailbox.drafts()[0].flags
    assert "Acme" in draft.get_content()


async def test_a_note_to_the_one_who_wrote_joins_their_thread(desk: Desk) -> None:
    """In-Reply-To is their mail, References the thread before it and their mail."""
    bare = fact(
        Kind.INTERVIEW_CONFIRMED,
        "2026-03-02T10:00",
        talk("2026-03-04T15:00"),
        message_id="invited@acme.example",
        in_reply_to=("asked@home.example",),
    )
    await recorded(desk, bare)
    await desk.at("2026-03-04T16:15")
    (draft,) = drafts(desk)
    assert draft["In-Reply-To"] == "<invited@acme.example>"
    assert draft["References"].split() == ["<asked@home.example>", "<invited@acme.example>"]
    assert draft["Subject"] == "Re: Your interview"


async def test_time_passing_again_drafts_nothing_again(desk: Desk) -> None:
    """Once, however often it is looked at."""
    await recorded(desk, INVITED)
    for when in ("2026-03-04T16:15", "2026-03-04T16:16", "2026-03-05T10:00"):
        await desk.at(when)
    assert len(drafts(desk)) == 1
    assert len(desk.told(Drafted)) == 1


async def test_an_append_of_unknown_outcome_is_not_repeated(desk: Desk, monkeypatch) -> None:
    """The server stored it and the answer was lost: it is found, and adopted."""
    real = desk.mailbox.append_draft

    async def lost(*arguments):
        await real(*arguments)
        raise ServerUnavailable("the link dropped")

    monkeypatch.setattr(desk.mailbox, "append_draft", lost)
    await recorded(desk, INVITED)
    with pytest.raises(ServerUnavailable):
        await desk.at("2026-03-04T16:15")
    assert [f.status for f in desk.in_state(S.DRAFTING)] == [S.DRAFTING]
    await desk.at("2026-03-04T16:20")
    assert len(drafts(desk)) == 1
    assert [f.status for f in desk.in_state(S.DRAFTED)] == [S.DRAFTED]


async def test_an_append_that_never_arrived_is_made_again_under_the_same_id(
    desk: Desk, monkeypatch
) -> None:
    """The intent fixed the Message-ID before the first attempt."""

    async def refused(*arguments):
        raise ServerUnavailable("the link dropped")

    with monkeypatch.context() as patched:
        patched.setattr(desk.mailbox, "append_draft", refused)
        await recorded(desk, INVITED)
        with pytest.raises(ServerUnavailable):
            await desk.at("2026-03-04T16:15")
    (intent,) = desk.in_state(S.DRAFTING)
    await desk.at("2026-03-04T16:20")
    (draft,) = drafts(desk)
    assert draft["Message-ID"] == f"<{intent.message_id}>"


async def test_a_draft_of_unknown_fate_is_not_made_again_before_it_is_settled(
    desk: Desk, monkeypatch
) -> None:
    """A slow server may store it after we were killed, started again, and looked in vain."""

    async def refused(*arguments):
        raise ServerUnavailable("the link dropped")

    await recorded(desk, INVITED)
    with monkeypatch.context() as patched:
        patched.setattr(desk.mailbox, "append_draft", refused)
        with pytest.raises(ServerUnavailable):
            await desk.at("2026-03-04T16:15")
    await desk.at("2026-03-04T16:16")
    assert drafts(desk) == []
    await desk.at("2026-03-04T16:17")
    assert len(drafts(desk)) == 1


async def test_a_draft_of_unknown_fate_that_was_edited_meanwhile_is_not_made_again(
    desk: Desk, monkeypatch
) -> None:
    """It was stored, the answer was lost, and the user edited it on another device: theirs."""
    append = desk.mailbox.append_draft

    async def lost(*arguments):
        await append(*arguments)
        raise ServerUnavailable("the link dropped")

    await recorded(desk, INVITED)
    with monkeypatch.context() as patched:
        patched.setattr(desk.mailbox, "append_draft", lost)
        with pytest.raises(ServerUnavailable):
            await desk.at("2026-03-04T16:15")
    (raw,) = desk.mailbox.drafts()
    (intent,) = desk.in_state(S.DRAFTING)
    data = raw.data.replace(str(intent.message_id).encode(), b"edited@home.example")
    desk.mailbox.user_edits(raw.uid, data + b"PS: see you.\r\n")
    await desk.at("2026-03-04T18:00")
    assert [draft["Message-ID"] for draft in drafts(desk)] == ["<edited@home.example>"]
    assert [f.message_id for f in desk.in_state(S.THEIRS)] == ["edited@home.example"]


async def test_a_draft_begun_but_unwanted_by_now_is_not_made(desk: Desk, monkeypatch) -> None:
    """They said no while the link was down."""

    async def refused(*arguments):
        raise ServerUnavailable("the link dropped")

    with monkeypatch.context() as patched:
        patched.setattr(desk.mailbox, "append_draft", refused)
        await recorded(desk, INVITED)
        with pytest.raises(ServerUnavailable):
            await desk.at("2026-03-04T16:15")
    await recorded(desk, fact(Kind.REJECTION, "2026-03-04T16:30"), "they said no")
    await desk.at("2026-03-04T16:40")
    assert drafts(desk) == []
    assert desk.in_state(S.DRAFTING) == []


async def test_a_rejection_takes_an_untouched_draft_back(desk: Desk) -> None:
    """And says why."""
    await recorded(desk, INVITED)
    await desk.at("2026-03-04T16:15")
    await recorded(desk, fact(Kind.REJECTION, "2026-03-04T17:00"), "they said no")
    assert drafts(desk) == []
    (event,) = desk.told(Withdrawn)
    assert event.why == "they said no"


async def test_an_edited_draft_is_never_touched(desk: Desk) -> None:
    """Not even when nobody wants it any more."""
    await recorded(desk, INVITED)
    await desk.at("2026-03-04T16:15")
    (raw,) = desk.mailbox.drafts()
    desk.mailbox.user_edits(raw.uid, raw.data + b"PS: and thank you again.\r\n")
    await recorded(desk, fact(Kind.REJECTION, "2026-03-04T17:00"), "they said no")
    assert len(drafts(desk)) == 1
    assert len(desk.told(Left)) == 1
    assert desk.told(Withdrawn) == []


async def test_thanks_by_hand_take_our_draft_back_and_count(desk: Desk) -> None:
    """The job is done; the draft would be a second one."""
    await recorded(desk, INVITED)
    await desk.at("2026-03-04T16:15")
    await recorded(desk, own("2026-03-04T17:00", OwnAct.THANKS, to=("raj@acme.example",)))
    assert drafts(desk) == []
    (event,) = desk.told(Sent)
    assert event.by == "own"
    await desk.at("2026-03-05T12:00")
    assert drafts(desk) == []


async def test_a_cancelled_talk_is_not_thanked_for(desk: Desk) -> None:
    """What was planned is dropped in silence."""
    await recorded(desk, INVITED)
    await recorded(desk, fact(Kind.INTERVIEW_CANCELLED, "2026-03-03T10:00"))
    await desk.at("2026-03-04T20:00")
    assert drafts(desk) == []
    assert desk.told(Withdrawn) == []


async def test_a_silence_ends_closed_and_a_word_reopens_it(desk: Desk) -> None:
    """Two check-ins sent, fourteen days of nothing: closed, worded neutrally; then they write."""
    await recorded(desk, INVITED)
    for day in ("04T16:15", "11T13:00", "23T13:00"):
        await desk.at(f"2026-03-{day}")
        for raw in desk.mailbox.drafts():
            message_id = message_from_bytes(raw.data)["Message-ID"].strip("<>")
            desk.mailbox.user_sends_draft(raw.uid, desk.clock.now())
            mail = own(desk.clock.now().replace(tzinfo=None).isoformat())
            mail = fact(Kind.OWN, mail.at.replace(tzinfo=None).isoformat(), message_id=message_id)
            await recorded(desk, mail)
    assert [event.by for event in desk.told(Sent)] == ["draft"] * 3
    await desk.at("2026-04-06T12:59")
    assert desk.store.applications()[0].stage is Stage.INTERVIEWED
    await desk.at("2026-04-06T13:00")
    assert desk.store.applications()[0].stage is Stage.CLOSED_NO_ANSWER
    (closed,) = desk.told(Closed)
    assert closed.why == "no answer since 2026-03-04, 2 check-ins", "counted from the talk"
    await recorded(desk, fact(Kind.STATUS_UPDATE, "2026-04-20T10:00"))
    assert desk.store.applications()[0].stage is Stage.INTERVIEWED


async def test_an_old_check_in_is_listed_and_not_drafted_on_a_first_start(desk: Desk) -> None:
    """What fell due before the start never floods Drafts."""
    desk.context.started_at = at("2026-03-12T12:00")
    desk.clock.set(at("2026-03-12T12:00"))
    await recorded(desk, INVITED)
    await desk.at("2026-03-12T12:00")
    assert drafts(desk) == []
    assert {e.followup.step for e in desk.told(Lapsed)} == {"thank_you", "check_in"}


async def test_a_thank_you_inside_its_day_is_drafted_on_a_first_start(desk: Desk) -> None:
    """It can still be in time."""
    desk.context.started_at = at("2026-03-05T13:00")
    desk.clock.set(at("2026-03-05T13:00"))
    await recorded(desk, INVITED)
    await desk.at("2026-03-05T13:00")
    assert len(drafts(desk)) == 1


async def test_a_thank_you_past_its_day_is_not_written(desk: Desk) -> None:
    """Offline for two days: listed as missed, never shown as on time."""
    await recorded(desk, INVITED)
    await desk.at("2026-03-06T16:00")
    assert drafts(desk) == []
    (event,) = desk.told(Lapsed)
    assert event.followup.why == "its time had passed"


async def test_no_draft_in_quiet_hours_even_when_it_is_due(desk: Desk) -> None:
    """Due in the evening while offline, back at night: it waits for the morning."""
    await recorded(desk, INVITED)
    await desk.at("2026-03-05T04:00")
    assert drafts(desk) == []
    await desk.at("2026-03-05T12:00")
    assert len(drafts(desk)) == 1


async def test_with_drafting_off_nothing_is_written(desk: Desk) -> None:
    """Watch and list only."""
    desk.context.drafting = False
    await recorded(desk, INVITED)
    await desk.at("2026-03-04T17:00")
    assert drafts(desk) == []
    assert {f.step for f in desk.in_state(S.PLANNED)} == {"thank_you", "check_in"}


async def test_two_interviewers_get_different_notes_and_the_third_is_named(desk: Desk) -> None:
    """No two people at one employer read the same sentences."""
    panel = fact(
        Kind.INTERVIEW_CONFIRMED,
        "2026-03-02T10:00",
        talk("2026-03-04T15:00"),
        people=(ANN, RAJ, TOM),
    )
    await recorded(desk, panel)
    await desk.at("2026-03-04T16:15")
    notes = {d["To"].addresses[0].addr_spec: d.get_content() for d in drafts(desk)}
    assert set(notes) == {"raj@acme.example", "ann@acme.example"}
    assert "Tom" in notes["ann@acme.example"]
    assert notes["raj@acme.example"].splitlines()[2] != notes["ann@acme.example"].splitlines()[2]


async def test_a_signature_stands_below_in_the_place_of_the_bare_name(desk: Desk) -> None:
    """The user's own lines, once."""
    desk.context.signature = "Me Myself\nme.home.example\n"
    await recorded(desk, INVITED)
    await desk.at("2026-03-04T16:15")
    body = drafts(desk)[0].get_content()
    assert body.replace("\r", "").endswith("\nMe Myself\nme.home.example\n")
    assert body.count("Me Myself") == 1


async def test_a_template_that_cannot_be_used_stops_no_other_draft(desk: Desk) -> None:
    """The user's own file has a fault: that note waits, and is written once it is mended."""
    whole = desk.context.templates
    broken = "== opening\nThank you {{ nobody }}.\n"
    desk.context.templates = {**whole, "en/thank_you.interviewer.txt": broken}
    await recorded(desk, INVITED)
    await desk.at("2026-03-04T16:15")
    assert drafts(desk) == []
    desk.context.templates = whole
    await desk.at("2026-03-04T16:30")
    assert len(drafts(desk)) == 1


async def test_a_draft_in_an_account_that_was_taken_out_is_left_to_the_user(desk: Desk) -> None:
    """Out of reach: news about its application is recorded all the same."""
    await recorded(desk, INVITED)
    await desk.at("2026-03-04T16:15")
    desk.context.mailboxes = {}
    await recorded(desk, fact(Kind.REJECTION, "2026-03-04T17:00"), "they said no")
    assert [f.status for f in desk.in_state(S.THEIRS)] == [S.THEIRS]
    assert desk.store.applications()[0].stage is Stage.REJECTED


async def test_a_draft_taken_back_unheard_was_not_deleted_by_the_user(
    desk: Desk, monkeypatch
) -> None:
    """The link breaks after the server has removed it: withdrawn, not declined."""
    await recorded(desk, INVITED)
    await desk.at("2026-03-04T16:15")
    remove = desk.mailbox.remove_draft

    async def unheard(*what: str) -> None:
        await remove(*what)
        raise ServerUnavailable("gone")

    with monkeypatch.context() as patch:
        patch.setattr(desk.mailbox, "remove_draft", unheard)
        with pytest.raises(ServerUnavailable):
            await recorded(desk, fact(Kind.REJECTION, "2026-03-04T17:00"))
    assert drafts(desk) == []
    await followups.tend(desk.context, 1, at("2026-03-04T17:05"), "they said no")
    assert "thank_you" in {f.job or f.step for f in desk.in_state(S.WITHDRAWN)}
    assert desk.in_state(S.DECLINED) == []


async def test_a_draft_sent_by_the_user_is_credited_once(desk: Desk) -> None:
    """Taken in again after a crash, their copy in Sent does no other step's job."""
    await recorded(desk, INVITED)
    await desk.at("2026-03-04T16:15")
    (thanks,) = desk.in_state(S.DRAFTED)
    copy = fact(Kind.OWN, "2026-03-04T17:00", recipients=thanks.to, message_id=thanks.message_id)
    await recorded(desk, copy)
    before = desk.store.followups(1)
    await followups.credit(desk.context, desk.store.application(1), copy)
    assert desk.store.followups(1) == before
    assert [f.key for f in desk.in_state(S.SENT)] == [thanks.key]


async def test_an_application_goes_by_a_playbook_of_its_own(desk: Desk) -> None:
    """As the user set it; one that is in the configuration no more gives way to the usual one."""
    patient = read("patient", {})
    desk.context.playbooks = {"patient": patient, "balanced": BALANCED}
    app = desk.store.new_application(INVITED, "home")
    told = fact(Word.SET, "2026-03-02T11:00")
    await recorded(desk, replace(told, told=Told(playbook="patient")))
    chosen = desk.store.application(app.id)
    assert chosen is not None
    assert desk.context.playbook_of(chosen) is patient
    (note,) = desk.in_state(S.PLANNED)
    assert note.expires_at == at("2026-03-06T16:00"), "two days, where the usual one has one"
    desk.context.playbooks = {}
    assert desk.context.playbook_of(chosen) is BALANCED


async def test_nobody_came_is_written_about_and_not_thanked_for(desk: Desk) -> None:
    """From the user's word to the draft."""
    desk.context.playbook = read("balanced", {})
    await recorded(desk, INVITED)
    told = fact(Word.SET, "2026-03-04T15:20")
    await recorded(desk, replace(told, told=Told(talks=(at("2026-03-04T15:00"),), missed=True)))
    for when in ("2026-03-04T15:50", "2026-03-04T16:15", "2026-03-04T19:00"):
        await desk.at(when)
    assert [d.followup.job for d in desk.told(Drafted)] == ["no_show"]
    assert "conversation" not in str(drafts(desk)[0]), "it never took place"
    (draft,) = drafts(desk)
    assert draft["To"].addresses[0].addr_spec == "ann@acme.example"
    assert desk.store.tasks(1) == [], "nobody was met"
