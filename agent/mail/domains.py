"""Domains: who registered them, who gives mailboxes away, and which pretend to be another.

No public suffix list: the second levels under which countries register are a short list of
our own, enough for the countries where it is usual. What is missing counts one level short
("example" of acme.example.xx), which makes two domains of one owner look apart, never
two owners one.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, MutableSet
from dataclasses import dataclass
from functools import lru_cache

FREE_MAIL = frozenset(
    "gmail.com googlemail.com outlook.com hotmail.com hotmail.co.uk hotmail.fr hotmail.de hotmail.es hotmail.it "
    "live.com live.co.uk live.fr live.de live.nl msn.com outlook.de outlook.fr outlook.es yahoo.com yahoo.co.uk "
    "yahoo.co.in yahoo.de yahoo.fr yahoo.es yahoo.it yahoo.com.br yahoo.ca yahoo.com.au ymail.com rocketmail.com "
    "aol.com aim.com icloud.com me.com mac.com gmx.com gmx.de gmx.net gmx.at gmx.ch gmx.fr web.de t-online.de "
    "freenet.de arcor.de posteo.de mailbox.org mail.de proton.me protonmail.com protonmail.ch pm.me tutanota.com "
    "tuta.io tuta.com mail.com email.com usa.com fastmail.com fastmail.fm hushmail.com zoho.com zohomail.com "
    "yandex.com yandex.ru mail.ru inbox.ru list.ru bk.ru rambler.ru qq.com 163.com 126.com sina.com foxmail.com "
    "naver.com daum.net hanmail.net rediffmail.com orange.fr wanadoo.fr free.fr laposte.net sfr.fr bbox.fr "
    "libero.it virgilio.it tiscali.it alice.it tin.it terra.com.br uol.com.br bol.com.br ig.com.br ziggo.nl "
    "kpnmail.nl planet.nl telenet.be skynet.be bluewin.ch wp.pl o2.pl onet.pl interia.pl op.pl gazeta.pl poczta.fm "
    "seznam.cz btinternet.com sky.com virginmedia.com talktalk.net comcast.net verizon.net att.net sbcglobal.net "
    "cox.net charter.net earthlink.net bellsouth.net shaw.ca rogers.com bigpond.com optusnet.com.au xtra.co.nz".split()
)

_SECOND_LEVELS = frozenset(
    "ac co com edu gob gov govt gouv gv id ltd me mil ne net nhs nom or org plc sch web".split()
)
_US_LEVELS = frozenset("k12 cc tec lib".split())  # before a state and "us" (RFC 1480, 2.6)
# Hosts under which strangers register names of their own.
_SHARED_HOSTS = frozenset(
    "github.io gitlab.io herokuapp.com netlify.app vercel.app pages.dev web.app firebaseapp.com appspot.com "
    "blogspot.com wordpress.com azurewebsites.net cloudfront.net onmicrosoft.com myshopify.com wixsite.com".split()
)
# Letters and pairs that are read as another letter (after Unicode's confusables, UTS 39).
_READ_AS = str.maketrans(
    {
        "0": "o", "1": "l", "i": "l", "3": "e", "5": "s", "4": "a", "7": "t", "8": "b", "9": "g", "|": "l",
        "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "і": "l", "ј": "j", "ѕ": "s",
        "ԁ": "d", "ɡ": "g", "ո": "n", "հ": "h", "к": "k", "м": "m", "т": "t", "в": "b", "н": "h",
        "α": "a", "ο": "o", "ν": "v", "ρ": "p", "ι": "l", "κ": "k", "τ": "t", "υ": "u", "ı": "l", "ł": "l", "ß": "b",
    }
)  # fmt: skip
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("nn", "m"))
_SHORTEST = 5  # letters of a name that may be called one edit away; "aon" and "axon" are two firms
_LONGEST = 63  # letters of a label (RFC 1035, 2.3.4)
_SAME_ENDING = ({"com", "co", "cm", "om", "corn"},)
_LATIN = re.compile(r"[a-z0-9.-]*")


@lru_cache(maxsize=1024)  # one mail's few domains are asked about thirty times
def registrable(domain: str) -> str:
    """The domain somebody registered: "mail.acme.co.uk" gives "acme.co.uk". Lower case."""
    labels = [label for label in domain.lower().strip(".").split(".") if label]
    if ".".join(labels[-2:]) in _SHARED_HOSTS:
        return ".".join(labels[-3:])
    if len(labels) > 3 and (
        ".".join(labels[-2:]) == "sch.uk" or (labels[-3] in _US_LEVELS and labels[-1] == "us")
    ):
        return ".".join(labels[-4:])  # "trewint.cornwall.sch.uk", "dunmore.k12.oh.us"
    country = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVELS
    return ".".join(labels[-3:] if country else labels[-2:])


def is_free_mail(domain: str) -> bool:
    """Whether anybody can open a mailbox at a domain."""
    return domain.lower() in FREE_MAIL


def main_label(domain: str) -> str:
    """The name in a domain: "acme" of "mail.acme.co.uk"."""
    return registrable(domain).partition(".")[0]


def readable(domain: str) -> str:
    """A domain with its punycode labels spelled out, where they can be."""
    labels = []
    for label in domain.lower().split("."):
        try:
            labels.append(
                label.encode("ascii").decode("idna") if label.startswith("xn--") else label
            )
        except UnicodeError:
            labels.append(label)
    return ".".join(labels)


def mixes_alphabets(domain: str) -> bool:
    """Whether one label has Latin letters and letters of an alphabet that looks like it."""
    for label in readable(domain).split("."):
        if _LATIN.fullmatch(label):
            continue
        scripts = {
            unicodedata.name(each, "?").partition(" ")[0] for each in label if each.isalpha()
        }
        if "LATIN" in scripts and scripts & {"CYRILLIC", "GREEK", "ARMENIAN"}:
            return True
    return False


def looks_like(domain: str, known: str) -> bool:
    """Whether a domain is another than a known one and would be read as it.

    Either its letters are confusable with those of the known one, or it is one slip away
    (a letter more, less, other, or two changed about), or .co stands for .com.
    """
    one, other = _shape(domain), _shape(known)
    if not one.whole or not other.whole or one.whole == other.whole:
        return False
    if one.name == other.name:
        return any(one.ending in group and other.ending in group for group in _SAME_ENDING)
    if one.skeleton == other.skeleton:
        return True
    same_place = one.ending == other.ending
    return same_place and len(other.name) >= _SHORTEST and _one_slip(one.name, other.name)


@dataclass(frozen=True, slots=True)
class _Shape:
    """A registered domain, in readable letters: its name, its ending, and what the name looks like."""

    whole: str
    name: str
    ending: str
    skeleton: str


@lru_cache(maxsize=8192)
def _shape(domain: str) -> _Shape:
    """Kept, because each mail's sender is held against years of employers."""
    whole = registrable(readable(domain))
    name, _, ending = whole.partition(".")
    return _Shape(whole, name, ending, _skeleton(name))


def _skeleton(name: str) -> str:
    for pair, single in _PAIRS:
        name = name.replace(pair, single)
    folded = unicodedata.normalize("NFKD", name)
    return "".join(each for each in folded if not unicodedata.combining(each)).translate(_READ_AS)


def _one_slip(one: str, other: str) -> bool:
    """Whether two names differ by one insertion, deletion, substitution or swap of neighbours."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1 or len(other) > _LONGEST:
        return False
    start = 0
    while start < len(one) and one[start] == other[start]:
        start += 1
    if len(one) < len(other):
        return one[start:] == other[start + 1 :]
    swapped = one[start + 1 : start + 2] + one[start : start + 1] + one[start + 2 :]
    return one[start + 1 :] == other[start + 1 :] or swapped == other[start:]


class KnownDomains(MutableSet[str]):
    """The registrable domains of employers, filed by what another must share to be read as one.

    Over years of employers the sender of each mail is held against the few that come into
    question: a replay of ten years took 15 s to compare each with all.
    """

    def __init__(self, domains: Collection[str] = ()) -> None:
        self._all: set[str] = set()
        self._filed: dict[str, set[str]] = {}
        for domain in domains:
            self.add(domain)

    def __contains__(self, domain: object) -> bool:
        return domain in self._all

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def add(self, value: str) -> None:
        """One more employer's domain."""
        if value not in self._all:
            self._all.add(value)
            for key in _likenesses(value):
                self._filed.setdefault(key, set()).add(value)

    def discard(self, value: str) -> None:
        """No longer an employer's."""
        self._all.discard(value)
        for key in _likenesses(value):
            self._filed.get(key, set()).discard(value)

    def near(self, domain: str) -> set[str]:
        """Every known domain that this one `looks_like`, and a few others."""
        return set().union(*(self._filed.get(key, ()) for key in _likenesses(domain)))


def _likenesses(domain: str) -> Iterator[str]:
    """What two domains have one of in common where one is read as the other (`looks_like`).

    Their skeletons are the same, or their names are once a letter, which one slip changed, is
    left out of either or both.
    """
    shape = _shape(domain)
    yield f"~{shape.skeleton}"
    yield shape.name
    if len(shape.name) <= _LONGEST:
        yield from (shape.name[:at] + shape.name[at + 1 :] for at in range(len(shape.name)))
