"""A domain's letters read as a name."""

import pytest

from agent.mail.label_names import spelled_out


@pytest.mark.parametrize(
    ("label", "spellings", "text", "name"),
    [
        ("kaeserei-emmegg", {}, "Grüße", "Käserei Emmegg"),
        ("kaeserei-emmegg", {}, "Regards", "Käserei Emmegg"),
        ("fahrradwerk-sued", {}, "Grüße", "Fahrradwerk Süd"),
        ("fahrradwerk-sued", {}, "Regards", "Fahrradwerk Sued"),
        ("clinicalosboldos", {}, "", "Clínica Los Boldos"),
        ("tascadoze", {"ze": "Zé"}, "", "Tasca do Zé"),
        ("lapergolaleeds", {}, "", "Lapergola"),
        ("michaelsbakery", {}, "Grüße", "Michaels Bakery"),
        ("stjudesprimary", {}, "", "St Jude's Primary"),
        ("stmarks-otterton", {}, "", "St Mark's Otterton"),
        ("stgroves", {}, "", "Stgroves"),
    ],
)
def test_a_label_is_spelled_with_what_the_mail_knows(
    label: str, spellings: dict[str, str], text: str, name: str
) -> None:
    """Accents and umlauts come back where the mail or a word of institutions tells them."""
    assert spelled_out(label, spellings, text) == name


@pytest.mark.parametrize(
    ("language", "label", "name"),
    [
        ("fr", "residence-les-tilleuls", "Résidence Les Tilleuls"),
        ("fr", "domaine-du-leman", "Domaine du Léman"),
        ("de", "uni-hohenau", "Universität Hohenau"),
        ("de", "vossen-partner", "Vossen & Partner"),
        ("es", "uni-almenara", "Universidad de Almenara"),
        ("es", "vinasdelmaule", "Viñas del Maule"),
        ("es", "colegio-santa-aurelia", "Colegio Santa Aurelia"),
        ("pt", "construtoraipe", "Construtora Ipê"),
        ("it", "villaserena-rsa", "Villa Serena Rsa"),
        ("pl", "hutaszkla-krosna", "Huta Szkła Krosna"),
    ],
)
def test_a_label_is_spelled_as_its_language_spells_it(language: str, label: str, name: str) -> None:
    """With accents, with words of business apart, and with what was cut short in full."""
    assert spelled_out(label, {}, "", language) == name


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("haldaneassoc", "Haldane Associates"),
        ("lakeshorefdn", "Lakeshore Foundation"),
        ("havenwoodltc", "Havenwood"),
        ("parkmonarch", "Parkmonarch"),
        ("palmarch", "Palmarch"),
        ("gullwing-theatre", "Gullwing Theatre"),
    ],
)
def test_what_is_cut_short_at_the_end_of_a_domain_is_said_in_full(label: str, name: str) -> None:
    """Associates and foundations are told by four letters; a word that ends so is whole."""
    assert spelled_out(label, {}) == name
