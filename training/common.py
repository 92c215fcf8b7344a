"""Words that mails write in small letters: a capital alone makes no name of them.

    python -m training.common > agent/lexicon/common.txt

A word counts that stands in small letters in at least four of the mails and sentences written for
the project, and is no given name.
"""

import re
import sys
import textwrap
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from agent.lexicon.who import people_words
from agent.mail.parse import parse

_HERE = Path(__file__).parent
_WORD = re.compile(r"(?<![\w.@/'’-])([^\W\d_]{3,20})(?![\w@/’'-]|\.\w)")
_LEAST = 4  # texts that have a word
# Names of people that are words as well: either is as likely where they have a capital.
_NAMES_TOO = frozenset(
    "ace art autumn bill buddy charity chase clay dev drew grace grant guy holt hope joy kev luz mark max miles"
    " patience sue win avril frei klein lange bravo baker judge".split()
)
_HEAD = "# Made by `python -m training.common`: words that mails write in small letters.\n"


def main() -> int:
    """Print the words; 0 always."""
    seen: Counter[str] = Counter()
    for text in _texts():
        seen.update({word for word in _WORD.findall(text) if word.islower()})
    words = people_words()
    names = words.given | words.surnames | words.never | _NAMES_TOO
    kept = sorted(word for word, texts in seen.items() if texts >= _LEAST and word not in names)
    sys.stdout.write(_HEAD + textwrap.fill(" ".join(kept), 160, break_on_hyphens=False) + "\n")
    return 0


def _texts() -> Iterator[str]:
    """The texts of the mails, and every line of the sentences."""
    for path in sorted(_HERE.glob("mails/*/*.eml")):
        yield parse(path.read_bytes()).text[:6000]
    for folder in ("phrases", "short"):
        for path in sorted((_HERE / folder).rglob("*.txt")):
            yield from path.read_text(encoding="utf-8").splitlines()


if __name__ == "__main__":
    sys.exit(main())
