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
        ("it", "villaserena-rsa", "Villa Serena"),
        ("pl", "hutaszkla-krosna", "Huta Szkła Krosna"),
        ("pl", "konserwa-torun", "Konserwa Toruń"),
        ("pl", "ksiegarniapodarkadami", "Księgarnia Pod Arkadami"),
        ("fr", "pharmaciedelagare", "Pharmacie de la Gare"),
        ("fr", "cliniquedesormes", "Clinique des Ormes"),
        ("fr", "menuiserielambert", "Menuiserie Lambert"),
        ("fr", "saintexupere", "Saint-Exupere"),
        ("fr", "ecolesainteanne", "École Sainte-Anne"),
        ("fr", "cabinet-veto-des-pres", "Cabinet vétérinaire des Prés"),
        ("es", "parrillaelfogon", "Parrilla El Fogón"),
        ("es", "colegiosanjose", "Colegio San José"),
        ("es", "sanitas", "Sanitas"),
        ("pt", "lar-santaeufemia", "Lar Santa Eufémia"),
        ("pt", "clinicavet-falcao", "Clínica Veterinária Falcão"),
        ("it", "ilfaro", "Il Faro"),
        ("it", "studiolegaleverdi", "Studio Legale Verdi"),
        ("it", "teatrodellarocca", "Teatro della Rocca"),
        ("nl", "rijnland-college", "Rijnland College"),
        ("nl", "kwekerijhetbos", "Kwekerij Het Bos"),
        ("nl", "garagedekker", "Garage Dekker"),
        ("de", "hotelzurpost", "Hotel zur Post"),
        ("de", "hofladen-gruenau", "Hofladen Grünau"),
        ("de", "fischerelektrotechnik", "Fischer Elektrotechnik"),
        ("en", "tetreaultmechanical", "Tetreault Mechanical"),
        ("en", "duncanandsons", "Duncan & Sons"),
        ("en", "thecopperkettle", "The Copper Kettle"),
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


@pytest.mark.parametrize(
    ("label", "writer", "name"),
    [
        ("meblegorny", "Tomasz Górny", "Meble Górny"),
        ("hendrikskassen", "Bas Hendriks", "Hendriks Kassen"),
        ("meblegorny", "Anna Lis", "Meble Gorny"),
        ("marinaplus", "Ina Mar", "Marinaplus"),
    ],
)
def test_a_label_with_the_writers_name_has_it_apart(label: str, writer: str, name: str) -> None:
    """Whose the firm is stands in the domain: spelled and set apart as the sender spells it."""
    assert spelled_out(label, {}, "", "pl", writer.split()) == name


def test_german_that_is_written_without_umlauts_leaves_a_domain_without() -> None:
    """Whoever writes "fuer" is called "Gruenau" too."""
    assert spelled_out("hofladen-gruenau", {}, "fuer Sie", "de") == "Hofladen Gruenau"
