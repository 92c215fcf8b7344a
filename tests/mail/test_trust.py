"""How far a sender can be taken at their word."""

from dataclasses import replace

import pytest

from agent.domain.facts import TrustLevel
from agent.mail.message import Identity
from agent.mail.parse import parse
from agent.mail.trust import judge
from tests.mail.steps import steps
from tests.mail.structure import SAM, SAM_AT_HOST

VERIFIED, UNVERIFIED, SUSPICIOUS = TrustLevel.VERIFIED, TrustLevel.UNVERIFIED, TrustLevel.SUSPICIOUS
PASS = "Authentication-Results: mx.beck.example; dmarc=pass header.from=acme.example\n"
ARRIVED = "Received: from x.example by mx.beck.example; Mon, 5 Jan 2026 10:00:00 +0000\n"
JANE = "From: Jane Roe <jane@acme.example>\n"


def level(
    header: str,
    text: str = "Hello.",
    identity: Identity = SAM_AT_HOST,
    known: frozenset[str] = frozenset(),
) -> TrustLevel:
    """The level for a mail of these fields."""
    return judge(parse(f"{header}\n{text}".encode()), text, identity, known).level


def why(header: str, text: str = "Hello.", known: frozenset[str] = frozenset()) -> str:
    """The reasons, as one text."""
    return " ".join(judge(parse(f"{header}\n{text}".encode()), text, SAM_AT_HOST, known).reasons)


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        ("mx.beck.example; dmarc=pass header.from=acme.example", VERIFIED),
        (
            "mx.beck.example; spf=pass; dmarc=pass (p=reject; sp=none) header.from=acme.example",
            VERIFIED,
        ),
        ("mx.beck.example; dmarc=fail header.from=acme.example", SUSPICIOUS),
        ("mx.beck.example; dmarc=none header.from=acme.example", UNVERIFIED),
        ("mx.beck.example; dmarc=pass header.from=evil.example", UNVERIFIED),
        ("mx.beck.example; dmarc=pass", UNVERIFIED),
        ("mx.beck.example; spf=pass; dkim=pass header.d=acme.example", UNVERIFIED),
        ("mx.beck.example; spf=fail (dmarc=pass header.from=acme.example)", UNVERIFIED),
        ("mx.evil.example; dmarc=pass header.from=acme.example", UNVERIFIED),
        ("mx.evil.example; dmarc=fail header.from=acme.example", UNVERIFIED),
    ],
)
def test_only_the_own_servers_word_counts(result: str, expected: TrustLevel) -> None:
    """DMARC by the configured server, in alignment; comments are no results."""
    assert level(f"Authentication-Results: {result}\n{JANE}") is expected


def test_the_topmost_of_the_own_servers_fields_counts() -> None:
    """A second field of its name lower down was in the mail before it came."""
    forged = PASS + JANE
    assert level(PASS.replace("pass", "fail") + forged) is SUSPICIOUS


def test_without_a_configured_server_only_the_last_hop_counts() -> None:
    """Above the topmost Received, and by the host that received; else it may be forged."""
    assert level(PASS + ARRIVED + JANE, identity=SAM) is VERIFIED
    assert level(ARRIVED + PASS + JANE, identity=SAM) is UNVERIFIED
    assert level(PASS + JANE, identity=SAM) is UNVERIFIED
    assert level(PASS.replace("mx.beck", "mx.evil") + ARRIVED + JANE, identity=SAM) is UNVERIFIED


@pytest.mark.parametrize(
    "header",
    [
        'From: "jane@acme.example" <x@evil.example>\n',
        "From: ceo@acme.example <x@evil.example>\n",
        JANE + "Reply-To: acme.hr@gmail.com\n",
        JANE + "Reply-To: jane@acrne.example\n",
        JANE + "Reply-To: jane@acme-careers.example\n",
        "From: Jane <jane@northwlnd.example>\n",
        "From: Jane <jane@nortwhind.example>\n",
        "From: Jane <jane@xn--nrthwind-n4a.example>\n",
        "From: Northwind Careers <careers@gmail.com>\n",
        "From: Jane Roe <northwind.hr@gmail.com>\n",
    ],
)
def test_senders_that_pretend(header: str) -> None:
    """Another address in the name, answers elsewhere, look-alikes, free mail for a firm."""
    assert level(header, known=frozenset({"northwind.example"})) is SUSPICIOUS


@pytest.mark.parametrize(
    "header",
    [
        JANE,
        JANE + "Reply-To: jane.roe@acme.example\n",
        JANE + "Reply-To: jane@mail.acme.example\n",
        "From: Acme <no-reply@us.greenhouse-mail.io>\nReply-To: jane@acme.example\n",
        "From: Jane Roe <jane.roe@gmail.com>\n",
        "From: Jane <jane@northwind.example>\n",
        "From: Jane <jane@southwind.example>\n",
        '"jane@acme.example (Calendar)" <calendar-notification@google.com>\n',
    ],
)
def test_senders_that_do_not(header: str) -> None:
    """Sub-domains, platforms that relay, private people, other firms."""
    assert level(header, known=frozenset({"northwind.example"})) is UNVERIFIED


def test_free_mail_that_speaks_for_an_employer() -> None:
    """By its words too."""
    said = "I am a recruiter at Northwind and would like to talk."
    assert "recruiter at Northwind" in why("From: Jane Roe <jane.roe@gmail.com>\n", said)


@pytest.mark.parametrize(
    "text",
    [
        "Please send us your bank account number for payroll.",
        "Kindly purchase the MacBook from our approved vendor.",
        "We will mail you a check, which you deposit.",
        "You need to buy gift cards for the client.",
        "Please pay the refundable deposit of $50.",
        "The interview will be conducted via Telegram.",
        "You must send 0.01 bitcoin to open your account.",
        "Bitte teilen Sie uns Ihre IBAN mit.",
        "Merci de nous envoyer votre RIB.",
        "Envíe su número de cuenta, por favor.",
        "Überweisen Sie bitte 89 Euro für Ihr Arbeitslaptop.",
        "Para reservar su entrevista, abone la tasa de gestión de 25 euros.",
        "Preencha o questionário com os seus dados bancários.",
        "Prosimy o zakup laptopa u naszego dostawcy.",
    ],
)
def test_texts_that_ask_for_what_frauds_ask_for(text: str) -> None:
    """Even from a sender who is verified; the words that decided are quoted."""
    assert level(PASS + JANE, text) is SUSPICIOUS
    assert text.rstrip(".") in why(PASS + JANE, text)


@pytest.mark.parametrize(
    "text",
    [
        "We will never ask you for bank details.",
        "Thanks for your time: you will receive a $20 Amazon gift card.",
        "We provide the laptop and all the equipment you need.",
        "Please bring your own laptop to the interview.",
        "We are building a crypto wallet and need a backend engineer.",
        "Bitte senden Sie uns Ihre Bankverbindung zur Erstattung der Reisekosten.",
        "In the interview we will talk about your WhatsApp integration.",
        "There is no application fee to pay.",
    ],
)
def test_texts_that_only_sound_like_it(text: str) -> None:
    """Warnings, travel costs, trades and tools."""
    assert level(PASS + JANE, text) is VERIFIED


def test_the_users_sent_copy_is_theirs() -> None:
    """From the user to others, or never received."""
    assert level("From: sam+jobs@beck.example\nTo: jane@acme.example\n") is VERIFIED
    assert level(ARRIVED + "From: sam@beck.example\nTo: jane@acme.example\n") is VERIFIED


def test_a_mail_from_the_user_to_the_user_needs_the_servers_word() -> None:
    """A favourite of frauds: it arrived from outside, under the user's own address."""
    header = ARRIVED + "From: sam@beck.example\nTo: sam@beck.example\n"
    assert level(header) is UNVERIFIED
    assert level("Authentication-Results: mx.beck.example; dmarc=fail\n" + header) is SUSPICIOUS


def test_hostile_text_takes_no_time() -> None:
    """100 KB of the words that are looked for."""
    mail = parse((PASS + JANE + "\nx").encode())
    judge(mail, "x", SAM_AT_HOST)  # the words are read once
    for text in ("send bank " * 10_000, "please buy laptop\n\n" * 5_000, "a. " * 30_000):
        assert steps(lambda text=text: judge(mail, text, SAM_AT_HOST)) < 600_000
    named = replace(mail, from_=replace(mail.from_, name="a@" * 20_000))
    assert steps(lambda: judge(named, "", SAM_AT_HOST)) < 2_000
