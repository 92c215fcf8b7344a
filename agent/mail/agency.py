"""Who writes for a firm of others: recruiting agencies, and services that send on behalf.

An agency is known by its name and by what its people say.
"""

import re
from collections.abc import Iterable

from agent.lexicon import platform_of
from agent.lexicon.firms import firm_words, proposal_words, sender_words
from agent.lexicon.who import agency_words
from agent.mail.firms import Firm
from agent.mail.labels import label_of, relay_like
from agent.mail.letterhead import Letterhead
from agent.mail.machine import unattended
from agent.mail.mailboxes import is_desk
from agent.mail.message import Address
from agent.mail.shown import Shown, institutional
from agent.mail.spelling import aligned


def is_agency(sender: Address, signature: str = "", shown: Shown | None = None) -> bool:
    """Whether the sender is a recruiting agency, by its name and by what its people say.

    An employer's own talent team writes from the employer's domain, so titles say nothing here;
    and an address that nobody reads is a service's.
    """
    words = agency_words()
    own = platform_of(sender.email) is None  # "ziprecruiter" is a board of jobs
    if shown and shown.certain and institutional(shown.name) and is_desk(sender):
        relayed = relay_like(label_of(sender.domain))
        own = own and not (relayed and not words.names.search(shown.name))
    if own and not unattended(sender) and words.labels.search(label_of(sender.domain)):
        return True
    if words.desks.search(sender.name):
        return True
    if shown and shown.certain and words.names.search(shown.name):
        return True
    said = [each for each in words.says.finditer(signature) if not _of_a_title(each, signature)]
    return bool(said) and not _all_customers(said, signature)


def _all_customers(said: Iterable[re.Match[str]], text: str) -> bool:
    """Whether all clients that a text speaks of are the writer's customers: "we lost the client"."""
    customers = [found.span() for found in firm_words().customers.finditer(text)]
    return all(any(a < each.end() and each.start() < b for a, b in customers) for each in said)


def _of_a_title(found: re.Match[str], text: str) -> bool:
    """Whether the words of an agency are of something else: "the Client Services Associate"."""
    said, after = text[: found.end()], text[found.end() : found.end() + 2]
    return said.endswith(("Client", "Clients")) and after[:1] == " " and after[1:].isupper()


def consults(letter: Letterhead) -> bool:
    """Whether an agency's consultant signs, who is not "in the talent team at" the sender's firm."""
    if _agency_signs(letter):
        return True
    if not agency_words().titles.search(f"{letter.signature}\n{letter.text[-200:]}"):
        return False
    return not any(
        each.cue >= 2.0 and each.share == 1.0 and aligned(letter.label, each.words)
        for each in letter.named
    )


def _agency_signs(letter: Letterhead) -> bool:
    """Whether a consultant signs for what calls itself an agency: "Fenwick Marsh Recruitment"."""
    lines = f"{letter.text[-200:]}\n{letter.signature[:600]}"
    if not proposal_words().placers.search(lines):
        return False
    return any(
        agency_words().names.search(line) and aligned(letter.label, tuple(line.split()))
        for line in lines.splitlines()[-8:]
    )


def on_behalf(text: str, named: Iterable[Firm]) -> Iterable[Firm]:
    """The firms for whom a text says that it is sent: "Sent by Talos on behalf of Marrow & Pine"."""
    for said in sender_words().behalf.finditer(text):
        yield from (each for each in named if text.startswith(each.name, said.end()))
