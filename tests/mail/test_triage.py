"""What is set aside before its sentences are read, and what never is."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from agent.domain.facts import Kind
from agent.mail.message import Identity, ParsedMail
from agent.mail.parse import parse
from agent.mail.read import read
from agent.mail.triage import MOST, set_aside

USER = Identity("Jordan Avery", ("jordan.avery@example.net",), "America/New_York", "US")
LABELLED = Path(__file__).parents[2] / "training" / "mails"


def message(
    text: str, sender: str = "Shop <no-reply@shop.example>", fields: str = ""
) -> ParsedMail:
    """A message to the user."""
    return parse(
        (
            f"From: {sender}\r\nTo: jordan.avery@example.net\r\nSubject: News\r\n{fields}"
            "Date: Mon, 02 Feb 2026 10:00:00 +0000\r\nMessage-ID: <1@shop.example>\r\n"
            f'Content-Type: text/plain; charset="utf-8"\r\n\r\n{text}'
        ).encode()
    )


SHOP = message("Your parcel left our house. It will be with you on Tuesday.")


def test_a_machines_mail_without_a_word_of_jobs_is_set_aside() -> None:
    """A shop's receipt needs no reading, and the reason is shown."""
    found = read(SHOP, USER)
    assert found.kind is Kind.OTHER
    assert found.evidence[0].reason == "a machine's mail without a word of jobs"
    assert found.reply_text.startswith("Your parcel")


@pytest.mark.parametrize(
    "mail",
    [
        message("Can you come on Tuesday at ten?", sender="Bill <bill@yard.example>"),
        message("Your interview is on Tuesday."),
        message("Ihr Vorstellungsgespräch ist am Dienstag."),
        message("Data Analyst, Leeds", sender="LinkedIn <jobalerts-noreply@linkedin.com>"),
        message("I am away.", fields="Auto-Submitted: auto-replied\r\n"),
        replace(SHOP, calendars=("BEGIN:VCALENDAR",)),
        replace(SHOP, text="x" * (MOST + 1)),
    ],
    ids=["a person", "English", "German", "a platform", "an answer", "a calendar", "long"],
)
def test_what_may_be_about_a_job_is_read(mail: ParsedMail) -> None:
    """People, platforms, calendars, machines' answers, and every mail with a word of jobs."""
    assert set_aside(mail, USER, ()) is None


def test_an_employer_that_the_user_deals_with_is_read() -> None:
    """What is nobody's word for a job may be that employer's."""
    assert set_aside(SHOP, USER, {"shop.example"}) is None


def test_no_labelled_job_mail_is_set_aside() -> None:
    """Of all the mails that hands wrote and labelled, only those about no job are."""
    lost = [
        label.stem
        for label in sorted(LABELLED.rglob("*.json"))
        if json.loads(label.read_text(encoding="utf-8"))["kind"] not in ("other", "own")
        and set_aside(parse(label.with_suffix(".eml").read_bytes()), USER, ())
    ]
    assert len(list(LABELLED.rglob("*.json"))) > 2000
    assert lost == []
