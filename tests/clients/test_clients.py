"""What neomutt and aerc do with a draft, and what Followthrough makes of it."""

from datetime import timedelta

from agent.domain.followup import FollowUpStatus as S
from agent.service.sweep import GRACE
from tests.clients.clients import ADDED
from tests.clients.conftest import Household

DAY = timedelta(days=1)


async def test_a_draft_sent_untouched_is_credited(household: Household) -> None:
    """It arrives at Raj's under our id; a copy lies in Sent; none is made again."""
    drafted = household.thanks()
    await household.do(lambda client: client.send())
    await household.passes()
    (letter,) = household.world.letters("raj@acme.example")
    assert letter["Message-ID"] == f"<{drafted.message_id}>"
    assert len(household.folder("Sent")) == 1
    assert (household.thanks().status, household.thanks().sent_by) == (S.SENT, "draft")
    await household.passes(after=DAY)
    assert household.folder("Drafts") == []


async def test_a_draft_edited_and_sent_at_once_is_credited(household: Household) -> None:
    """The user's words went out, and it counts as this step done."""
    await household.do(lambda client: client.send(edit=True))
    await household.passes()
    (letter,) = household.world.letters("raj@acme.example")
    assert ADDED in letter.get_content()
    assert (household.thanks().status, household.thanks().sent_by) == (S.SENT, "draft")


async def test_an_edited_draft_is_the_users(household: Household) -> None:
    """Edited and put off: never touched, never doubled, and credited when it is sent at last."""
    await household.do(lambda client: client.postpone(edit=True))
    await household.passes()
    assert household.thanks().status is S.THEIRS
    (edited,) = household.folder("Drafts")
    assert ADDED in edited[0].get_content()
    await household.passes(after=DAY)
    assert [mail.as_bytes() for mail, _ in household.folder("Drafts")] == [edited[0].as_bytes()]
    await household.do(lambda client: client.send())
    await household.passes()
    assert (household.thanks().status, household.thanks().sent_by) == (S.SENT, "draft")


async def test_a_draft_put_off_again_is_neither_lost_nor_doubled(household: Household) -> None:
    """The client wrote it anew, in bytes of its own: from then on it is the user's."""
    await household.do(lambda client: client.postpone())
    await household.passes()
    await household.passes(after=DAY)
    assert len(household.folder("Drafts")) == 1
    assert household.thanks().status is S.THEIRS


async def test_ours_left_beside_the_users_version_goes_when_that_is_sent(
    household: Household,
) -> None:
    """aerc's preset answer and neomutt's "no" keep both, under one id: ours could be sent too."""
    await household.do(lambda client: client.postpone(edit=True, keep=True))
    await household.passes()
    assert household.thanks().status is S.THEIRS
    assert len(household.folder("Drafts")) == 2
    await household.passes(after=DAY)
    assert len(household.folder("Drafts")) == 2
    household.sends_the_one_with(ADDED)
    await household.passes(after=DAY)
    assert (household.thanks().status, household.thanks().sent_by) == (S.SENT, "draft")
    assert household.folder("Drafts") == []


async def test_a_deleted_draft_is_declined(household: Household) -> None:
    """Deleted unsent is a no to this step: it is not made again."""
    await household.do(lambda client: client.delete())
    await household.passes()
    await household.passes(after=GRACE)
    assert household.thanks().status is S.DECLINED
    await household.passes(after=DAY)
    assert household.folder("Drafts") == []
    assert household.world.envelopes == []
