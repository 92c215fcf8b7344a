"""In which country an employer works, as far as the mail tells: its public holidays count.

The zone that an interview is stated in says most; then the end of the address of whoever
writes. Where neither tells, it is taken to be the user's own.
"""

from functools import cache
from importlib import resources

from agent.domain.application import Application

#: Endings that are a country's, and are used by everybody.
_ANYBODYS = frozenset(
    "ac ag ai am as bz cc cd co dj eu fm gg gl im io la ly me ms mu nu pw sc sh so st tk to tv vc "
    "vg ws".split()
)
_CALLED = {"uk": "GB", "el": "GR"}


@cache
def country_of_zone(zone: str) -> str | None:
    """The ISO 3166 code of the country an IANA zone lies in, None for UTC and the like."""
    table = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return next((row[0] for row in rows if row[2] == zone), None)


def country_of_domain(domain: str) -> str | None:
    """The country whose ending a domain has, None for those that are open to all."""
    end = domain.rpartition(".")[2].lower()
    if len(end) != 2 or not end.isalpha() or end in _ANYBODYS:
        return None
    return _CALLED.get(end, end.upper())


def country_of(app: Application) -> str | None:
    """The country that the other side works in, None where nothing tells."""
    for talk in reversed(app.talks):
        if talk.interview.timezone and (country := country_of_zone(talk.interview.timezone)):
            return country
    contact = app.contact()
    email = contact.email if contact else None
    return country_of_domain(email.rpartition("@")[2]) if email else None
