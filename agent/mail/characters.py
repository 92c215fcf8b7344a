"""Characters: what a reader can see of a text, and how bytes become text.

Control characters, bidirectional overrides and invisible padding never leave this
package: they can break a terminal, spoof a name, or hide a word from a pattern.
"""

import codecs
import re
from dataclasses import dataclass

# C0 without tab and line feed, C1, line and paragraph separators, soft hyphen, combining grapheme
# joiner, zero-width space, marks, bidirectional controls, word joiners, byte order mark, lone
# surrogates. The zero-width (non-)joiners stay: Persian and emoji are spelled with them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\ufeff\ud800-\udfff]"
)
_UNSEEN_ASCII = {code: None for code in (*range(0x20), 0x7F) if chr(code) not in "\t\n\r"}
_PADDING = re.compile("(?:[\u200c\u200d][ \xa0]{0,3}){2,}")

# What mail calls a character set, where Python knows it by another name or a superset is meant:
# the encoding standard (encoding.spec.whatwg.org) reads Latin-1 and ASCII as Windows-1252.
_SUPERSETS = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
}
_ALIASES = {
    "ks_c_5601-1987": "cp949",
    "x-sjis": "cp932",
    "x-euc-jp": "euc_jp",
    "x-gbk": "gb18030",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-8-e": "iso8859-8",
    "unicode-1-1-utf-7": "utf-7",
    "unicode": "utf-8",
    "utf8mb4": "utf-8",
    "x-mac-roman": "mac_roman",
    "x-unknown": "ascii",
    "unknown-8bit": "ascii",
    "default": "ascii",
}
# Codecs of Python's own that no mail means, some of them quadratic.
_NOT_FOR_MAIL = frozenset(
    {"punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, and in plain words what was wrong with its bytes ("" where nothing was)."""

    text: str
    problem: str = ""


def visible(text: str) -> str:
    """The text without characters that a reader cannot see; no-break spaces become spaces."""
    if text.isascii():
        return text if text.isprintable() else text.translate(_UNSEEN_ASCII)
    if "\u200c" in text or "\u200d" in text:
        text = _PADDING.sub(" ", text)
    text = _UNSEEN.sub("", text)
    return text.replace("\xa0", " ").replace("\u202f", " ").replace("\u2007", " ")


def one_line(text: str) -> str:
    """Visible text on a single line, without space at the ends."""
    return " ".join(visible(text.replace("\r", " ")).split())


def codec(charset: str) -> str | None:
    """The Python codec for a charset name as mail states it, or None where it is unknown."""
    name = charset.strip().strip("\"'").lower()
    if not name.isascii() or not name.isprintable():
        return None
    try:
        found = codecs.lookup(_ALIASES.get(name, name)).name
    except (LookupError, ValueError):
        return None
    if found in _NOT_FOR_MAIL:
        return None
    return _SUPERSETS.get(found, found)


def decode(data: bytes, charset: str | None) -> Decoded:
    """Bytes to text: by the stated charset, else as UTF-8, else as Western European."""
    known = codec(charset) if charset else None
    problem = ""
    if charset and known is None:
        problem = f"the character set {one_line(charset)[:40]!r} is unknown"
    elif known is not None and known != "cp1252":
        try:
            return Decoded(data.decode(known))
        except (UnicodeError, LookupError):
            problem = f"the text is not in the character set it states ({known})"
    try:
        return Decoded(data.decode("utf-8"), problem)
    except UnicodeDecodeError:
        guessed = data.decode("cp1252", "replace")
    if not problem and known is None:
        problem = "the text has 8-bit letters and states no character set"
    if problem:
        return Decoded(guessed, f"{problem}; read as Western European, so letters may be wrong")
    return Decoded(guessed)
