"""How far a sender can be taken to be who they say they are."""

from collections.abc import Collection

from agent.domain.facts import Trust, TrustLevel
from agent.mail.message import Identity, ParsedMail


def judge(
    mail: ParsedMail, text: str, identity: Identity, known_domains: Collection[str] = ()
) -> Trust:
    """The trust in a mail's sender; `known_domains` are those of employers the user deals with."""
    return Trust(TrustLevel.UNVERIFIED)
