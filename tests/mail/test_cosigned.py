"""Two who write together."""

import pytest

from agent.mail.cosigned import cosigned, two_in


@pytest.mark.parametrize(
    "line",
    [
        "Volker Amann Silke Dörr",
        "Volker Amann / Silke Dörr",
        "Volker Amann und Silke Dörr",
        "i. V. Volker Amann          i. A. Silke Dörr",
    ],
)
def test_two_full_names_of_a_line_are_two_people(line: str) -> None:
    """Apart by a sign, an "and", a gap, or nothing at all."""
    assert two_in(line) == ["Volker Amann", "Silke Dörr"]


@pytest.mark.parametrize("line", ["Ana Maria Luisa Costa", "Jane Poole, Talent Lead", "Jane Poole"])
def test_one_name_is_one_person(line: str) -> None:
    """Several given names, and a title behind a name, are nobody else."""
    assert two_in(line) == []


def test_two_by_given_names_share_the_family_name_that_is_shown() -> None:
    """ "Denis et Martine Cazalis", below it "Denis et Martine"."""
    assert cosigned("Denis et Martine Cazalis", "Denis et Martine", None) == [
        "Denis Cazalis",
        "Martine Cazalis",
    ]


@pytest.mark.parametrize(
    ("signature", "who"),
    [
        ("Groetjes van Bas en Loes", ["Bas", "Loes"]),
        (
            "Alles Liebe\ndas Sonnenschein-Team\n(Heike, Bernd und Kathi)",
            ["Heike", "Bernd", "Kathi"],
        ),
        ("Kind regards\nJones & Partners", []),
    ],
)
def test_those_of_a_line_of_given_names_write_together(signature: str, who: list[str]) -> None:
    """Behind a small word or in brackets; a firm of two is nobody."""
    assert cosigned("", signature, None) == who
