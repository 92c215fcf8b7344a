"""The title of the job, from subjects and prose."""

import pytest

from agent.mail.role import is_title, role_in


@pytest.mark.parametrize(
    ("subject", "text", "role"),
    [
        ("Re: plumbers mate", "", "plumbers mate"),
        ("Interview - Ward Clerk (Ref 2261)", "", "Ward Clerk"),
        (
            "Hello",
            "Thank you for applying for the Senior Ward Nurse position.",
            "Senior Ward Nurse",
        ),
        ("Your application to Shipping Clerk at Marlin & Hobbs", "", "Shipping Clerk"),
        ("Hello", "Role: Business Analyst\nLocation: Leeds", "Business Analyst"),
        ("Hello", "Requisition: R0049172 Branch Service Associate", "Branch Service Associate"),
        ("Hello", "we would like you as our weekend presenter", "weekend presenter"),
        ("Thank you", "See you on Tuesday.", None),
    ],
)
def test_the_role_is_read_without_its_number(subject: str, text: str, role: str | None) -> None:
    """From frames that name one, else from a subject that is one."""
    assert role_in(subject, text) == role


@pytest.mark.parametrize("phrase", ["Interview", "Next steps", "Team meeting", "Thank you"])
def test_what_is_no_title(phrase: str) -> None:
    """Subjects of mails are not jobs."""
    assert not is_title(phrase)
