"""`read`: one parsed mail to one `Reading`. THE road: explain, replay and the daemon take it.

Pure: no clock, no I/O. Never raises for anything a mail can hold; what cannot be
read is named in `Reading.problems`.
"""

from collections.abc import Collection

from agent.domain.facts import Kind
from agent.mail.message import Identity, ParsedMail, Reading
from agent.mail.reply import new_text
from agent.mail.trust import judge


def read(mail: ParsedMail, identity: Identity, known_domains: Collection[str] = ()) -> Reading:
    """Understand one mail.

    `known_domains` are the domains of employers that the user deals with already: a mail
    from one of them is more likely to be about a job, and a look-alike of one is suspicious.
    """
    text = new_text(mail.text).text
    return Reading(
        kind=Kind.OWN if identity.owns(mail.from_.email) else Kind.OTHER,
        confidence=0.5,
        evidence=(),
        company=None,
        role=None,
        interviews=(),
        people=(),
        decision_by=None,
        answer_by=None,
        reply_text=text,
        trust=judge(mail, text, identity, known_domains),
        problems=mail.problems,
    )
