"""Machines, lists and addresses that nobody reads."""

import pytest

from agent.mail.machine import automatic_answer, delivery_report, machine_sent, to_many, unattended
from agent.mail.message import Address
from tests.mail.reading import message


def test_auto_replied_is_an_answer_and_auto_generated_is_none() -> None:
    """RFC 3834, 5."""
    assert automatic_answer(message("x", Auto_Submitted="auto-replied (vacation)"))
    assert automatic_answer(message("x", Auto_Submitted="auto-generated")) is None


def test_a_mailer_daemon_reports() -> None:
    """RFC 3464 reports come from there, whatever their type says."""
    assert delivery_report(message("x", sender="Mail <mailer-daemon@mx.example>"))


def test_a_list_is_known_by_its_fields() -> None:
    """RFC 2369 and Precedence."""
    assert to_many(message("x", List_Unsubscribe="<mailto:x@y.example>"))
    assert not to_many(message("x"))


@pytest.mark.parametrize("local", ["no-reply", "donotreply", "notifications", "acme+autoreply"])
def test_addresses_that_nobody_reads(local: str) -> None:
    """By their local part."""
    assert unattended(Address("", f"{local}@acme.example"))


@pytest.mark.parametrize("local", ["ruth", "noreen.reply", "jobs", "office"])
def test_addresses_that_somebody_reads(local: str) -> None:
    """An office answers too."""
    assert not unattended(Address("", f"{local}@acme.example"))


def test_a_reply_to_a_person_means_that_somebody_answers() -> None:
    """Platforms send from no-reply with the recruiter in Reply-To."""
    mail = message("x", sender="Acme <no-reply@acme.example>", Reply_To="ruth@acme.example")
    assert not machine_sent(mail)


@pytest.mark.parametrize(
    "local",
    ["ne-pas-repondre", "noresponder", "nao-responda", "nie-odpowiadac+77", "nepasrepondre"],
)
def test_nobody_reads_an_address_that_says_so_in_its_language(local: str) -> None:
    """ "Do not reply" is a machine's address in French, Spanish, Portuguese and Polish, too."""
    assert unattended(Address("", f"{local}@firm.example"))
    assert not unattended(Address("", f"{local[:4]}@firm.example"))
