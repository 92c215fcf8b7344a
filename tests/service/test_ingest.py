"""What one message means for what is known."""

import pytest

from agent.domain.facts import Kind, TrustLevel
from agent.mail.message import Identity
from agent.service.ingest import decide
from tests.making import ZONE, at, mail, reading

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
