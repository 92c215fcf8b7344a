"""The fullest spelling of an employer's name in a mail."""

import pytest

from agent.mail.firms import Firm
from agent.mail.fullest import fullest, house_line


@pytest.mark.parametrize(
    ("label", "below", "name"),
    [
        ("kk-wolfenau", "i. A. Ida Thoma\nKreisklinik Wolfenau gGmbH", "Kreisklinik Wolfenau"),
        ("shm-ried", "Dr. A. Reuter, Direktor\nStadthistorisches Museum Ried", "Stadthistorisches Museum Ried"),
        ("museeportsaule", "Nadia Benali\nMusée maritime de Port-Saule", "Musée maritime de Port-Saule"),
        ("trasportivinci", "Marta Vinci\nAutotrasporti Vinci", "Autotrasporti Vinci"),
        ("lsdc", "Rui Alves | Lar de Santa Clara", None),
        ("abmeyer", "Anna Meyer\nHead of Sales", None),
    ],
)  # fmt: skip
def test_a_line_under_the_letter_is_the_name_that_the_domain_shortens(
    label: str, below: str, name: str | None
) -> None:
    """The beginnings of its words in their order, and no person's name."""
    assert house_line(label, "Anna Meyer", below, ()) == name


def test_an_institution_in_the_text_is_the_name_that_the_domain_shortens() -> None:
    """Without the article that a sentence puts before it."""
    words = "Le Crédit Mutualiste du Val d'Authie"
    named = [Firm(words, tuple(words.split()), 2.0, 1.0)]
    assert house_line("cmva", "Grégoire Fabre", "Grégoire", named) == words.removeprefix("Le ")


@pytest.mark.parametrize(
    ("found", "names", "name"),
    [
        ("Kessler", ["Kessler", "Kessler Foods"], "Kessler Foods"),
        ("Hollenfels", ["Stadtverwaltung", "Gemeinde Hollenfels"], "Gemeinde Hollenfels"),
        ("Mostostalwisla", ["Mostostal Wisła"], "Mostostal Wisła"),
        ("Talentos Banco Vale", ["Banco Vale"], "Banco Vale"),
        ("Alder Falls", ["City of Alder Falls"], "City of Alder Falls"),
        ("Instituto dos Rios", ["Instituto dos Rios e Matas"], "Instituto dos Rios e Matas"),
        ("Kessler", ["Kessler Recruitment", "Kessler Ltd", "Ann Kessler"], "Kessler"),
        ("Aosora Trading", ["Aosora Trading Co"], "Aosora Trading"),
    ],
)
def test_the_fullest_spelling_has_an_institutions_words_around_the_found_one(
    found: str, names: list[str], name: str
) -> None:
    """Neither a desk nor a legal form makes a name fuller, nor a person called so."""
    assert fullest(found, names) == name
