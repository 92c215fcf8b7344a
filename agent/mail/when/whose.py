"""Whose calendar a mail goes by: the country of who wrote it.

Working days skip the holidays of the sender's country, and 3/4 is written in its order. What
tells the country is the letter's language and the offset of the sender's clock; where these
fit the user's own country, it is that one. UTC tells nothing, as machines write in it, unless the
words are British: then it is London's clock in winter.
"""

from datetime import datetime, timedelta

from agent.mail.when.zones import zone_info

# Where a language is written; the first where nothing else is known.
_SPOKEN = {
    "de": ("DE", "AT", "CH", "LI", "LU"),
    "fr": ("FR", "BE", "CH", "LU", "CA"),
    "es": ("ES", "MX", "AR", "CO", "CL", "PE", "UY", "US"),
    "nl": ("NL", "BE"),
    "pt": ("PT", "BR"),
    "it": ("IT", "CH"),
    "pl": ("PL",),
}
# Minutes east of a clock, and the country where English is written by it.
_ENGLISH = {
    **dict.fromkeys((-240, -300, -360, -420, -480), "US"),
    330: "IN",
    480: "SG",
    600: "AU",
    660: "AU",
    720: "NZ",
    780: "NZ",
}


def country_of(
    anchor: datetime, zone: str, country: str, language: str, *, british: bool = False
) -> str:
    """The country (ISO 3166) of a mail sent at `anchor`, to a user of that zone and country.

    `british` is whether the mail's words are.
    """
    spoken = _SPOKEN.get(language)
    if spoken is not None:
        return country if country.upper() in spoken else spoken[0]
    offset = anchor.utcoffset() or timedelta()
    if (
        british
        and not offset
        and country not in _ZONES
        and _offset("Europe/London", anchor) == offset
    ):
        return "GB"
    if not offset or offset in (_offset(zone, anchor), _offset(_ZONES.get(country, ""), anchor)):
        return country
    if offset == _offset("Europe/London", anchor):
        return "GB"
    return _ENGLISH.get(int(offset.total_seconds() // 60), country)


_ZONES = {"GB": "Europe/London", "IE": "Europe/Dublin"}


def zone_of(anchor: datetime, zone: str, language: str) -> str | None:
    """The IANA name of the zone that whoever wrote at `anchor` calls theirs, None for the user's own.

    It is one that goes by the offset of the sender's clock: where the language is written first.
    A machine's UTC says nothing; then the language does. None too where nothing tells.
    """
    offset = anchor.utcoffset()
    if offset == _offset(zone, anchor):
        return None
    spoken = _CLOCKS.get(language, ())
    elsewhere = _CLOCKS_ELSEWHERE if offset or not spoken else ()
    for name in (*spoken, *elsewhere):
        if _offset(name, anchor) == offset:
            return name
    return spoken[0] if spoken and not offset else None


# By which clocks a language is written; of those that agree now the first.
_CLOCKS: dict[str, tuple[str, ...]] = {
    "de": ("Europe/Berlin",),
    "fr": ("Europe/Paris", "America/Toronto"),
    "es": (
        "Europe/Madrid",
        "America/Mexico_City",
        "America/Bogota",
        "America/Argentina/Buenos_Aires",
        "America/Santiago",
    ),
    "nl": ("Europe/Amsterdam",),
    "pt": ("Europe/Lisbon", "America/Sao_Paulo"),
    "it": ("Europe/Rome",),
    "pl": ("Europe/Warsaw",),
}
_CLOCKS_ELSEWHERE: tuple[str, ...] = (
    "Europe/London",
    "Europe/Berlin",
    "Europe/Athens",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "Asia/Kolkata",
    "Asia/Singapore",
    "Australia/Sydney",
    "Pacific/Auckland",
)


def _offset(zone: str, when: datetime) -> timedelta | None:
    info = zone_info(zone) if zone else None
    return when.astimezone(info).utcoffset() if info else None
