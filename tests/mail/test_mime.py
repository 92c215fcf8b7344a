"""From bytes to the tree of parts: by one pass over what keeps the rules, and the library else."""

from email import message_from_bytes

import pytest

from agent.mail.mime import Part, _divided, _of_library, read_header, read_tree
from tests.mail.steps import steps

PLAIN = b"From: a@b.example\nSubject: one\n two\n\nHello\n"
MIXED = b"""From: a@b.example
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="x y"

To be left out.
--x y
Content-Type: multipart/alternative; boundary=inner

--inner

Plain.

--inner
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable

<p>caf=C3=A9</p>
--inner--

--x y
Content-Type: application/pdf; name="a; b.pdf"
Content-Disposition: attachment
Content-Transfer-Encoding: base64

SGVsbG8=
--x y--
"""

Tree = tuple[str, bytes, str, tuple["Tree", ...]]


def shape(part: Part) -> Tree:
    """What a tree says, for comparing."""
    children = tuple(map(shape, part.children or ()))
    return part.kind, b"" if children else part.content(), part.file_name, children


@pytest.mark.parametrize("data", [PLAIN, MIXED], ids=["single", "nested"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"], ids=["LF", "CRLF"])
def test_both_ways_give_the_same_tree(data: bytes, end: bytes) -> None:
    """What is divided here is divided as the standard library does it."""
    data = data.replace(b"\n", end)
    divided = _divided(data, 0, len(data))
    assert divided is not None
    assert shape(divided) == shape(_of_library(message_from_bytes(data)))


def test_parts_are_decoded() -> None:
    """Containers, the default type, quoted-printable, base64 and a name with a semicolon in it."""
    alternatives, file = read_tree(MIXED).children or ()
    assert [shape(part)[:2] for part in alternatives.children or ()] == [
        ("text/plain", b"Plain.\n"),
        ("text/html", "<p>café</p>".encode()),
    ]
    assert (file.file_name, file.disposition.value, file.content()) == (
        "a; b.pdf",
        "attachment",
        b"Hello",
    )


@pytest.mark.parametrize(
    "data",
    [
        MIXED.replace(b"--x y--", b"--x y"),
        MIXED.replace(b"--inner\n", b"--other\n"),
        MIXED.replace(b"SGVsbG8=", b"SGVsbG8"),
        MIXED.replace(b"multipart/alternative", b"multipart/digest"),
        MIXED.replace(b"application/pdf", b"message/rfc822"),
        MIXED.replace(b"MIME-Version: 1.0", b"no field"),
        MIXED.replace(b"MIME-Version: 1.0", b"X: a\rb"),
        MIXED.replace(b'name="a; b.pdf"', b"name*=utf-8''caf%C3%A9.pdf"),
        PLAIN.replace(b"\n\n", b"\n"),
        PLAIN.replace(b"\n\n", b"\nContent-Type: multipart/mixed\n\n"),
        b"",
    ],
)
def test_what_breaks_a_rule_is_read_as_the_library_does(data: bytes) -> None:
    """Parts without an end, mangled headers, messages inside messages, names of RFC 2231."""
    assert shape(read_tree(data)) == shape(_of_library(message_from_bytes(data)))


def test_an_encoding_is_known_with_space_after_it() -> None:
    """ "base64 " is base64, by either way."""
    data = b"Content-Transfer-Encoding: base64 \n\nSGVsbG8=\n"
    assert read_tree(data).content() == b"Hello"
    assert _of_library(message_from_bytes(data)).content() == b"Hello"


def test_a_header_is_read_alone() -> None:
    """The fields as they were written, and nothing of what follows."""
    header = read_header(PLAIN)
    assert [(name, value.split()) for name, value in header.fields] == [
        ("From", ["a@b.example"]),
        ("Subject", ["one", "two"]),
    ]
    assert header.content() == b""


@pytest.mark.parametrize("sign", [";", "; ", ";a=b", ";a", ';a="', "; a*0*=utf-8''b"])
def test_no_more_parameters_are_looked_at_than_any_label_has(sign: str) -> None:
    """The library copies what is left of a label at each of them; the first ones are read."""
    label = b"Content-Type: application/pdf; name=cv.pdf"
    few, many = (label + sign.encode() * n + b"\n\nx" for n in (250, 5_000))
    assert read_tree(many).file_name == "cv.pdf"
    assert _steps(many) < 1.1 * _steps(few) + 20


def test_a_label_without_end_costs_little() -> None:
    """Fifty thousand parameters are hostile: the first thousands are looked at."""
    few, many = (b"Content-Type: text/html" + b"; " * n + b"\n\nx" for n in (5_000, 50_000))
    assert read_tree(many).kind == "text/html"
    assert _steps(many) < 1.1 * _steps(few) + 20


def _steps(data: bytes) -> int:
    """How many calls and returns the file name and the kind of a part take."""

    def look() -> None:
        part = read_tree(data)
        assert part.kind
        assert part.file_name is not None

    return steps(look)
