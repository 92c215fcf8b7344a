"""Names of time zones as calendars write them, to IANA names.

Known are the IANA names (old ones give the name in use), Windows names ("W. Europe Standard
Time"), what Windows shows ("(UTC-05:00) Eastern Time (US & Canada)"), vendors' prefixes
("/mozilla.org/20050126_1/Europe/Berlin") and cities. Never a guess from an offset.
"""

import re
from datetime import timedelta, timezone
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from agent.lexicon.shipped import shipped

_OFFSET_SHOWN = re.compile(r"\s{0,3}\((?:UTC|GMT)[^()]{0,12}\)\s{0,3}", re.I)
_OFFSET_ONLY = re.compile(r"\(?(?:UTC|GMT)?\s?([+−-])(\d{1,2}):?(\d\d)?\)?$", re.I)
_COUNTED = re.compile(r"[ _-]\d{1,8}$")  # "Europe/Berlin_1": a program that met the name twice
_CITIES_APART = re.compile(r"\s?[,;/]\s?")


@cache
def _table(name: str) -> dict[str, str]:
    table: dict[str, str] = shipped("zones")[name]
    return {key.lower(): zone for key, zone in table.items()}


@cache
def _known() -> dict[str, str]:
    """Every IANA name by its lower-case form."""
    names = resources.files("tzdata").joinpath("zones").read_text("utf-8").split()
    return {name.lower(): name for name in names}


@cache
def _windows() -> dict[str, str]:
    return {name.lower(): zone for name, zone in WINDOWS_TO_OLSON.items()}


@cache
def _cities() -> dict[str, str]:
    """The places of the IANA names: "new york" for America/New_York."""
    places = (name for name in _known().values() if "/" in name and not name.startswith("Etc/"))
    return {name.rpartition("/")[2].replace("_", " ").lower(): name for name in places}


def iana(name: str) -> str | None:
    """The IANA name in use for a zone's name as some calendar wrote it, None where not known."""
    cleaned = " ".join(name[:200].split()).strip("\"'/ ")
    for form in (cleaned, _COUNTED.sub("", cleaned), _without_offset(cleaned)):
        found = _lookup(form.lower())
        if found is not None:
            return _in_use(found)
    return None


def zone(name: str) -> ZoneInfo | None:
    """The zone for a name as some calendar wrote it, None where not known."""
    found = iana(name)
    return ZoneInfo(found) if found else None


def fixed_offset(name: str) -> timezone | None:
    """The offset that a name consists of ("UTC+2", "(GMT-05:30)"); None where it says more."""
    found = _OFFSET_ONLY.match(name.strip()[:20])
    if found is None:
        return None
    offset = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    if offset > timedelta(hours=15):
        return None
    return timezone(-offset if found[1] in "-−" else offset)


def _in_use(name: str) -> str:
    return _table("renamed").get(name.lower(), name)


def _lookup(form: str) -> str | None:
    if not form:
        return None
    for table in (_table("renamed"), _known(), _windows(), _table("shown")):
        if form in table:
            return table[form]
    return _by_ending(form) or _by_city(form)


def _by_ending(form: str) -> str | None:
    """The IANA name behind a vendor's prefix (RFC 5545, 3.2.19), the longest first."""
    parts = form.split("/")[-4:]
    endings = ("/".join(parts[start:]) for start in range(1, len(parts)))
    return next((_known()[e] for e in endings if "/" in e and e in _known()), None)


def _by_city(form: str) -> str | None:
    """The zone of the first city that has one; "Berlin" alone, or the list that Windows shows."""
    cities = _CITIES_APART.split(form)
    return next((_cities()[city] for city in cities if city in _cities()), None)


def _without_offset(name: str) -> str:
    return _OFFSET_SHOWN.sub("", name)
