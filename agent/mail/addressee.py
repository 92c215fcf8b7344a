"""Names that are those of whom a mail is written to, which are no employer's."""

from dataclasses import replace

from agent.mail.firms import Firm
from agent.mail.message import ParsedMail
from agent.mail.runs import JOINERS
from agent.mail.spelling import squash


def beside_user(firm: Firm, mail: ParsedMail) -> Firm | None:
    """A name without the user's own before it: "Miguel Santos and Tallow & Tree"; else None."""
    for to in mail.to[:20]:
        own = tuple(to.name.split())
        rest = firm.words[len(own) + 1 :]
        joined = len(own) > 1 and firm.words[: len(own)] == own and rest
        if joined and firm.words[len(own)] in JOINERS and rest[0][:1].isupper():
            return replace(firm, name=" ".join(rest), words=rest)
    return None if _addressed(firm, mail) else firm


def _addressed(firm: Firm, mail: ParsedMail) -> bool:
    """Whether a name is that of whom the mail is written to: "Acme interview - Owen A."."""
    greeted = _called(tuple(firm.name.split()), mail)  # "Maeve" of "Hi Maeve are you free"
    return greeted or _called(firm.words, mail)


def _called(words: tuple[str, ...], mail: ParsedMail) -> bool:
    """Whether words are the name of whom the mail is written to, or begin with it."""
    first, *rest = (squash(word) for word in words)
    whole = squash(" ".join(words))
    for to in mail.to:
        given, *names = (squash(word) for word in to.name.split() or [""])
        called = (
            bool(given)
            and first == given
            and all(n[:1] in {r[:1] for r in names} for n in rest[:1])
        )
        if (called and len(rest) < 2) or (names and squash(to.name) in whole):
            return True
    return False
