"""Files on a message: what somebody attached, and nothing else."""

from email.message import EmailMessage

from agent.mail.enclosed import MAX_FILE, files_in


def mail(*files: tuple[str, bytes]) -> EmailMessage:
    made = EmailMessage()
    made["From"] = made["To"] = "me@home.example"
    made.set_content("the slides, for Raj")
    for name, data in files:
        made.add_attachment(data, maintype="application", subtype="pdf", filename=name)
    return made


def test_files_come_out_whole() -> None:
    """With their names in any script."""
    kept, left_out = files_in(mail(("Röadmap.pdf", b"\x00%PDF"), ("b.pdf", b"b")).as_bytes())
    assert [(f.name, f.kind, f.data) for f in kept] == [
        ("Röadmap.pdf", "application/pdf", b"\x00%PDF"),
        ("b.pdf", "application/pdf", b"b"),
    ]
    assert left_out == ()


def test_a_picture_in_the_signature_is_no_file() -> None:
    """It is shown inside the text, by its Content-ID."""
    made = mail()
    made.add_attachment(
        b"png",
        maintype="image",
        subtype="png",
        filename="logo.png",
        disposition="inline",
        cid="<a@b>",
    )
    assert files_in(made.as_bytes()) == ((), ())


def test_what_is_too_large_or_too_many_is_named() -> None:
    """And the others are kept."""
    kept, left_out = files_in(mail(("big.pdf", b"x" * (MAX_FILE + 1)), ("b.pdf", b"b")).as_bytes())
    assert [f.name for f in kept] == ["b.pdf"]
    assert left_out == ("big.pdf is larger than 10 MB",)
    kept, left_out = files_in(mail(*((f"{n}.pdf", b"x") for n in range(9))).as_bytes())
    assert (len(kept), len(left_out)) == (8, 1)


def test_a_name_with_a_path_is_a_name() -> None:
    """No file leaves the folder that it is put into."""
    (file,), _ = files_in(mail(("../../.bashrc", b"x")).as_bytes())
    assert file.name == "bashrc"


def test_bytes_that_are_no_mail_hold_no_files() -> None:
    """Nothing raises."""
    assert files_in(b"\xff\x00 --a\r\n") == ((), ())
