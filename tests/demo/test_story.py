"""The sample mails are mail as it comes: whole, dated, threaded, and in the user's language."""

import re

import pytest

from agent.demo.story import Delivery, Hunt, load
from agent.mail.parse import parse

HUNT = load()


@pytest.fixture(params=HUNT.mails, ids=lambda delivery: delivery.name)
def delivery(request: pytest.FixtureRequest) -> Delivery:
    """Each mail of the hunt in turn."""
    found: Delivery = request.param
    return found


def test_every_sample_is_read_without_a_problem(delivery: Delivery) -> None:
    """No sample mail is mangled."""
    assert parse(delivery.data).problems == ()


def test_every_sample_says_who_wrote_it_and_what_it_answers(delivery: Delivery) -> None:
    """Each has an id of its own, a sender, a subject, and references where it is an answer."""
    mail = parse(delivery.data)
    assert mail.thread.message_id
    assert mail.from_.email
    assert mail.subject
    assert set(mail.thread.in_reply_to) <= set(mail.thread.references)


def test_samples_use_reserved_domains_only(delivery: Delivery) -> None:
    """Nobody real can be reached at any address in the samples (RFC 2606)."""
    for domain in re.findall(rb"@([\w.-]+\w)", delivery.data):
        assert domain.endswith(b".example")


def test_message_ids_are_unique() -> None:
    """No two samples share a Message-ID."""
    ids = [parse(delivery.data).thread.message_id for delivery in HUNT.mails]
    assert len(ids) == len(set(ids))


def test_the_hunt_lasts_about_eight_weeks_and_has_some_twenty_mails() -> None:
    """Long enough for a silence to end, short enough to be watched."""
    assert 15 <= len(HUNT.mails) <= 30
    assert 50 <= (HUNT.ends - HUNT.starts).days <= 63
    assert all(HUNT.starts <= delivery.at <= HUNT.ends for delivery in HUNT.mails)


def test_what_answers_a_note_names_a_domain_the_person_writes_to() -> None:
    """A stand-in for an id is of an employer whom the person has written to."""
    domains = {
        domain
        for delivery in HUNT.mails
        for domain in re.findall(rb"<last-from-robin@([\w.-]+)>", delivery.data)
    }
    senders = {parse(d.data).from_.domain.encode() for d in HUNT.mails}
    assert domains
    assert domains <= senders


def test_an_edit_is_found_by_whom_the_draft_goes_to() -> None:
    """The person edits the drafts that the timeline names, and no other."""
    hunt: Hunt = HUNT
    edit = hunt.edits[0]
    assert hunt.edit_of(edit.to, edit.followup) is edit
    assert hunt.edit_of(edit.to, "thank_you") is None
