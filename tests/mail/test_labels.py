"""A domain's letters read as a name."""

import pytest

from agent.mail.labels import label_of, relay_like, spelled_out, tenants, undisguised


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
    ],
)
def test_a_label_is_spelled_with_what_the_mail_knows(
    label: str, spellings: dict[str, str], text: str, name: str
) -> None:
    """Accents and umlauts come back where the mail or a word of institutions tells them."""
    assert spelled_out(label, spellings, text) == name


def test_hosts_of_the_state_are_no_names() -> None:
    """The employer's part stands before them."""
    assert label_of("stalban.nhs.example") == "stalban"
    assert label_of("holm.ac.example") == "holm"


def test_links_to_applicant_systems_name_the_tenant() -> None:
    """By host or path, never a page of the system itself."""
    text = "https://boards.greenhouse.io/acmefoods/jobs/1 https://jobs.lever.co/settings"
    links = [("Apply", "https://corvane.wd3.myworkdayjobs.com/x")]
    assert list(tenants(links, text)) == ["corvane", "acmefoods"]


def test_digits_that_pose_as_letters_are_read_as_letters() -> None:
    """So that a look-alike is known for whom it pretends to be."""
    assert undisguised("1edgerlark") == "ledgerlark"


def test_services_are_known_by_their_names() -> None:
    """A mailbox for anybody, a survey, a portal; not an ordinary firm."""
    assert [relay_like(name) for name in ("acme-mail", "talentcloud", "corvane")] == [
        True,
        True,
        False,
    ]
