"""The rows of a form that tell when a talk begins and when it ends: "Start: 11:15", "End: 12:00"."""

from collections.abc import Sequence
from datetime import timedelta

from agent.mail.cues import Cues, plain
from agent.mail.when import TimeMention

_LABEL = 40  # characters of a label


def ends_form(text: str, mentions: Sequence[TimeMention], i: int, cues: Cues) -> bool:
    """ "Start: Thursday, 11:15\nEnd: Thursday, 12:00": whether a time is the end that a row of a form tells."""
    if not 0 < i < len(mentions):
        return False
    begins, ends = mentions[i - 1], mentions[i]
    line = text.rfind("\n", 0, ends.span[0]) + 1
    label, colon, _ = text[line : ends.span[0]].partition(":")
    if not colon or len(label) > _LABEL or not cues.starts("ending", plain(label).lstrip(" *•-|")):
        return False
    above = text[begins.span[1] : line].count("\n")
    return 0 < above <= _ROWS_ON and timedelta() < ends.start - begins.start <= _LONGEST_FORM


_ROWS_ON, _LONGEST_FORM = 2, timedelta(hours=8)
