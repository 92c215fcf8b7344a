"""By what a text only speaks of somebody (`spoken.toml`), compiled on first use."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from agent.lexicon.caseless import Caseless
from agent.lexicon.shipped import any_of, shipped


@dataclass(frozen=True, slots=True)
class SpokenWords:
    """What ends before the name of somebody who will not be met, and what begins behind it.

    `home` ends before the names of children and pets, who are met where `there` follows.
    """

    before: Caseless
    after: re.Pattern[str]
    home: Caseless
    there: Caseless


@lru_cache(maxsize=1)
def spoken_words() -> SpokenWords:
    """The table `spoken` of `spoken.toml`."""
    table = shipped("spoken")["spoken"]
    return SpokenWords(
        before=_before(table["before"]),
        after=re.compile(rf"(?i)(?:{table['apart']})?(?:{any_of(table['after'])})"),
        home=_before(table["home"]),
        there=Caseless(any_of(table["there"])),
    )


def _before(rows: Iterable[str]) -> Caseless:
    """What ends right before a name, or before the article of one."""
    return Caseless(rf"(?:^|[^\w])(?:{any_of(rows)})\s(?:(?:o|a|la|el|der|die|dem|den) )?$")
