"""The kind of a mail: short mails in people's own words, and the traps that others fell into."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from agent.domain.facts import Kind
from agent.mail.acts import sentences
from agent.mail.classify import Verdict, by_rules, confidence_in, guarded, settled
from agent.mail.read import read, signals_of
from agent.mail.timed import timed
from agent.mail.weights import Blend, weights
from agent.mail.when import find_times
from tests.mail.reading import USER, message, reading

SAMPLES = tomllib.loads((Path(__file__).parent / "samples" / "kinds.toml").read_text())["mail"]


def test_short_mails_in_peoples_own_words_are_understood() -> None:
    """Of the sample mails nearly all get the kind that a careful reader gives them."""
    wrong = [m["subject"] for m in SAMPLES if _kind(m) != m["kind"]]
    assert len(wrong) <= len(SAMPLES) * 0.05, wrong


def test_no_everyday_mail_is_taken_for_an_offer_a_refusal_or_an_interview() -> None:
    """Sample mails that only look like job mail stay `other`."""
    wrong = [m["subject"] for m in SAMPLES if m["kind"] == "other" and _kind(m) != "other"]
    assert len(wrong) <= 1, wrong


def _kind(sample: dict[str, Any]) -> Kind:
    return reading(sample["text"], subject=sample["subject"], sender=sample["from"]).kind


def test_an_acknowledgement_that_speaks_of_interviews_is_no_invitation() -> None:
    """ "If selected we will schedule an interview" states nothing."""
    found = reading(
        "Thank you for applying for the Nurse position. We have received your application. "
        "If you are selected, we will contact you to schedule an interview.",
        subject="Your application",
        sender="Harbour Health <no-reply@us.greenhouse-mail.io>",
    )
    assert found.kind is Kind.APPLICATION_RECEIVED


def test_unfortunately_in_a_move_is_no_refusal() -> None:
    """The word alone refuses nobody."""
    found = reading(
        "Unfortunately I have to move our interview for the planner role to Tuesday 19 May at 11:00.",
        subject="Re: Production planner",
    )
    assert found.kind is Kind.INTERVIEW_RESCHEDULED


def test_times_to_choose_from_are_not_fixed() -> None:
    """A list of times under words that sound settled, and the question which, ask for a time."""
    found = by_rules(
        signals_of(
            message(
                "Hi Rachel, the interview for the planner role will be with Ada Crane, head of supply.\n\n"
                "Wed 13 May, 3pm\nThu 14 May, 4.30pm\n\n"
                "Let me know which works by Monday noon, and I will have the Teams link sent out.",
                subject="Planner: interview",
            ),
            USER,
        )
    )
    assert found.kind is Kind.INTERVIEW_REQUEST


def test_a_filled_position_beats_the_cancelled_interview() -> None:
    """Where a refusal takes an interview along, the refusal is the news."""
    found = reading(
        "The planner position has been filled, so we need to cancel your interview on Tuesday 12 May at 14:00.",
        subject="Production planner",
    )
    assert found.kind is Kind.REJECTION


def test_unable_to_offer_is_no_offer() -> None:
    """A negated offer is a refusal."""
    found = reading(
        "Thank you for your interview. I am sorry that we are unable to offer you the position of planner.",
        subject="Production planner",
    )
    assert found.kind is Kind.REJECTION


@pytest.mark.parametrize(
    "text",
    [
        "Special offer for you: 30% off every order until Sunday.",
        "Your loan application has been received. We will let you know our decision by Friday.",
        "Your viewing of the apartment is confirmed for Tuesday 12 May at 17:00.",
        "We would love to have you on our podcast. Are you free for an interview on Friday at 11?",
    ],
)
def test_words_of_other_trades_are_no_job_mail(text: str) -> None:
    """Shops, lenders, landlords and journalists use the same words."""
    assert reading(text, subject="Hello", sender="Desk <desk@shop.example>").kind is Kind.OTHER


def test_the_user_as_interviewer_is_no_interview_of_theirs() -> None:
    """A platform's reminder to interview somebody else is not about the user's search."""
    found = reading(
        "You are interviewing Dana Ruiz on 12 May at 10:00. Please submit your scorecard.",
        subject="Interview: Dana Ruiz",
        sender="Greenhouse <no-reply@us.greenhouse-mail.io>",
    )
    assert found.kind is Kind.OTHER


def test_a_mail_by_the_user_is_own_whatever_it_says() -> None:
    """The Sent copy of a thank-you is no answer."""
    found = reading("Thank you for the interview today.", sender="Alex <alex+jobs@moreno.example>")
    assert found.kind is Kind.OWN


def test_a_machines_answer_is_no_answer() -> None:
    """RFC 3834: Auto-Submitted says so."""
    found = reading(
        "I am away until Monday. Your interview is important to me.",
        subject="Re: interview",
        Auto_Submitted="auto-replied",
    )
    assert found.kind is Kind.AUTO_REPLY


def test_an_acknowledgement_by_a_machine_is_one_of_an_application() -> None:
    """Auto-generated is not auto-replied: applicant systems set it on every acknowledgement."""
    found = reading(
        "Thank you for applying to Quarrystone. We have received your application.",
        subject="Application received",
        sender="Quarrystone <no-reply@hire.lever.co>",
        Auto_Submitted="auto-generated",
    )
    assert found.kind is Kind.APPLICATION_RECEIVED


def test_a_digest_is_known_by_its_address() -> None:
    """Some addresses send lists of jobs and nothing else."""
    found = reading("Data Analyst, Leeds", sender="LinkedIn <jobalerts-noreply@linkedin.com>")
    assert found.kind is Kind.JOB_ALERT


def test_a_scheduling_link_asks_for_a_time() -> None:
    """The page itself says what it is for, in whatever words it is sent."""
    found = reading(
        "Hi Alex, about the planner role: https://calendly.com/ruth/intro",
        subject="Production planner",
    )
    assert found.kind is Kind.INTERVIEW_REQUEST


def test_the_verdict_shows_its_words() -> None:
    """Evidence quotes the sentence that decided."""
    found = reading("I have to cancel your interview on Tuesday.", subject="Production planner")
    assert any("cancel your interview" in evidence.text for evidence in found.evidence)


def test_a_known_employer_counts_for_a_job() -> None:
    """Mail from an employer that the user deals with needs fewer words."""
    mail = message(
        "Can we say Tuesday 12 May at 14:00? Would that work for you?", subject="tuesday"
    )
    assert read(mail, USER).kind is Kind.OTHER
    assert read(mail, USER, {"harbourfoods.example"}).kind is Kind.INTERVIEW_REQUEST


def test_confidence_rises_with_context_and_with_the_weight_of_the_act() -> None:
    """More evidence of either sort never makes a verdict less sure."""
    grid = [[confidence_in(m / 2, w / 2) for w in range(12)] for m in range(-6, 12)]
    assert all(row == sorted(row) for row in grid)
    assert all(list(column) == sorted(column) for column in zip(*grid, strict=True))


@pytest.mark.parametrize(
    ("text", "language", "field"),
    [
        ("Bitte melden Sie sich bis Freitag, 15. Mai um 12 Uhr.", "de", "deadline"),
        ("Merci de répondre avant vendredi 15 mai à 12h.", "fr", "deadline"),
        ("Entweder Dienstag um 10 Uhr oder Mittwoch um 11 Uhr.", "de", "asked"),
        ("Puede ser el martes 12 a las 10:00 o el miércoles 13 a las 11:00.", "es", "asked"),
    ],
)
def test_limits_and_choices_are_no_fixed_times(text: str, language: str, field: str) -> None:
    """The words of it are those of the mail's language."""
    anchor = datetime(2026, 5, 8, 9, tzinfo=UTC)
    mentions = find_times(text, anchor, zone="Europe/London", country="GB", language=language)
    found = timed(mentions, sentences(text), (), text, language)
    assert found
    assert all(getattr(time, field) for time in found)


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("The position has been filled, sorry.", "Planner"),
        ("We have decided to move forward with another candidate for the role.", "Planner"),
        ("Leider haben wir uns für eine andere Bewerberin entschieden.", "Ihre Bewerbung"),
        ("Le poste a été pourvu, votre candidature n'a pas été retenue.", "Votre candidature"),
        ("Su candidatura no ha sido seleccionada para el puesto.", "Su candidatura"),
    ],
)
def test_a_refusal_in_plain_words_stands_firm(text: str, subject: str) -> None:
    """A position that is filled is filled, whatever the model thinks of the rest."""
    ruled = by_rules(signals_of(message(text, subject=subject), USER))
    assert ruled.kind is Kind.REJECTION
    assert ruled.firm > 1


def test_a_refusal_that_silence_would_mean_is_none() -> None:
    """ "Should you not hear from us, your application was not successful" refuses nobody yet."""
    found = reading(
        "Thank you for your CV for the planner vacancy. We have received your application. Should "
        "you not hear from us by 30 June please accept that your application was not successful.",
        subject="Your application",
    )
    assert found.kind is Kind.APPLICATION_RECEIVED


def test_a_calendar_part_says_what_happens_but_not_to_an_interview() -> None:
    """A moved event is a moved interview or nothing of a job: no other job kind is left."""
    ruled = Verdict(Kind.INTERVIEW_RESCHEDULED, 0.9, happens=Kind.INTERVIEW_RESCHEDULED)
    even = dict.fromkeys(weights().kinds, 0.0)
    found = settled(ruled, even, points=2.0, blend=Blend(rule=2.0, context=1.6, lean=0.0))
    others = [kind for kind in even if kind.concerns_application and kind is not found.kind]
    assert found.kind is Kind.INTERVIEW_RESCHEDULED
    assert max(found.shares[kind] for kind in others) < 0.01
    ordinary = settled(ruled, {**even, Kind.OTHER: 4.0}, points=2.0)
    assert ordinary.kind is Kind.OTHER
    assert ordinary.confidence < 0.95


def _shared(**shares: float) -> Verdict:
    """A verdict of the likeliest of these kinds; all others have nothing."""
    chances = {kind: shares.get(kind.value, 0.0) for kind in Kind}
    kind = max(chances, key=lambda kind: chances[kind])
    return Verdict(kind, chances[kind], shares=chances)


def test_a_doubtful_offer_is_the_next_likeliest_kind_that_changes_less() -> None:
    """A wrong job kind costs the user more than a mail that is looked at again."""
    found = guarded(_shared(offer=0.47, status_update=0.3, other=0.2))
    assert (found.kind, found.confidence) == (Kind.STATUS_UPDATE, 0.3)


@pytest.mark.parametrize(
    "shares",
    [{"offer": 0.7, "other": 0.3}, {"interview_request": 0.4, "other": 0.3, "rejection": 0.3}],
)
def test_a_verdict_that_is_sure_enough_or_changes_little_stands(shares: dict[str, float]) -> None:
    """The bar is for kinds that change what is planned, and for doubtful ones."""
    assert guarded(_shared(**shares)) == _shared(**shares)


def test_where_the_doubt_is_between_guarded_kinds_the_first_in_rank_is_taken() -> None:
    """ "Instead of 10 we meet at 2": confirmed and moved both fit, and moved ranks first."""
    found = guarded(_shared(interview_confirmed=0.57, interview_rescheduled=0.42, other=0.01))
    assert (found.kind, found.confidence) == (Kind.INTERVIEW_RESCHEDULED, 0.42)
    found = guarded(_shared(interview_confirmed=0.6, rejection=0.1, other=0.3))
    assert found.kind is Kind.INTERVIEW_CONFIRMED


def test_a_doubt_is_shown_and_put_before_the_user_by_who_asks() -> None:
    """The likeliest kind stands in the evidence; the daemon, which asks first, works with it."""
    mail = message("I'm afraid Tuesday is off.", subject="Your visit")
    careful, asking = read(mail, USER), read(mail, USER, cautious=False)
    assert asking.confidence < 0.65
    assert (careful.kind, asking.kind) == (Kind.OTHER, Kind.INTERVIEW_CANCELLED)
    assert any(e.reason.startswith("perhaps interview_cancelled") for e in careful.evidence)
