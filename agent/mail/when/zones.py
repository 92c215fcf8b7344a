"""Rules for time zones by name, abbreviation, offset or city, and local time made aware.

Abbreviations are read as the place whose clocks they name, in summer and winter
alike, since people write "EST" all year; where the letters say the other season,
the caller gets a doubt. An abbreviation of several places ("IST", "CST") is
settled by the user's country or the offset of the sender's clock.
"""

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from agent.mail.when.phrases import Phrase, Setting, Zone
from agent.mail.when.rules import Match, Rule
from agent.mail.when.vocabulary import ZoneWord

_LARGEST_OFFSET = 14 * 60


def named_zone(match: Match, setting: Setting) -> Phrase | None:
    """A zone by abbreviation, name or city, perhaps with "time" behind it."""
    atom = match.atom("zone")
    word = setting.words.zones[match.value("zone")]
    told = match.has("time") or match.preceded_by(
        "hourof", "time"
    )  # "Paris time", "heure de Paris"
    if word.kind == "told" and not told:
        return None
    kind = "name" if told and word.kind in ("city", "told") else word.kind
    small = not atom.text.isupper() and atom.low in setting.words.shy  # French "et" and "est"
    if word.kind == "abbreviation" and (small or not (atom.text.isupper() or _behind_time(match))):
        return None
    if word.abbreviation in ("Z",) and not atom.glued:
        return None
    if word.kind == "behind":  # "ore 15 italiane", "las 16:00 españolas"
        if not match.preceded_by("mm", "hour", "oclock", "hmark", "hourword"):
            return None
        kind = "name"
    if word.kind == "bracketed":
        if not _is_bracketed(match):
            return None
        kind = "whose"
    name = _place(word, setting)
    says = setting.words.offsets.get(word.abbreviation or "")
    return Zone(match.first, match.last, name, says=says, kind=kind, text=atom.text)


def _behind_time(match: Match) -> bool:
    """Whether am or pm, or minutes, stand right before: there "est" is a zone in small letters."""
    before = match.before
    return before is not None and ("ampm" in before.classes or "mm" in before.classes)


def _is_bracketed(match: Match) -> bool:
    """Whether a time in brackets stands right before: "(9am yours)"; "come at 9 here" is a place.

    So it is alone in brackets behind one: "16 Uhr (hier)".
    """
    before, after = match.before, match.after
    if before is not None and before.low in "([" and after is not None and after.low in ")]":
        timed = match.look(-2)
        return timed is not None and any(name in timed.classes for name in _TIMED)
    if not match.preceded_by(*_TIMED):
        return False
    ahead = match.atoms[max(0, match.first - _IN_BRACKETS) : match.first]
    return any(atom.low in "([" for atom in ahead)


_TIMED = ("ampm", "mm", "hour", "oclock", "hmark", "hourword", "part")
_IN_BRACKETS = 6  # atoms from a bracket to the word behind its time: "(so 10:30 am"


def _place(word: ZoneWord, setting: Setting) -> str:
    """The IANA name, for abbreviations of several places by country and sender."""
    offset = setting.anchor.utcoffset() or timedelta()
    for zone, where in setting.words.ambiguous.get(word.abbreviation or "", {}).items():
        if (
            setting.country.upper() in where["countries"]
            or offset.total_seconds() // 60 in where["offsets"]
        ):
            return str(zone)
    return word.zone


def offset_zone(match: Match, setting: Setting) -> Phrase | None:
    """UTC+2, GMT-05:30, +01:00."""
    after = match.after
    if after is not None and ("ampm" in after.classes or (after.low == ":" and after.glued)):
        return None
    hours = match.value("hour") if match.has("hour") else match.value("hhmm") // 100
    minutes = match.maybe("mm") or (match.value("hhmm") % 100 if match.has("hhmm") else 0)
    offset = (60 * hours + minutes) * (-1 if match.has("-") else 1)
    if abs(offset) > _LARGEST_OFFSET:
        return None
    return Zone(match.first, match.last, _fixed_name(offset), offset, kind="offset")


def bare_offset(match: Match, setting: Setting) -> Phrase | None:
    """An offset that touches an ISO 8601 time: 14:00+01:00."""
    first, before = match.atoms[match.first], match.before
    if before is None or not first.glued or "mm" not in before.classes:
        return None
    if match.has("-") and not _is_iso(match):
        return None
    return offset_zone(match, setting)


def mail_offset(match: Match, setting: Setting) -> Phrase | None:
    """An offset as mail headers write it (RFC 5322, 3.3): "14:02 -0700"."""
    if match.atoms[match.first].glued or not match.preceded_by("mm", "ampm"):
        return None
    return offset_zone(match, setting)


def _is_iso(match: Match) -> bool:
    """Whether the time before follows a T."""
    start = max(0, match.first - 6)
    return any("T" in atom.classes for atom in match.atoms[start : match.first])


_HALVES = {
    330: "Asia/Kolkata",
    345: "Asia/Kathmandu",
    210: "Asia/Tehran",
    270: "Asia/Kabul",
    390: "Asia/Yangon",
    570: "Australia/Darwin",
    -210: "America/St_Johns",
    -570: "Pacific/Marquesas",
}


def _fixed_name(offset: int) -> str | None:
    """The IANA name of a fixed offset; Etc counts the other way round."""
    if offset % 60:
        return _HALVES.get(offset)
    hours = offset // 60
    return f"Etc/GMT{-hours:+d}" if hours and -12 <= hours <= 14 else ("UTC" if not hours else None)


def iana_zone(match: Match, setting: Setting) -> Phrase | None:
    """Europe/Berlin, as calendars write it."""
    name = match.atom("iana").text
    return Zone(match.first, match.last, name) if zone_info(name) else None


ZONE_RULES: tuple[Rule, ...] = (
    Rule("utc ~+|- ~hour [ ~: ~mm ]", offset_zone),
    Rule("utc +|- ~hour [ ~: ~mm ]", offset_zone),
    Rule("utc + hour", offset_zone),
    Rule("utc ~+|- ~hhmm", offset_zone),
    Rule("~+|- ~hour ~: ~mm", bare_offset),
    Rule("+|- ~hhmm", mail_offset),
    Rule("zone [ time ]", named_zone),
    Rule("zone / time", named_zone),
    Rule("iana [ time ]", iana_zone),
)


@lru_cache(maxsize=512)
def zone_info(name: str) -> ZoneInfo | None:
    """A zone of the tz database, or None where it has no such name."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def clock_of(zone: Zone | None, setting: Setting) -> tuple[tzinfo, str | None]:
    """The clock that a stated zone (or none) goes by, and the IANA name to report."""
    mine = zone_info(setting.zone) or UTC
    if zone is None or zone.name == "@user":
        return mine, None
    if zone.name == "@sender":
        theirs = zone_info(setting.senders) if setting.senders else None
        if theirs is not None:
            return theirs, setting.senders
        same = setting.anchor.utcoffset() == setting.anchor.astimezone(mine).utcoffset()
        return mine if same else setting.anchor.tzinfo or UTC, None
    info = zone_info(zone.name) if zone.name else None
    if info is not None:
        return info, zone.name
    return timezone(timedelta(minutes=zone.offset or 0)), None


def local_time(day: datetime, clock: tzinfo, zone: Zone | None) -> tuple[datetime, tuple[str, ...]]:
    """A local time made aware, with what is doubtful about it.

    A time that the clocks skip moves forward by the gap; one that comes twice is the
    first (PEP 495). `day` is naive.
    """
    first = day.replace(tzinfo=clock, fold=0)
    second = day.replace(tzinfo=clock, fold=1)
    before, behind = first.utcoffset() or timedelta(), second.utcoffset() or timedelta()
    doubts: list[str] = []
    if before < behind:
        shifted = (day + (behind - before)).replace(tzinfo=clock)
        doubts.append(f"the clocks skip {day:%H:%M} on {day:%Y-%m-%d}; read as {shifted:%H:%M}")
        first = shifted
    elif before > behind:
        doubts.append(f"{day:%H:%M} comes twice on {day:%Y-%m-%d}; read as the first")
    if (
        zone is not None
        and zone.says is not None
        and first.utcoffset() != timedelta(minutes=zone.says)
    ):
        doubts.append(
            f"{zone.text} is not in force on {day:%Y-%m-%d}; read as local time in {zone.name}"
        )
    return first, tuple(doubts)
