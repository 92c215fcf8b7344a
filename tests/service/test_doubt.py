"""Appends whose answer never came: stored late, edited or sent meanwhile, given up; never two."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from agent.domain.facts import Kind, OwnAct
from agent.domain.followup import FollowUp, FollowUpStatus
from agent.domain.memos import MemoRules, MemoStatus
from agent.errors import ServerUnavailable, Unsettled
from agent.service.sweep import look_after_drafts
from tests.making import fact, own
from tests.service.conftest import Desk
from tests.service.test_followups import INVITED, recorded
from tests.service.test_memos import inbox

S = FollowUpStatus
DRAFT = (r"\Draft", r"\Seen")


@contextmanager
def losing(desk: Desk, name: str, *, stored: bool) -> Iterator[None]:
    """A link that drops at an append, before or after the server has stored it."""
    real = getattr(desk.mailbox, name)

    async def lost(*arguments: object) -> None:
        if stored:
            await real(*arguments)
        raise ServerUnavailable("the link dropped")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(desk.mailbox, name, lost)
        with pytest.raises(ServerUnavailable):
            yield


async def begun(desk: Desk, *, stored: bool) -> FollowUp:
    """A thank-you whose append was not answered."""
    await recorded(desk, INVITED)
    with losing(desk, "append_draft", stored=stored):
        await desk.at("2026-03-04T16:15")
    (followup,) = desk.in_state(S.DRAFTING)
    return followup


async def appended_twice(desk: Desk) -> FollowUp:
    """The first append came to nothing that could be found; the second is the draft."""
    await begun(desk, stored=False)
    await looked(desk, "2026-03-04T16:17")
    (followup,) = desk.in_state(S.DRAFTED)
    return followup


async def looked(desk: Desk, when: str) -> None:
    """A pass at that time."""
    await desk.at(when)
    await look_after_drafts(desk.context, "home")


def stored_late(desk: Desk, followup: FollowUp, **changes: object) -> int:
    """The server stores the first append after all."""
    (draft,) = desk.mailbox.drafts()
    late = {"at": followup.tried[0], "flags": DRAFT, "data": draft.data} | changes
    return desk.mailbox.deliver(late.pop("data"), folder="Drafts", **late)  # type: ignore[arg-type]


async def test_a_draft_stored_after_all_is_made_one_again(desk: Desk) -> None:
    """The younger of the two goes; what stays is ours, untouched, and can be taken back."""
    followup = await appended_twice(desk)
    kept = desk.mailbox.drafts()
    stored_late(desk, followup)
    await looked(desk, "2026-03-04T16:30")
    assert desk.mailbox.drafts() == kept
    assert [f.key for f in desk.in_state(S.DRAFTED)] == [followup.key]
    await recorded(desk, fact(Kind.REJECTION, "2026-03-04T17:00"), "they said no")
    assert desk.mailbox.drafts() == []


async def test_both_are_taken_back_before_anybody_has_looked(desk: Desk) -> None:
    """They said no in the same moment."""
    followup = await appended_twice(desk)
    stored_late(desk, followup)
    await recorded(desk, fact(Kind.REJECTION, "2026-03-04T17:00"), "they said no")
    assert desk.mailbox.drafts() == []
    assert followup.key in {f.key for f in desk.in_state(S.WITHDRAWN)}


@pytest.mark.parametrize(
    "changes",
    [
        {"seconds": 120},  # a copy of the one that lies there keeps its time of arrival
        {"seconds": 300},  # saved by a program at a time of its own
        {"flags": (r"\Seen",)},
        {"words": b"PS: mine.\r\n"},
    ],
    ids=["copied", "saved", "no draft", "edited"],
)
async def test_a_copy_that_may_be_the_users_is_left_alone(
    desk: Desk, changes: dict[str, object]
) -> None:
    """However alike it is: only what arrived at two of our own times is ours twice."""
    followup = await appended_twice(desk)
    (draft,) = desk.mailbox.drafts()
    at = followup.tried[0] + timedelta(seconds=changes.get("seconds", 0))  # type: ignore[arg-type]
    data = draft.data + changes.get("words", b"")  # type: ignore[operator]
    stored_late(desk, followup, at=at, data=data, flags=changes.get("flags", DRAFT))
    await looked(desk, "2026-03-04T16:30")
    assert len(desk.mailbox.drafts()) == 2


async def test_a_copy_is_left_alone_where_we_appended_once(desk: Desk) -> None:
    """Whoever made it, it was not us."""
    await recorded(desk, INVITED)
    await looked(desk, "2026-03-04T16:15")
    (followup,) = desk.in_state(S.DRAFTED)
    stored_late(desk, followup, at=followup.tried[0] + timedelta(seconds=30))
    await looked(desk, "2026-03-04T16:30")
    assert len(desk.mailbox.drafts()) == 2


async def test_a_draft_that_would_stay_is_not_one_that_was_marked_as_deleted(desk: Desk) -> None:
    """neomutt marks the one that it has opened; if the other went too, none would be left."""
    followup = await appended_twice(desk)
    (draft,) = desk.mailbox.drafts()
    stored_late(desk, followup)
    desk.mailbox.user_flags(draft.uid, *DRAFT, r"\Deleted")
    await looked(desk, "2026-03-04T16:30")
    assert len(desk.mailbox.drafts()) == 2


async def test_after_each_append_without_an_answer_it_is_waited_anew(desk: Desk) -> None:
    """Killed at the second as well: the third one waits for that one's time, not for the first's."""
    await begun(desk, stored=False)
    with losing(desk, "append_draft", stored=False):
        await desk.at("2026-03-04T16:17")
    await desk.at("2026-03-04T16:18")
    assert desk.mailbox.drafts() == []
    await desk.at("2026-03-04T16:19")
    assert len(desk.mailbox.drafts()) == 1
    (followup,) = desk.in_state(S.DRAFTED)
    assert len(followup.tried) == 3


async def test_an_append_that_was_held_back_was_no_try(desk: Desk) -> None:
    """The same process knows, too, that one is in doubt, by a clock of its own; nothing was sent."""
    followup = await begun(desk, stored=False)

    async def held_back(*arguments: object) -> None:
        raise Unsettled("looked for again in 1 s", retry_after=1.0)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(desk.mailbox, "append_draft", held_back)
        with pytest.raises(Unsettled):
            await desk.at("2026-03-04T16:17")
    assert desk.in_state(S.DRAFTING) == [followup]
    await desk.at("2026-03-04T16:17:05")
    assert len(desk.mailbox.drafts()) == 1


async def test_a_draft_in_doubt_that_was_edited_under_its_id_is_the_users(desk: Desk) -> None:
    """Found by its Message-ID, but in other words: never taken for ours."""
    await begun(desk, stored=True)
    (raw,) = desk.mailbox.drafts()
    desk.mailbox.user_edits(raw.uid, raw.data + b"PS: see you.\r\n")
    await desk.at("2026-03-04T16:20")
    assert len(desk.in_state(S.THEIRS)) == 1
    await recorded(desk, fact(Kind.REJECTION, "2026-03-04T17:00"), "they said no")
    assert len(desk.mailbox.drafts()) == 1


async def test_a_server_that_adds_a_header_does_not_make_a_draft_the_users(desk: Desk) -> None:
    """What it says is what counts while its fate is unknown."""
    await begun(desk, stored=True)
    (raw,) = desk.mailbox.drafts()
    desk.mailbox.user_edits(raw.uid, b"X-Stored-By: server\r\n" + raw.data)
    await desk.at("2026-03-04T16:20")
    assert len(desk.in_state(S.DRAFTED)) == 1


async def test_a_draft_in_doubt_that_was_sent_is_not_made_again(desk: Desk) -> None:
    """The user found it in Drafts before we did."""
    followup = await begun(desk, stored=True)
    (raw,) = desk.mailbox.drafts()
    desk.mailbox.user_sends_draft(raw.uid, desk.clock.now())
    sent = own("2026-03-04T16:16", to=("raj@acme.example",))
    thread = replace(sent.thread, message_id=followup.message_id)
    await recorded(desk, replace(sent, thread=thread))
    await desk.at("2026-03-04T16:40")
    assert desk.mailbox.drafts() == []
    assert [f.key for f in desk.in_state(S.SENT)] == [followup.key]


@pytest.mark.parametrize("stored", [True, False])
async def test_a_draft_in_doubt_gives_way_to_the_users_own_mail(desk: Desk, stored: bool) -> None:
    """They thanked by hand while its fate was unknown: taken back where it lies, and never made."""
    followup = await begun(desk, stored=stored)
    await recorded(desk, own("2026-03-04T16:16", OwnAct.THANKS, to=("raj@acme.example",)))
    await desk.at("2026-03-04T16:40")
    assert desk.mailbox.drafts() == []
    assert [f.key for f in desk.in_state(S.SENT)] == [followup.key]


@pytest.mark.parametrize("stored", [True, False])
async def test_a_template_that_breaks_meanwhile_breaks_nothing(desk: Desk, stored: bool) -> None:
    """What lies there is adopted without words; what does not waits until it is mended."""
    sound = desk.context.templates
    followup = await begun(desk, stored=stored)
    broken = {"en/thank_you.interviewer.txt": "== text\n{{ nonsense }}\n"}
    desk.context.templates = {**sound, **broken}
    await desk.at("2026-03-04T16:20")
    assert len(desk.in_state(S.DRAFTED if stored else S.DRAFTING)) == 1
    desk.context.templates = sound
    await desk.at("2026-03-04T16:22")
    assert [f.message_id for f in desk.in_state(S.DRAFTED)] == [followup.message_id]
    assert len(desk.mailbox.drafts()) == 1


async def test_what_is_unwanted_is_given_up_only_when_it_can_no_longer_come(desk: Desk) -> None:
    """Stored late, it is taken back like any other."""
    followup = await begun(desk, stored=False)
    await recorded(desk, fact(Kind.REJECTION, "2026-03-04T16:15:30"), "they said no")
    await desk.at("2026-03-04T16:16")
    assert [f.key for f in desk.in_state(S.DRAFTING)] == [followup.key]
    await desk.at("2026-03-04T16:17")
    assert desk.in_state(S.DRAFTING) == []
    assert desk.mailbox.drafts() == []


async def test_a_version_left_beside_the_users_own_goes_when_that_is_sent(desk: Desk) -> None:
    """aerc's preset answer leaves ours in Drafts, under the same id: it could be sent once more."""
    await recorded(desk, INVITED)
    await looked(desk, "2026-03-04T16:15")
    (followup,) = desk.in_state(S.DRAFTED)
    (ours,) = desk.mailbox.drafts()
    theirs = desk.mailbox.deliver(
        ours.data + b"PS: see you.\r\n", desk.clock.now(), folder="Drafts", flags=(r"\Seen",)
    )
    await looked(desk, "2026-03-04T16:30")
    assert len(desk.mailbox.drafts()) == 2
    assert [f.key for f in desk.in_state(S.THEIRS)] == [followup.key]
    desk.mailbox.user_sends_draft(theirs, desk.clock.now())
    sent = own("2026-03-04T16:40", to=("raj@acme.example",))
    thread = replace(sent.thread, message_id=followup.message_id)
    await recorded(desk, replace(sent, thread=thread))
    assert desk.mailbox.drafts() == []
    assert [f.key for f in desk.in_state(S.SENT)] == [followup.key]


async def test_a_draft_that_went_while_it_was_read_was_not_edited(desk: Desk) -> None:
    """Gone between finding and reading it: the next look says what became of it."""
    await recorded(desk, INVITED)
    await desk.at("2026-03-04T16:15")
    real = desk.mailbox.find

    async def found_and_gone(folder: str, message_id: str) -> list[int]:
        uids = list(await real(folder, message_id))
        for raw in desk.mailbox.drafts():
            desk.mailbox.user_deletes(raw.uid)
        return uids

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(desk.mailbox, "find", found_and_gone)
        await look_after_drafts(desk.context, "home")
    assert desk.in_state(S.THEIRS) == []


async def test_a_memo_of_unknown_fate_is_not_laid_again_before_it_is_settled(desk: Desk) -> None:
    """Killed, started again, and looked for in vain: a slow server may yet store it."""
    desk.context.memos = MemoRules(prep=False)
    await recorded(desk, INVITED)
    with losing(desk, "append_memo", stored=False):
        await desk.at("2026-03-04T16:05")
    with losing(desk, "append_memo", stored=False):
        await desk.at("2026-03-04T16:07")
    await desk.at("2026-03-04T16:08")
    assert inbox(desk) == []
    await desk.at("2026-03-04T16:09")
    assert len(inbox(desk)) == 1
    assert [m.status for m in desk.store.memos(1)] == [MemoStatus.LAID]
