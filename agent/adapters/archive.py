"""Messages lying in files: .eml, folders of them, mbox, Maildir, standard input.

Each message comes as (source, raw bytes); the source is the path as it was given, with
"#N" (from 1) for the Nth message of an mbox. Order: folders by file name, an mbox as it
lies. Raises InputError, one sentence that says what to do; nothing is ever written.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from agent.errors import InputError

# RFC 4155: "From ", the sender, and a date in asctime's form; a body line that only begins
# with "From " is not one. Programs differ in the date, so the time of day is what is asked for.
_SEPARATOR = re.compile(rb"From \S{1,300}.{0,80}\d\d:\d\d")
_BARE_SEPARATOR = re.compile(rb"From \S{1,300}\s{0,3}$")
_GUARDED = re.compile(rb"^>(>{0,20}From )", re.M)
_MAILDIR_FOLDERS = ("cur", "new")


def read_archive(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield every message at `path`: an .eml file, an mbox, a Maildir, or a folder of .eml files."""
    try:
        if path.is_dir():
            yield from _folder(path)
        elif not path.exists():
            raise InputError(f"{path} does not exist: name an .eml file, a folder, an mbox or -.")
        else:
            yield from _file(path)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError(f"{error.filename or path} cannot be read: {reason}.") from error


def read_stdin(stream: BinaryIO) -> Iterator[tuple[str, bytes]]:
    """Yield the message of a stream as "-", or those of an mbox as "-#N"."""
    first = stream.readline()
    if _is_separator(first):
        yield from _numbered("-", _mbox(chain([first], stream)))
    else:
        yield "-", first + stream.read()


def _folder(path: Path) -> Iterator[tuple[str, bytes]]:
    """A Maildir, or the .eml files of a folder and of those below it."""
    if any((path / name).is_dir() for name in _MAILDIR_FOLDERS):
        files = [f for name in _MAILDIR_FOLDERS for f in _visible_files(path / name)]
        for file in sorted(files, key=lambda f: f.name):
            yield str(file), file.read_bytes()
        return
    files = [f for f in path.rglob("*") if f.suffix.lower() == ".eml" and f.is_file()]
    # Some programs save mails without an ending; a folder that holds no .eml is taken whole.
    files = files or _visible_files(path)
    if not files:
        raise InputError(
            f"{path} holds no mail: no .eml file, and no cur or new folder of a Maildir."
        )
    for file in sorted(files):
        yield from _file(file)


def _visible_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return [f for f in folder.iterdir() if f.is_file() and not f.name.startswith(".")]


def _file(path: Path) -> Iterator[tuple[str, bytes]]:
    """One message, or an mbox, told by its first line; an .eml with such a line is one message."""
    with path.open("rb") as stream:
        first = stream.readline()
        if _is_separator(first) and path.suffix.lower() != ".eml":
            yield from _numbered(str(path), _mbox(chain([first], stream)))
        else:
            yield str(path), first + stream.read()


def _is_separator(line: bytes) -> bool:
    return bool(_SEPARATOR.match(line) or _BARE_SEPARATOR.match(line))


def _numbered(source: str, messages: Iterable[bytes]) -> Iterator[tuple[str, bytes]]:
    for number, message in enumerate(messages, start=1):
        yield f"{source}#{number}", message


def _mbox(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The messages of an mbox, without separators and with the guard before "From " undone."""
    message: list[bytes] = []
    begun, blank = False, True
    for line in lines:
        if blank and line.startswith(b"From ") and _is_separator(line):
            if begun:
                yield _unguarded(message)
            message, begun, blank = [], True, False
            continue
        message.append(line)
        blank = not line.strip(b"\r\n")
    if begun:
        yield _unguarded(message)


def _unguarded(lines: list[bytes]) -> bytes:
    """One message's bytes; the blank line before the next separator belongs to the mbox."""
    if lines and not lines[-1].strip(b"\r\n"):
        lines = lines[:-1]
    return _GUARDED.sub(rb"\1", b"".join(lines))
