"""The part of a domain that somebody chose."""

from agent.mail.labels import label_of, relay_like, tenants, undisguised


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
