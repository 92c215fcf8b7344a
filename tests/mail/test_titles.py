"""Titles as phrases."""

import pytest

from agent.mail.titles import is_trade, titled, trade, without_codes


@pytest.mark.parametrize(
    "phrase", ["Ward Clerk", "Eligibility Specialist I", "Head of Data", "Altenpflegehelfer"]
)
def test_a_phrase_is_built_like_a_title(phrase: str) -> None:
    """By its last word, or its first."""
    assert titled(phrase)


@pytest.mark.parametrize("phrase", ["next Monday", "Anna Schneider", "the weather"])
def test_a_phrase_is_built_like_no_title(phrase: str) -> None:
    """Though a surname may be a trade."""
    assert not titled(phrase)


def test_a_trade_is_a_title_by_itself() -> None:
    """But not where people are called so as well."""
    assert trade("Gerente")
    assert not trade("Schneider")
    assert is_trade("verkaufsberaterin")


@pytest.mark.parametrize(
    ("phrase", "title"),
    [
        ("Data Analyst II (R-20981)", "Data Analyst II"),
        ("Pflegefachkraft (m/w/d)", "Pflegefachkraft"),
        ("Conseiller de vente H/F", "Conseiller de vente"),
        ("Mitarbeiterin Empfang (60-80 %)", "Mitarbeiterin Empfang"),
        ("Dock Supervisor (2nd shift)", "Dock Supervisor (2nd shift)"),
    ],
)
def test_codes_and_whom_a_job_is_for_are_taken_off(phrase: str, title: str) -> None:
    """A requisition is no part of a title; a shift is."""
    assert without_codes(phrase) == title
