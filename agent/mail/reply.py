"""What a sender newly wrote, apart from quotes, signature and forwarded mail."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NewText:
    """The four portions of a message's text; each is "" where there is none."""

    text: str
    quoted: str = ""
    signature: str = ""
    forwarded: str = ""


def new_text(text: str) -> NewText:
    """Split a message's text into what is new and what is not."""
    return NewText(text=text)
