"""Tests for agencies: who is one. The clients that they name are tested with the employer."""

import pytest

from agent.mail.agency import is_agency
from agent.mail.employer import employer
from agent.mail.message import Address
from tests.mail.reading import message


def test_an_employers_own_talent_team_is_no_agency() -> None:
    """Only the name of the domain and what is said of clients tell."""
    assert not is_agency(Address("Acme Talent Team", "talent@acme.example"))
    assert is_agency(Address("Jo", "jo@harbourtalent.example"))


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("We would like to talk about the Client Services Associate position.", False),
        ("Your file was retained by our plant engineer.", False),
        ("I spoke with the client and they are still meeting people.", True),
        ("I have been retained by a maker of pumps.", True),
        ("We lost the client that the post was meant for.", False),
        ("De offerte ligt nog bij de klant.", False),
    ],
)
def test_clients_in_titles_make_no_agency(text: str, agency: bool) -> None:
    """Words of agencies are told from titles and from files that are kept."""
    assert is_agency(Address("Ida Moss", "ida@bristolforge.example"), text) is agency


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("All sorted with Halden Medical. Bell me after!", "Halden Medical"),
        ("Left Simon a voicemail at Harcourt & Bligh, nothing yet.", "Harcourt & Bligh"),
        ("I recruit for a school, opposite Thornhill Dental.", None),
        ("It is at noon, between Dublin and Leeds.", None),
        ("The Finance Systems Analyst job is still on.", None),
    ],
)
def test_the_only_firm_that_an_agencys_mail_names_is_its_client(
    text: str, company: str | None
) -> None:
    """Unless it says that the client goes without a name."""
    sender = "Gareth Pugh <gareth.pugh@severnrecruit.example>"
    mail = message(text, sender=sender, subject="Friday")
    assert employer(mail, text, "Gareth Pugh", "") == company


def test_an_agency_that_signs_for_its_client_names_it() -> None:
    """ "Apexbridge Staffing for Tillman Foods" is two firms."""
    mail = message("Be there at 2.", sender="Chad Lundy <clundy@apexstaffing.example>")
    signature = "Chad Lundy\nAccount Manager, Apex Staffing for Tillman Foods"
    assert employer(mail, mail.text, signature, "") == "Tillman Foods"


@pytest.mark.parametrize(
    ("sender", "text", "company"),
    [
        (
            "Harriet Quayle <harriet@ashgrovegroup.example>",
            "Thank you for your application to Kestrel Lifts.",
            "Kestrel Lifts",
        ),
        (
            "HR <hr-staffing@boreas-services.example>",
            "On behalf of the Bureau of Agronomy we extend this offer.",
            "Bureau of Agronomy",
        ),
    ],
)
def test_a_group_or_a_service_writes_for_the_firm_that_hires(
    sender: str, text: str, company: str
) -> None:
    """Whom alone the text calls an employer, where the domain is spelled nowhere."""
    mail = message(text, sender=sender, subject="Your application")
    assert employer(mail, text, "", "") == company
