"""Delivery reports: who was not reached, for good, and by which mail."""

import pytest

from agent.mail.bounce import read_bounce

REPORT = b"""\
From: MAILER-DAEMON@mx.home.example
To: me@home.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Message-ID: <bounce-1@mx.home.example>
Date: Wed, 04 Mar 2026 12:20:00 -0500
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Your message could not be delivered to one or more recipients.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.home.example

Final-Recipient: rfc822; Raj@Acme.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--b
Content-Type: message/rfc822

From: me@home.example
To: raj@acme.example
Message-ID: <sent-1@home.example>
Subject: Thank you

Hello
--b--
"""


def test_a_report_names_the_address_and_the_mail() -> None:
    """RFC 3464, in lower case."""
    bounce = read_bounce(REPORT)
    assert bounce is not None
    assert (bounce.addresses, bounce.message_id) == (("raj@acme.example",), "sent-1@home.example")


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"Action: failed", b"Action: delayed"), (b"Action: failed", b"Action: delivered")],
)
def test_what_is_late_or_arrived_did_not_bounce(old: bytes, new: bytes) -> None:
    """A server tries again for days."""
    assert read_bounce(REPORT.replace(old, new)) is None


def test_the_header_alone_of_what_was_sent_is_enough() -> None:
    """As some servers send it back."""
    report = REPORT.replace(b"message/rfc822", b"text/rfc822-headers")
    bounce = read_bounce(report)
    assert bounce is not None
    assert bounce.message_id == "sent-1@home.example"


def test_a_report_in_words_alone_is_read_by_its_field() -> None:
    """X-Failed-Recipients, of Exim and Gmail."""
    report = b"From: mailer-daemon@mx.example\nX-Failed-Recipients: raj@acme.example\n\nSorry.\n"
    bounce = read_bounce(report)
    assert bounce is not None
    assert bounce.addresses == ("raj@acme.example",)


@pytest.mark.parametrize(
    "text",
    [
        "I'm sorry to have to inform you that your message could not be delivered.\n\n"
        "<raj@acme.example>: host mx.acme.example said: 550 5.1.1 User unknown\n",
        "This message was created automatically by mail delivery software.\n\nA message that you "
        "sent could not be delivered. The following address failed:\n\n  raj@acme.example\n",
        "Ihre Nachricht wurde nicht zugestellt: raj@acme.example, unbekannter Empfänger.\n",
        "Votre message n'a pas pu être remis à raj@acme.example : l'adresse n'existe pas.\n",
    ],
)
def test_a_report_that_names_only_the_address_is_read_by_its_words(text: str) -> None:
    """A mailer daemon's text, without fields and without a copy of the mail."""
    head = "From: Mail Delivery System <MAILER-DAEMON@mx.example>\nSubject: Mail delivery failed\n"
    bounce = read_bounce(f"{head}Content-Type: text/plain; charset=utf-8\n\n{text}".encode())
    assert bounce is not None
    assert bounce.addresses == ("raj@acme.example",)


def test_a_daemon_that_tries_on_has_not_given_up() -> None:
    """A delay told in words is no bounce."""
    report = (
        b"From: MAILER-DAEMON@mx.example\nSubject: Warning: message delayed\n\n"
        b"Your message to raj@acme.example could not be delivered yet (450). It will be retried.\n"
    )
    assert read_bounce(report) is None


def test_addresses_of_the_mail_that_came_back_are_not_taken_for_failed() -> None:
    """The copy below the words has a From and a To."""
    report = (
        b"From: MAILER-DAEMON@mx.example\nSubject: Undeliverable\n\n"
        b"raj@acme.example: user unknown\n\n--- The header of the original message is following ---\n"
        b"From: me@home.example\nTo: raj@acme.example, mia@acme.example\n"
    )
    bounce = read_bounce(report)
    assert bounce is not None
    assert bounce.addresses == ("raj@acme.example",)


@pytest.mark.parametrize("data", [b"", b"\xff\x00", b"Subject: Hello\n\nraj@acme.example failed\n"])
def test_what_is_no_report_bounces_nothing(data: bytes) -> None:
    """Nothing raises, and no address is taken out of prose."""
    assert read_bounce(data) is None
