"""Drafts as bytes: what another program reads from them, and what can never get in."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import getaddresses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.mail.compose import (
    Attachment,
    Draft,
    clean_body,
    clean_header,
    compose,
    file_name,
    is_address,
    new_message_id,
    reply_subject,
)
from agent.mail.message import Address

DRAFT = Draft(
    message_id="a1b2c3@example.org",
    from_=Address("Alex Kim", "alex@example.org"),
    to=(Address("Jane Doe", "jane@acme.example"),),
    subject="Thank you for your time today",
    body="Dear Jane,\n\nThank you.\n\nKind regards,\nAlex Kim\n",
    date=datetime(2026, 11, 24, 16, 30, tzinfo=timezone(timedelta(hours=1))),
)

CONTROLS = ["\r", "\n", "\r\nBcc: eve@evil.example", "\x00", "\x0b", "\x1b[0m", "\x85", "\u2028"]


def read(data: bytes) -> EmailMessage:
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def text_of(data: bytes) -> str:
    """The text as a reader sees it, with LF line ends."""
    text = read(data).get_content()
    assert isinstance(text, str)
    return text.replace("\r\n", "\n")


def recipients(data: bytes) -> list[tuple[str, str]]:
    """Names and addresses in To, read the old way: the new one parts long encoded names."""
    raw = message_from_bytes(data, policy=policy.compat32)["To"]
    return [(str(make_header(decode_header(name))), email) for name, email in getaddresses([raw])]


def test_a_reader_finds_every_field_as_it_was_given() -> None:
    """Sender, recipient, subject, date, id and text survive the way through bytes."""
    mail = read(compose(DRAFT))
    assert mail["From"] == "Alex Kim <alex@example.org>"
    assert mail["To"] == "Jane Doe <jane@acme.example>"
    assert mail["Subject"] == DRAFT.subject
    assert mail["Date"].datetime == DRAFT.date
    assert mail["Message-ID"] == "<a1b2c3@example.org>"
    assert text_of(compose(DRAFT)) == DRAFT.body


def test_the_time_to_send_it_by_stands_in_the_drafts_own_header() -> None:
    """For the user's eyes, on their clock; without it there is no such field."""
    assert b"X-Send-By" not in compose(DRAFT)
    until = datetime(2026, 11, 24, 22, 0, tzinfo=timezone(timedelta(hours=1)))
    data = compose(replace(DRAFT, send_by=until))
    assert b"\r\nX-Send-By: Tue, 24 Nov 2026 22:00:00 +0100\r\n" in data


def test_the_headers_are_those_of_an_ordinary_mail() -> None:
    """No header gives the program away, and there is no Cc and no Bcc."""
    names = set(read(compose(replace(DRAFT, in_reply_to="p@x.example"))).keys())
    assert names == {
        "From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References",
        "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
    }  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        "plain\n",
        "Grüße aus Köln\n",
        "Nguyễn Thị Hoa, 山田\n",
        "x" * 3000 + "\n",
        "word " * 500 + "end\n",
        ".\nFrom here\n",
    ],
)
def test_any_body_survives_in_short_ascii_lines(body: str) -> None:
    """Whatever the text, the wire sees ASCII lines under 79 characters that end in CRLF."""
    data = compose(replace(DRAFT, body=body))
    assert data.isascii()
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 78
    assert text_of(data) == body


@pytest.mark.parametrize(
    "name",
    [
        "Müller, Jörg",
        'Pat "Bo" O\'Brien',
        "Nguyễn Thị Hoa",
        "Doe, Jane",
        "",
        "山田 太郎",
        "a@b.example",
        "Ü" * 90,
        "x" * 90,
        "Überlang " * 9 + "x",
        "a " * 60 + "b, c",
    ],
)
def test_any_display_name_survives(name: str) -> None:
    """Commas, quotes and other scripts stay inside the name they belong to."""
    data = compose(replace(DRAFT, to=(Address(name, "j@acme.example"),)))
    assert recipients(data) == [(name, "j@acme.example")]
    assert max(map(len, data.split(b"\r\n"))) <= 78


def test_a_long_name_cannot_add_a_recipient() -> None:
    """A name that ends in ", eve@evil.example" stays a name, however it has to be folded."""
    name = "Jane " + "x " * 50 + ', eve@evil.example, "'
    data = compose(replace(DRAFT, to=(Address(name, "jane@acme.example"),)))
    assert [each.addr_spec for each in read(data)["To"].addresses] == ["jane@acme.example"]


def test_equal_drafts_give_equal_bytes() -> None:
    """A draft is found again by its fingerprint, so nothing in it may vary."""
    assert compose(DRAFT) == compose(replace(DRAFT))


@pytest.mark.parametrize("poison", CONTROLS)
@pytest.mark.parametrize("place", ["subject", "from", "to", "message_id", "email"])
def test_a_control_character_in_a_header_is_refused(place: str, poison: str) -> None:
    """No field lets a line end or another control into the headers."""
    text = f"x{poison}y"
    drafts = {
        "subject": replace(DRAFT, subject=text),
        "from": replace(DRAFT, from_=Address(text, "alex@example.org")),
        "to": replace(DRAFT, to=(Address(text, "jane@acme.example"),)),
        "message_id": replace(DRAFT, message_id=f"{text}@example.org"),
        "email": replace(DRAFT, to=(Address("Jane", f"{text}@acme.example"),)),
    }
    with pytest.raises(ValueError, match=r"header|Message-ID|go to"):
        compose(drafts[place])


@pytest.mark.parametrize("poison", CONTROLS)
def test_a_poisoned_ancestor_is_left_out(poison: str) -> None:
    """An id from outside that no header may hold costs the thread, not the draft."""
    bad = f"x{poison}@y.example"
    mail = read(compose(replace(DRAFT, in_reply_to=bad, references=("ok@x.example", bad))))
    assert mail["In-Reply-To"] is None
    assert mail["References"] == "<ok@x.example>"
    assert mail["Bcc"] is None


def test_long_ids_are_not_encoded() -> None:
    """A thread holds with ids longer than a line, which the standard library would encode."""
    long = "A" * 120 + "@prod.outlook.example"
    data = compose(replace(DRAFT, in_reply_to=long, references=("B" * 90 + "@x.example",)))
    assert f"In-Reply-To: <{long}>\r\n".encode() in data
    assert b"=?" not in data


def test_the_answered_mail_is_the_last_reference_once() -> None:
    """RFC 5322, 3.6.4: the parent closes the chain."""
    mail = read(compose(replace(DRAFT, in_reply_to="b@x", references=("a@x", "b@x", "a@x"))))
    assert mail["References"].split() == ["<a@x>", "<b@x>"]


def test_an_endless_thread_keeps_its_root_and_its_end() -> None:
    """Four hundred ancestors become thirty: the first, and the last."""
    chain = tuple(f"{n}@x.example" for n in range(400))
    kept = read(compose(replace(DRAFT, references=chain)))["References"].split()
    assert len(kept) == 30
    assert (kept[0], kept[-1]) == ("<0@x.example>", "<399@x.example>")


def test_one_person_is_written_to_once() -> None:
    """The same address in two spellings is one recipient."""
    twice = (Address("Jane", "jane@acme.example"), Address("J. Doe", "JANE@acme.example"))
    assert len(read(compose(replace(DRAFT, to=twice)))["To"].addresses) == 1


def test_an_international_domain_goes_as_a_labels() -> None:
    """A host beyond ASCII goes over the wire as it is looked up."""
    mail = read(compose(replace(DRAFT, to=(Address("Jo", "jo@bücher.example"),))))
    assert mail["To"].addresses[0].domain == "xn--bcher-kva.example"


def test_a_literal_encoded_word_in_a_subject_stays_harmless() -> None:
    """Text that looks like RFC 2047 is not decoded into something else by the reader."""
    mail = read(compose(replace(DRAFT, subject="=?utf-8?q?a=0D=0ABcc:_x?= hi")))
    assert mail["Bcc"] is None
    assert "\n" not in mail["Subject"]


def test_nobody_to_write_to_is_a_mistake_of_the_caller() -> None:
    """A draft without recipient is refused, and so is one without zone."""
    with pytest.raises(ValueError, match="somebody"):
        compose(replace(DRAFT, to=()))
    with pytest.raises(ValueError, match="zone"):
        compose(replace(DRAFT, date=datetime(2026, 1, 1)))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("email", "good"),
    [
        ("jane@acme.example", True), ("o'brien+x@acme.example", True), ("jo@bücher.example", True),
        ("jane", False), ("@acme.example", False), ("jane@", False), ("a b@acme.example", False),
        ("jane@acme..example", False), ('"a b"@acme.example', False), ("jöe@acme.example", False),
        ("jane@acme.example\r\nBcc: x@y", False), ("a,b@acme.example", False), ("x" * 65 + "@a.example", False),
    ],
)  # fmt: skip
def test_an_address_that_no_server_takes_is_known_beforehand(email: str, good: bool) -> None:
    """What `is_address` allows can be composed, and nothing else can."""
    assert is_address(email) is good


@given(st.text(max_size=200))
def test_any_text_can_be_cleaned_into_a_subject(text: str) -> None:
    """Whatever a mail held, its cleaned text is one safe line that reads back the same."""
    cleaned = clean_header(text)
    mail = read(compose(replace(DRAFT, subject=cleaned)))
    assert mail["Subject"] == cleaned


@given(st.text(max_size=200))
def test_any_text_can_be_cleaned_into_a_name(text: str) -> None:
    """Whatever a display name held, it stays the name of its one address."""
    name = clean_header(text)
    data = compose(replace(DRAFT, to=(Address(name, "j@acme.example"),)))
    assert recipients(data) == [(name, "j@acme.example")]


@given(st.text(max_size=300))
def test_any_text_can_be_cleaned_into_a_body(text: str) -> None:
    """A cleaned body holds no control but the line end, and composing it loses nothing."""
    body = clean_body(text)
    assert text_of(compose(replace(DRAFT, body=body))) == body


def test_hidden_direction_marks_are_dropped_from_headers() -> None:
    """A right-to-left override cannot turn an address round in what the user sees."""
    assert clean_header("Jane \u202eelpmaxe.live\u202c Doe") == "Jane elpmaxe.live Doe"


def test_a_message_id_is_stable_and_ordinary() -> None:
    """The same seed gives the same id, another seed another, in a mail client's usual shape."""
    first = new_message_id("7:thank_you:1", "example.org")
    assert first == new_message_id("7:thank_you:1", "example.org")
    assert first != new_message_id("7:thank_you:2", "example.org")
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}@example\.org", first)


def test_a_message_id_needs_a_host() -> None:
    """A domain with a line end in it is refused."""
    with pytest.raises(ValueError, match="host"):
        new_message_id("x", "example.org\r\nBcc: x")


@pytest.mark.parametrize(
    ("given_subject", "expected"),
    [
        ("Interview on Tuesday", "Re: Interview on Tuesday"),
        ("Re: Interview", "Re: Interview"),
        ("RE: RE: Re: Interview", "Re: Interview"),
        ("AW: WG: [EXT] Re: Einladung", "Re: Einladung"),
        ("[External] FW: Fwd: RV: Entrevista", "Re: Entrevista"),
        ("SV: TR : Entretien", "Re: Entretien"),
        ("RE[2]: Antw: Gesprek", "Re: Gesprek"),
        ("回复：面试", "Re: 面试"),
        ("Research role", "Re: Research role"),
        ("[Acme Careers] Your interview", "Re: [Acme Careers] Your interview"),
        ("Re:", "Re:"),
        ("", "Re:"),
        ("Re: a\r\nBcc: eve@evil.example", "Re: a Bcc: eve@evil.example"),
    ],
)
def test_an_answer_has_one_re(given_subject: str, expected: str) -> None:
    """Prefixes and gateway tags of every language collapse into one Re."""
    assert reply_subject(given_subject) == expected


def test_a_hostile_subject_is_read_in_no_time() -> None:
    """A hundred kilobytes of prefixes neither hang nor grow the subject."""
    assert len(reply_subject("Re: [EXT] " * 10_000)) <= 310


def test_a_date_in_utc_is_written_with_its_offset() -> None:
    """UTC is +0000: the writer's place is known, and it is Greenwich."""
    assert b"Date: Tue, 24 Nov 2026 09:00:00 +0000" in compose(
        replace(DRAFT, date=datetime(2026, 11, 24, 9, tzinfo=UTC))
    )


PDF = Attachment("Röadmap – final.pdf", "application/pdf", bytes(range(256)) * 40)


def test_a_file_goes_with_the_text_and_comes_out_whole() -> None:
    """Its name in any script, its type, every byte; the text stays the first part."""
    mail = read(compose(replace(DRAFT, attachments=(PDF,))))
    text = mail.get_body()
    assert text is not None
    assert "Thank you." in text.get_content()
    (file,) = mail.iter_attachments()
    assert isinstance(file, EmailMessage)
    assert (file.get_filename(), file.get_content_type()) == (PDF.name, PDF.kind)
    assert file.get_content() == PDF.data


def test_equal_drafts_with_files_are_equal_bytes() -> None:
    """The line between the parts is not drawn by lot."""
    draft = replace(DRAFT, attachments=(PDF,))
    data = compose(draft)
    assert data == compose(draft)
    assert data.isascii()
    assert all(len(line) <= 998 for line in data.split(b"\r\n"))


@pytest.mark.parametrize("kind", ["message/rfc822", "text/html; charset=x", "", "a/b\r\nX: y"])
def test_a_type_that_is_none_becomes_plain_bytes(kind: str) -> None:
    """What a mail calls its files goes into no header of ours unread."""
    mail = read(compose(replace(DRAFT, attachments=(replace(PDF, kind=kind),))))
    (file,) = mail.iter_attachments()
    assert file.get_content_type() == "application/octet-stream"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\cv.pdf", "cv.pdf"),
        ("a\r\nBcc: eve@evil.example", "a Bcc: eve@evil.example"),
        ("  .. ", "file"),
        ("x" * 300 + ".docx", "x" * 95 + ".docx"),
    ],
)
def test_the_name_of_a_file_is_a_name_alone(given: str, kept: str) -> None:
    """No path, no line end, not endless."""
    assert file_name(given) == kept


def test_only_a_note_to_oneself_says_that_a_machine_made_it() -> None:
    """RFC 3834: so that no other machine answers it; a draft has no such mark."""
    assert read(compose(replace(DRAFT, to_self=True)))["Auto-Submitted"] == "auto-generated"
    assert read(compose(DRAFT))["Auto-Submitted"] is None
