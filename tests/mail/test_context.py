"""What in a mail speaks for a job, and what against one."""

from collections.abc import Iterable

import pytest

from agent.domain.facts import Evidence
from agent.mail.context import Context
from agent.mail.read import signals_of
from tests.mail.reading import USER, invitation_mail, message


def _weighed(title: str, **event: str) -> Context:
    return signals_of(invitation_mail(title, **event), USER).context


def _reasons(reasons: Iterable[Evidence]) -> set[str]:
    return {evidence.reason for evidence in reasons}


@pytest.mark.parametrize(
    "title",
    ["Alex / Ruth: sync", "Lunch w/ Alex", "Beratungsgespräch Alex Moreno", "1:1 Alex/Ruth"],
)
def test_everyday_events_speak_against_a_job(title: str) -> None:
    """Meetings, lunches and the bank's appointments couple people too."""
    assert "the event is of another sort" in _reasons(_weighed(title).reasons)


@pytest.mark.parametrize(
    "title", ["Screening w/ Alex", "Gespräch Alex Moreno <> Firma", "Ruth / Alex"]
)
def test_an_event_that_couples_the_user_with_somebody_speaks_for_one(title: str) -> None:
    """Firms write both names into the title of a first talk."""
    context = _weighed(title)
    assert "the event couples the user with somebody" in _reasons(context.reasons)
    assert context.specific >= 1.0


def test_a_dash_alone_couples_nobody() -> None:
    """Clinics and garages write the customer's name behind one."""
    assert _weighed("Wheel alignment - Alex Moreno").specific < 1.0


def test_an_event_that_recurs_is_no_interview() -> None:
    """An interview is held once; a time zone's own rules recur in every invitation."""
    assert "the event recurs" in _reasons(_weighed("Talk", rule="FREQ=WEEKLY").reasons)
    assert "the event recurs" not in _reasons(_weighed("Talk").reasons)


def test_a_jobs_title_speaks_against_nothing() -> None:
    """A Payroll Clerk is sought by somebody who hires, not by the present employer."""
    about = signals_of(message("See you then.", subject="Interview: Grants Officer"), USER).context
    assert "grants, prizes, pets and clubs" not in _reasons(about.reasons)


def test_a_recruiters_signature_is_known_in_the_mails_language() -> None:
    """Who signs as of the personnel department hires."""
    text = "Guten Tag Herr Moreno,\n\nbis Dienstag.\n\nMit freundlichen Grüßen\nIna Roth\nPersonalabteilung"
    about = signals_of(message(text, subject="Termin"), USER).context
    assert "the signature is a recruiter's" in _reasons(about.reasons)
