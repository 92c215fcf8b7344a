"""What one message means for what is known."""

import pytest

from agent.domain.facts import Kind, TrustLevel
from agent.domain.followup import TaskStatus
from agent.mail.message import Identity
from agent.service.ingest import decide, ingest
from tests.making import ZONE, at, fact, mail, reading
from tests.service.conftest import Desk

ME = Identity("Me Myself", ("me@home.example",), ZONE, "US")
NOW = at("2026-03-09T15:00")


@pytest.mark.parametrize("kind", [Kind.REJECTION, Kind.STATUS_UPDATE, Kind.INTERVIEW_CANCELLED])
def test_a_pretender_opens_no_row_with_a_word_about_an_application(kind: Kind) -> None:
    """A look-alike's "no" does not stand in the list beside the real employer."""
    word = reading(kind, company="Acrne", trust=TrustLevel.SUSPICIOUS)
    assert decide(mail(), word, (), ME, NOW).fact is None


def test_a_suspicious_proposal_is_listed_for_the_user_to_see() -> None:
    """Something new that may be a fraud is better shown than hidden."""
    word = reading(Kind.RECRUITER_OUTREACH, company="Acrne", trust=TrustLevel.SUSPICIOUS)
    assert decide(mail(), word, (), ME, NOW).fact is not None


def test_an_honest_no_from_an_unknown_employer_is_listed() -> None:
    """The mail that began it may be older than what was read."""
    assert decide(mail(), reading(Kind.REJECTION, company="Acme"), (), ME, NOW).fact is not None


def test_no_row_is_opened_on_a_guess() -> None:
    """Below the mark nothing is recorded, and the reason is said."""
    guess = reading(Kind.STATUS_UPDATE, company="Acme", confidence=0.5)
    found = decide(mail(), guess, (), ME, NOW)
    assert found.fact is None
    assert "not sure enough" in found.why


async def test_a_mail_that_fits_two_applications_is_put_before_the_user(desk: Desk) -> None:
    """Nothing is guessed, and nothing is lost: each of the two gets the question."""
    for role in ("Data Engineer", "Technical Writer"):
        first = fact(Kind.APPLICATION_RECEIVED, "2026-03-01T10:00", company="Orchid", role=role)
        desk.store.new_application(first, "home")
    no = (
        b"From: Orchid <careers@orchid.example>\r\nTo: me@home.example\r\n"
        b"Subject: Your application\r\nMessage-ID: <no@orchid.example>\r\n"
        b"Date: Sun, 01 Mar 2026 11:00:00 +0000\r\n\r\nDear Me,\r\n\r\n"
        b"Thank you for your interest in Orchid. Unfortunately, we will not be moving forward "
        b"with your application.\r\n\r\nOrchid People Team\r\n"
    )
    await ingest(desk.context, "home", no, desk.clock.now())
    asked = [task for id in (1, 2) for task in desk.store.tasks(id)]
    assert [task.kind for task in asked] == ["which", "which"]
    assert "Orchid \u2013 Data Engineer or Orchid \u2013 Technical Writer" in asked[0].text
    await desk.at("2026-03-02T12:00")
    assert all(t.status is TaskStatus.OPEN for id in (1, 2) for t in desk.store.tasks(id))
