"""From bytes to ParsedMail: whatever they are, and with every loss named."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.mail.message import Address
from agent.mail.parse import MAX_NAME, MAX_SUBJECT, parse
from tests.mail.steps import steps
from tests.mail.structure import mail, sample, utc

HEADER = b"From: jane@acme.example\nDate: Mon, 5 Jan 2026 10:00:00 +0100\n"


def test_an_invitation_is_read_whole() -> None:
    """Text, links, the one calendar part with its method, and the file it hangs on."""
    found = sample("google_invitation.eml")
    assert found.text.startswith("Interview with Acme")
    assert found.links == (("Join", "https://meet.google.com/abc-defg-hij"),)
    assert [part.method for part in found.calendars] == ["REQUEST"]
    assert "invite.ics" in found.attachments
    assert found.received == utc(2026, 5, 1, 8, 0, 5)
    assert found.problems == ()


def test_a_root_calendar_part_keeps_its_method() -> None:
    """A mail that is nothing but text/calendar loses neither the part nor the method."""
    found = sample("outlook_cancellation.eml")
    assert found.content_type == "text/calendar"
    assert [part.method for part in found.calendars] == ["CANCEL"]
    assert found.subject == "Abgesagt: Gespräch"
    assert found.from_ == Address("Müller, Petra", "petra.mueller@northwind.example")


def test_an_attached_message_is_not_the_message() -> None:
    """What somebody passes on as an attachment is noted, and not read as theirs."""
    found = sample("forwarded_inside.eml")
    assert found.text == "Have a look at this one."
    assert found.attachments == ("message: Interview on Thursday",)


def test_a_delivery_report_stays_one() -> None:
    """The type is kept and the human part is the text (RFC 6522)."""
    found = sample("delivery_report.eml")
    assert found.content_type == "multipart/report"
    assert found.text == "I could not deliver your message to jane@acme.example."


def test_a_stub_yields_to_html() -> None:
    """A plain part that only points at the HTML one is not the text."""
    found = sample("html_only.eml")
    assert found.text.startswith("Hello Sam,")
    assert found.json_ld == ('{"@type": "Event", "name": "Interview"}',)


def test_raw_8bit_headers_survive() -> None:
    """Raw UTF-8 is read, raw Latin-1 is guessed, and the guess is named."""
    found = sample("raw_8bit.eml")
    assert found.subject == "Gespräch am Dienstag"
    assert found.from_.name == "Jörg Müller"
    assert found.text == "Schöne Grüße\n"
    assert any("In From" in problem for problem in found.problems)
    assert any("x-unknown-9" in problem for problem in found.problems)


@pytest.mark.parametrize(
    ("field", "name", "email"),
    [
        ('From: "Roe, Jane" <Jane@ACME.example>', "Roe, Jane", "jane@acme.example"),
        ("From: =?iso-8859-1?Q?J=F6rg?= <j@acme.example>", "Jörg", "j@acme.example"),
        (
            "From: =?utf-8?B?VGVs?= =?utf-8?B?ZWtvbQ==?= <t@acme.example>",
            "Telekom",
            "t@acme.example",
        ),
        ("From: jane@acme.example (Jane Roe)", "Jane Roe", "jane@acme.example"),
        ("From: 'Jane Roe' <jane@acme.example>", "Jane Roe", "jane@acme.example"),
        ("From: jane@acme.example <jane@acme.example>", "", "jane@acme.example"),
        ("From: ceo@acme.example <x@evil.example>", "ceo@acme.example", "x@evil.example"),
        ("From: =?utf-8?B?4?= <t@acme.example>", "=utf-8?B?4?=", "t@acme.example"),
        ("From: =?utf-8?q?Ann_Lee_<ann=40acme.example>?=", "Ann Lee", "ann@acme.example"),
        (
            "From: =?utf-8?q?Lee=2C_Zo=C3=AB_=3Czoe=40acme.example=3E?=",
            "Lee, Zoë",
            "zoe@acme.example",
        ),
        ("From: =?utf-8?q?ann=40acme.example?=", "", "ann@acme.example"),
        ("From: Lee, Ann <ann@acme.example>", "Lee, Ann", "ann@acme.example"),
        (
            "From: =?utf-8?q?M=C3=BCller,_Ann?= <ann@acme.example>",
            "Müller, Ann",
            "ann@acme.example",
        ),
        ("From: Müller, Ann <ann@acme.example>", "Müller, Ann", "ann@acme.example"),
        ("From: Acme, Inc. <jobs@acme.example>", "Acme, Inc.", "jobs@acme.example"),
    ],
)
def test_senders_are_decoded(field: str, name: str, email: str) -> None:
    """Names in every spelling, and the address in lower case."""
    found = parse(f"{field}\nDate: Mon, 5 Jan 2026 10:00:00 +0100\n\nx".encode())
    assert found.from_ == Address(name, email)


def test_names_with_commas_stand_in_lists() -> None:
    """A comma before no address belongs to the name after it, in a list of recipients too."""
    found = mail("To: a@acme.example, Lee, Ann <ann@acme.example>, <b@acme.example>\n")
    assert found.to == (
        Address("", "a@acme.example"),
        Address("Lee, Ann", "ann@acme.example"),
        Address("", "b@acme.example"),
    )


@pytest.mark.parametrize(
    ("value", "offset"),
    [
        ("Mon, 5 Jan 2026 10:00:00 +0100", timedelta(hours=1)),
        ("Mon, 5 Jan 2026 10:00:00 +0545", timedelta(hours=5, minutes=45)),
        ("5 Jan 2026 10:00 EST", timedelta(hours=-5)),
        ("Mon, 5 Jan 2026 9:05:00 +0200", timedelta(hours=2)),
        ("2026-01-05T10:00:00+01:00", timedelta(hours=1)),
    ],
)
def test_dates_keep_the_offset_of_the_sender(value: str, offset: timedelta) -> None:
    """Standard, obsolete and clear wrong dates, each with its own offset."""
    found = parse(f"From: a@b.example\nDate: {value}\n\nx".encode())
    assert found.date is not None
    assert found.date.utcoffset() == offset


@pytest.mark.parametrize(
    "value",
    [
        "Mon, 5 Jan 2026 10:00:00",
        "yesterday",
        "Mon, 30 Feb 2026 10:00:00 +0000",
        "Thu, 1 Jan 1970 00:00:00 +0000",
        "Mon, 5 Jan 3026 10:00:00 +0000",
        "Mon, 5 Jan 2026 10:00:00 +9900",
    ],
)
def test_a_date_that_names_no_instant_is_none(value: str) -> None:
    """Without a zone, or nonsense: no date, and a problem that quotes it."""
    found = parse(f"From: a@b.example\nDate: {value}\n\nx".encode())
    assert found.date is None
    assert any("date" in problem for problem in found.problems)


def test_thread_ids_lose_brackets_and_folding() -> None:
    """Message-ID, In-Reply-To and References as bare ids, nearest ancestor first."""
    found = mail(
        "Message-ID: <c@acme.example>\nIn-Reply-To: <b@beck.example>\n"
        "References: <a@acme.example>\n <b@beck.example>\n"
    )
    assert found.thread.message_id == "c@acme.example"
    assert found.thread.ancestors == ("b@beck.example", "a@acme.example")


def test_line_breaks_never_reach_an_id() -> None:
    """CR and LF in a decoded Message-ID would be a second IMAP command."""
    found = mail("Message-ID: =?utf-8?q?=3Ca=0D=0Ax_LOGOUT=40b=3E?=\n")
    assert "\n" not in (found.thread.message_id or "") + found.headers["message-id"][0]


def test_control_characters_are_dropped() -> None:
    """No NUL, no escape, no direction override in what others read."""
    found = mail("Subject: =?utf-8?q?a=00=1b=5B31mb=E2=80=AEc?=\n", "x\x1b[2Jy\u200bz")
    assert found.subject == "a[31mbc"
    assert found.text == "x[2Jyz"


def test_flowed_lines_are_joined() -> None:
    """format=flowed (RFC 3676): soft breaks go, quotes and the signature mark stay."""
    found = mail(
        "Content-Type: text/plain; format=flowed\n",
        "We would like \nto meet you.\n> an old \n> line\n-- \nJane",
    )
    assert found.text == "We would like to meet you.\n> an old line\n-- \nJane"


def test_the_servers_word_is_kept_with_its_author() -> None:
    """Authentication-Results by the server that wrote them, topmost first."""
    found = mail("Authentication-Results: MX.beck.example 1; dmarc=pass header.from=acme.example\n")
    assert found.auth_results[0].authserv_id == "mx.beck.example"


def test_an_inline_ics_file_is_a_calendar() -> None:
    """An octet-stream with the right name is an invitation all the same."""
    found = mail(
        'Content-Type: application/octet-stream; name="talk.ics"\n',
        "BEGIN:VCALENDAR\nEND:VCALENDAR",
    )
    assert len(found.calendars) == 1


def test_the_html_part_wins_where_the_plain_one_says_nothing() -> None:
    """An empty plain alternative yields."""
    found = mail(
        "Content-Type: multipart/alternative; boundary=b\n",
        "--b\nContent-Type: text/plain\n\n \n--b\nContent-Type: text/html\n\n<p>Hi <b>Sam</b></p>\n--b--\n",
    )
    assert found.text == "Hi Sam"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b"\n\n\n", "empty"),
        (b"no header at all", "header"),
        (HEADER + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nhalf", "cut off"),
        (HEADER + b"Content-Type: multipart/mixed; boundary=b\n\nno parts", "missing"),
        (HEADER + b"Content-Type: multipart/encrypted; boundary=b\n\n--b\n\nx\n--b--", "encrypted"),
        (HEADER + b"\nSch\xf6n", "character set"),
        (HEADER + b"\nnul\x00", "NUL"),
        (b"Date: Mon, 5 Jan 2026 10:00:00 +0100\n\nx", "from"),
        (b"From: a@b.example\n\nx", "date"),
        (b"From: @@@\nDate: Mon, 5 Jan 2026 10:00:00 +0100\n\nx", "address"),
        (b"From: a@b.example, c@d.example\nDate: Mon, 5 Jan 2026 10:00:00 +0100\n\nx", "author"),
    ],
)
def test_what_is_lost_is_named(data: bytes, word: str) -> None:
    """A mangled message has its trouble in plain words."""
    assert any(word in problem for problem in parse(data).problems)


def _nested(depth: int) -> bytes:
    parts = (
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (i, i) for i in range(depth)
    )
    return HEADER + b"".join(parts) + b"\nhi"


@pytest.mark.parametrize(
    "data",
    [
        _nested(2_000),
        _nested(25) + b"\nx" * 50_000,
        HEADER + b'Content-Type: text/plain; charset="a\x00b"\n\nhi \xff',
        HEADER + b"To: " + b"(" * 30_000 + b"\n\nx",
        HEADER + b"To: " + b"a@b.example, " * 10_000 + b"\n\nx",
        HEADER + b"".join(b"X-%d: y\n" % i for i in range(20_000)) + b"\nx",
        HEADER + b"Subject: " + b"=?utf-8?q?a?= " * 8_000 + b"\n\nx",
        HEADER + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 50_000,
        HEADER + b"Content-Type: text/html\n\n" + b"<div>" * 20_000,
        HEADER
        + b"Content-Type: text/html\n\n<p "
        + b"".join(b"a%d=b " % i for i in range(15_000))
        + b">",
        HEADER + b"Content-Type: text/plain; format=flowed\n\n" + b"a \n" * 30_000,
    ],
)
def test_bombs_take_no_time(data: bytes) -> None:
    """Depth, counts and lengths are cut before they cost anything."""
    parse(data)
    assert steps(lambda: parse(data)) < 1_000_000


def test_deep_parts_of_many_lines_are_read_in_their_beginning() -> None:
    """The library asks each line whether it ends one of the parts around it; few parts have all."""
    deep, few = parse(_nested(25) + b"\nx" * 50_000), parse(_nested(4) + b"\nx" * 50_000)
    assert deep.text.startswith("hi\nx")
    assert deep.text.count("x") < 10_000
    assert any("lines were read" in problem for problem in deep.problems)
    assert few.text.count("x") == 50_000


def test_a_subject_and_a_name_end_where_no_line_of_a_header_goes_on() -> None:
    """What is left out of a subject is said; a name is only shown."""
    sender = b'From: "' + b"Jane " * 5_000 + b'" <jane@acme.example>\n'
    found = parse(sender + b"Subject: " + b"Interview " * 5_000 + b"\n\nx")
    assert found.subject == ("Interview " * 5_000)[:MAX_SUBJECT]
    assert found.from_ == Address(("Jane " * 5_000)[:MAX_NAME], "jane@acme.example")
    assert any("subject" in problem for problem in found.problems)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=2_000))
def test_any_bytes_will_do(data: bytes) -> None:
    """Nothing raises, and what comes out is fit for a terminal and for JSON."""
    found = parse(HEADER + data)
    assert found.size == len(HEADER) + len(data)
    assert found.date == datetime(2026, 1, 5, 9, tzinfo=UTC)
    found.text.encode("utf-8")
    assert "\x00" not in found.text + found.subject
