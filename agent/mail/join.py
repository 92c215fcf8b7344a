"""Where one joins a talk: the video link, or the number to dial."""


def join_link(text: str) -> str | None:
    """The first link in a text by which one joins a video call, or None."""
    return None


def dial_in(text: str) -> str | None:
    """The telephone number, with its PIN, by which one joins a call, or None."""
    return None
