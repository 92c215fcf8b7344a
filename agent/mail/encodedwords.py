"""Header text: raw 8-bit bytes and RFC 2047 encoded words become characters. Never raises."""

from email.errors import HeaderParseError
from email.header import decode_header

from agent.mail.characters import Decoded, decode, one_line

MAX_VALUE = 32_000


def repair(raw: str) -> Decoded:
    """A field value as the standard library keeps it, with its raw 8-bit bytes made text.

    The parser keeps such bytes as lone surrogates; most are UTF-8 (RFC 6532), which is no
    problem; the others are guessed at, which is one.
    """
    raw = raw[:MAX_VALUE]
    if raw.isascii():
        return Decoded(raw)
    try:
        return decode(raw.encode("ascii", "surrogateescape"), None)
    except UnicodeEncodeError:
        return Decoded(raw)  # text already


def decode_words(value: str) -> Decoded:
    """The characters of an unstructured field (RFC 2047, 6.1), on one line."""
    if "=?" not in value and value.isascii():
        return Decoded(one_line(value[:MAX_VALUE]))
    repaired = repair(value)
    text, problem = repaired.text, repaired.problem
    if "=?" not in text:
        return Decoded(one_line(text), problem)
    # Folding inside an encoded word is wrong and common; a break there means nothing.
    text = text.replace("\r\n", "").replace("\n", "").replace("\r", "")
    try:
        chunks = decode_header(text)
    except (HeaderParseError, ValueError, LookupError):
        return Decoded(one_line(text), problem or "an encoded word is mangled")
    pieces: list[str] = []
    for data, charset in chunks:
        piece = _chunk(data, charset)
        pieces.append(piece.text)
        problem = problem or piece.problem
    return Decoded(one_line("".join(pieces)), problem)


def _chunk(data: bytes | str, charset: str | None) -> Decoded:
    if isinstance(data, str):
        return Decoded(data)
    if charset is None:  # the text between encoded words, in the library's own escaping
        return Decoded(data.decode("raw-unicode-escape", "replace"))
    return decode(data, charset)
