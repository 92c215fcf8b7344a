"""Messages lying in files: .eml, folders of them, mbox, Maildir, standard input."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO


def read_archive(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield (source, raw bytes) of each message at `path`."""
    yield str(path), path.read_bytes()


def read_stdin(stream: BinaryIO) -> Iterator[tuple[str, bytes]]:
    """Yield the messages of a stream, named "-"."""
    yield "-", stream.read()
