"""The files that hang on a message, with their bytes; bounded, and never opened.

Only what the sender attached counts: no text, no calendar, no picture that a signature shows.
"""

from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from itertools import islice

from agent.mail.compose import Attachment, file_name
from agent.mail.encodedwords import decode_words

#: What one file, and all of one message, may weigh: more is refused by many servers.
MAX_FILE, MAX_FILES = 10 << 20, 8
_MAX_PARTS = 200


def files_in(data: bytes) -> tuple[tuple[Attachment, ...], tuple[str, ...]]:
    """(the files of a message, what was left out and why). Never raises."""
    kept: list[Attachment] = []
    left_out: list[str] = []
    try:
        found = list(_files(message_from_bytes(data)))
    except Exception:  # the parser gives up on what no program would send
        return (), ("its attachments could not be read",)
    for file in found:
        if len(file.data) > MAX_FILE:
            left_out.append(f"{file.name} is larger than {MAX_FILE >> 20} MB")
        elif len(kept) == MAX_FILES:
            left_out.append(f"{file.name} is one more than the {MAX_FILES} that a mail can hold")
        else:
            kept.append(file)
    return tuple(kept), tuple(left_out)


def _files(message: Message) -> Iterator[Attachment]:
    for part in islice(message.walk(), _MAX_PARTS):
        if part.is_multipart() or not _is_file(part):
            continue
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes) and payload:
            name = decode_words(part.get_filename() or "").text
            yield Attachment(file_name(name), part.get_content_type(), payload)


def _is_file(part: Message) -> bool:
    """Whether somebody attached it: named, and not shown inside the text."""
    if not part.get_filename():
        return False
    shown = part.get_content_disposition() == "inline" and part["Content-ID"] is not None
    return not shown or part.get_content_maintype() != "image"
