"""Which mail is plainly not about a job, told before its sentences are read.

Most of what comes in is written by machines and to lists: shops, news, receipts. Where such a
mail has no word that belongs to a search for a job, in any language that we know, nothing in it
is worth a closer look. What a person writes to the user is never set aside: an interview need not
be called one.
"""

from collections.abc import Collection
from functools import lru_cache

from agent.domain.facts import Evidence
from agent.lexicon import platform_of
from agent.lexicon.shipped import shipped
from agent.mail.domains import registrable
from agent.mail.machine import automatic_answer, delivery_report, to_many, unattended
from agent.mail.message import Identity, ParsedMail

MOST = 20_000  # characters that are looked at; what is longer is read


def set_aside(
    mail: ParsedMail, identity: Identity, known_domains: Collection[str]
) -> Evidence | None:
    """Why a mail is plainly none about a job; None where it has to be read.

    `known_domains` are those of employers that the user deals with: what they send is read.
    """
    sender = mail.from_
    if not (to_many(mail) or unattended(sender)) or mail.calendars or len(mail.text) > MOST:
        return None
    if identity.owns(sender.email) or platform_of(sender.email) is not None:
        return None
    if registrable(sender.domain) in known_domains:
        return None
    if automatic_answer(mail) or delivery_report(mail):
        return None
    words = f"{sender.name} {sender.email} {mail.subject}\n{mail.text}".lower()
    if any(piece in words for piece in _pieces()):
        return None
    sent = "a list's mail" if to_many(mail) else "a machine's mail"
    return Evidence(f"{sent} without a word of jobs", mail.subject[:160])


@lru_cache(maxsize=1)
def _pieces() -> tuple[str, ...]:
    """The pieces of every language, the commonest first: those of English."""
    return tuple(dict.fromkeys(" ".join(shipped("triage").values()).split()))
