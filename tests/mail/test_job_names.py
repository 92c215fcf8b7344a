"""Employers and roles as they stand in a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.mail.job_names import plain_company, plain_role


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Acme, Inc.", "Acme"),
        ("Acme Ltd", "Acme"),
        ("Müller GmbH & Co. KG", "Müller"),
        ("Beispiel AG", "Beispiel"),
        ("Dupont S.A.S.", "Dupont"),
        ("Pérez, S.L.", "Pérez"),
        ("Acme (UK) Limited", "Acme"),
        ("Acme Corporation", "Acme"),
        ("Acme Co., Ltd.", "Acme"),
        ("Meble Sp. z o.o.", "Meble"),
        ("Pargeter & Co", "Pargeter & Co"),
        ("St Mary's Hospital", "St Mary's Hospital"),
        ("Northwind  Traders", "Northwind Traders"),
        ("Co", "Co"),
        ("Yahoo!", "Yahoo!"),
        ("ACME", "ACME"),
    ],
)
def test_an_employer_is_named_without_its_legal_form(written: str, said: str) -> None:
    """People say Acme, not Acme, Inc."""
    assert plain_company(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Data Engineer", "Data Engineer"),
        ("the Data Engineer role", "Data Engineer"),
        ("Softwareentwickler (m/w/d)", "Softwareentwickler"),
        ("Softwareentwicklerin m/w/d", "Softwareentwicklerin"),
        ("Senior Nurse position, Ref: 12345", "Senior Nurse"),
        ("Data Engineer - JR-001234", "Data Engineer"),
        ("Data Engineer #4711", "Data Engineer"),
        ("Data Engineer [Remote]", "Data Engineer"),
        ("Engineer, Platform", "Engineer, Platform"),
        ("C++ Developer", "C++ Developer"),
        ("UI/UX Designer", "UI/UX Designer"),
        ("Level 3 Support Technician", "Level 3 Support Technician"),
    ],
)
def test_a_role_is_named_without_its_trimmings(written: str, said: str) -> None:
    """What stands before the word role: no brackets, no numbers, no article."""
    assert plain_role(written) == said


@pytest.mark.parametrize(
    "unfit",
    [None, "", "  ", "{{ company }}", "https://jobs.example/1", "www.acme.example", "[Company]", "---",
     "a" * 61, "Hello. We are hiring", "jane@acme.example", "12345", "<b>Acme</b>"],
)  # fmt: skip
def test_what_cannot_be_a_name_is_not_known(unfit: str | None) -> None:
    """A link, a sentence or a placeholder was read by mistake: the sentence does without."""
    assert plain_company(unfit) is None
    assert plain_role(unfit) is None


@given(st.text(max_size=200))
def test_any_text_gives_a_safe_name_or_none(text: str) -> None:
    """One line without markup, or nothing."""
    for said in (plain_company(text), plain_role(text)):
        assert said is None or (
            said == " ".join(said.split()) and not set(said) & set("{}[]<>\n\x00")
        )
