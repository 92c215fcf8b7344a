"""Mail that lies in files."""

import io
from pathlib import Path

import pytest

from agent.adapters.archive import read_archive, read_stdin
from agent.errors import InputError

ONE = b"From: a@b.example\n\nfirst\n"
TWO = b"From: c@d.example\n\nFrom time to time.\n>From here on.\nsecond\n"
MBOX = (
    b"From a@b.example Mon Jan  5 10:00:00 2026\n" + ONE + b"\n"
    b"From MAILER-DAEMON Mon Jan  5 10:00:00 2026\n" + TWO.replace(b"\n>From", b"\n>>From") + b"\n"
)


def test_a_single_message(tmp_path: Path) -> None:
    """An .eml file is one message, named by its path."""
    path = tmp_path / "one.eml"
    path.write_bytes(ONE)
    assert list(read_archive(path)) == [(str(path), ONE)]


def test_an_empty_file_is_one_empty_message(tmp_path: Path) -> None:
    """Every input gets its answer."""
    path = tmp_path / "empty.eml"
    path.touch()
    assert list(read_archive(path)) == [(str(path), b"")]


def test_a_folder_goes_by_file_name(tmp_path: Path) -> None:
    """Only .eml files, in the order of their names."""
    for name in ("b.eml", "a.EML", "notes.txt"):
        (tmp_path / name).write_bytes(name.encode())
    assert [data for _, data in read_archive(tmp_path)] == [b"a.EML", b"b.eml"]


def test_a_folder_without_endings_is_taken_whole(tmp_path: Path) -> None:
    """Some programs save mails without .eml."""
    (tmp_path / "0001").write_bytes(ONE)
    assert list(read_archive(tmp_path)) == [(str(tmp_path / "0001"), ONE)]


def test_an_mbox_is_numbered_and_unquoted(tmp_path: Path) -> None:
    """Separators go, one guard before "From " goes, and prose that begins with From stays."""
    path = tmp_path / "mail.mbox"
    path.write_bytes(MBOX)
    assert list(read_archive(path)) == [
        (f"{path}#1", ONE),
        (f"{path}#2", TWO.replace(b">From", b">From")),
    ]


def test_a_message_with_an_mbox_line_is_one_message(tmp_path: Path) -> None:
    """An .eml that a program saved with its separator."""
    path = tmp_path / "saved.eml"
    path.write_bytes(MBOX)
    assert len(list(read_archive(path))) == 1


def test_a_maildir(tmp_path: Path) -> None:
    """cur and new, not tmp."""
    for folder, name in (("cur", "1:2,S"), ("new", "2"), ("tmp", "3")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_bytes(name.encode())
    assert [data for _, data in read_archive(tmp_path)] == [b"1:2,S", b"2"]


def test_standard_input() -> None:
    """One message, nothing, or an mbox."""
    assert list(read_stdin(io.BytesIO(ONE))) == [("-", ONE)]
    assert list(read_stdin(io.BytesIO(b""))) == [("-", b"")]
    assert [source for source, _ in read_stdin(io.BytesIO(MBOX))] == ["-#1", "-#2"]


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    """A path that does not exist, and a folder without mail."""
    with pytest.raises(InputError, match="does not exist"):
        list(read_archive(tmp_path / "missing"))
    with pytest.raises(InputError, match="holds no mail"):
        list(read_archive(tmp_path))


def test_what_cannot_be_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file and the reason, in one sentence."""
    path = tmp_path / "locked.eml"
    path.write_bytes(ONE)

    def refuse(*_: object, **__: object) -> object:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InputError, match=r"locked\.eml cannot be read: Permission denied"):
        list(read_archive(path))
