"""Who registered a domain, and which domains pretend to be another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.mail.domains import (
    KnownDomains,
    is_free_mail,
    looks_like,
    main_label,
    mixes_alphabets,
    registrable,
)


@pytest.mark.parametrize(
    ("domain", "owner"),
    [
        ("mail.acme.example", "acme.example"),
        ("ACME.example.", "acme.example"),
        ("jobs.acme.co.uk", "acme.co.uk"),
        ("acme.com.au", "acme.com.au"),
        ("mail.acme.de", "acme.de"),
        ("me.github.io", "me.github.io"),
        ("mail.trewint.cornwall.sch.uk", "trewint.cornwall.sch.uk"),
        ("dunmore.k12.oh.us", "dunmore.k12.oh.us"),
        ("localhost", "localhost"),
        ("", ""),
    ],
)
def test_registrable_domains(domain: str, owner: str) -> None:
    """The label below the public suffix, for the suffixes that are usual."""
    assert registrable(domain) == owner


@pytest.mark.parametrize(
    "domain", ["acrne.com", "acme.co", "xn--cme-5cd.com", "4cme.com", "mail.acrne.com"]
)
def test_look_alikes(domain: str) -> None:
    """Confusable letters, other alphabets, .co for .com."""
    assert looks_like(domain, "acme.com")


@pytest.mark.parametrize("domain", ["googel.com", "gogle.com", "googlee.com", "goagle.com"])
def test_one_slip_away(domain: str) -> None:
    """Swapped, missing, added and other letters."""
    assert looks_like(domain, "google.com")


@pytest.mark.parametrize(
    ("domain", "known"),
    [
        ("acme.com", "acme.com"),
        ("jobs.acme.com", "acme.com"),
        ("acme.de", "acme.com"),
        ("axon.com", "aon.com"),
        ("metaverse.com", "meta.com"),
        ("southwind.example", "northwind.example"),
        ("", "acme.com"),
    ],
)
def test_other_domains(domain: str, known: str) -> None:
    """The same, another country's, short names and longer words."""
    assert not looks_like(domain, known)


def test_free_mail_and_names() -> None:
    """Hosts that give mailboxes away, and the name in a domain."""
    assert is_free_mail("GMail.com")
    assert not is_free_mail("acme.example")
    assert main_label("mail.acme.co.uk") == "acme"


def test_mixed_alphabets() -> None:
    """A Cyrillic letter among Latin ones; whole words of one alphabet are fine."""
    assert mixes_alphabets("xn--cme-5cd.com")
    assert not mixes_alphabets("xn--80ak6aa92e.com")
    assert not mixes_alphabets("xn--mller-kva.example")


@given(st.sets(st.text("mnrvw1c", min_size=1, max_size=6)), st.text("mnrvw1c", max_size=6))
def test_employers_that_a_domain_is_read_as_are_found_without_comparing_all(
    names: set[str], other: str
) -> None:
    """What is filed under a likeness is all that `looks_like` would find."""
    known = KnownDomains([f"acme{name}.com" for name in names])
    domain = f"acme{other}.com"
    assert {k for k in known.near(domain) if looks_like(domain, k)} == {
        k for k in known if looks_like(domain, k)
    }


def test_an_employer_that_is_no_longer_known_is_not_found() -> None:
    """A set of domains like any other."""
    known = KnownDomains(["acme.com"])
    known.discard("acme.com")
    assert not known
    assert not known.near("acrne.com")
