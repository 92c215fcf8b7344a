"""Mail that no person wrote, or that no person will read the answer to.

Three things are told apart: an answer by a machine (RFC 3834: out of office; RFC 3464:
delivery reports), mail to many (RFC 2369 List- fields, Precedence), and an address
that nobody reads.
"""

import re
from functools import lru_cache

from agent.mail.message import Address, ParsedMail

_NO_REPLY = re.compile(
    r"^(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|donotreply|mailer[-_.]?daemon|postmaster|bounces?|notifications?"
    r"|notify|auto(?:mated|reply|-reply|confirm)?|alerts?|jobalerts?[-\w]*|system|daemon|[\w.]*[-+_.]no[-_.]?reply"
    r"|[\w.]+\+autoreply|[\w.]*\.sender|noreply[-\w.]*|digest|newsletter|mailer|updates?|invitations?|calendar-notification|dse"
    r"|(?:ne-?pas-?repondre|no-?responder|nao-?responda|non-?rispondere|nie-?odpowiadac|nicht-?antworten|niet-?beantwoorden)(?:[-.+].*)?)$"
)
_AUTO_FIELDS = (
    "x-autoreply",
    "x-autorespond",
    "x-auto-response-suppress-reply",
    "x-autoreply-from",
)


def automatic_answer(mail: ParsedMail) -> str | None:
    """Why a mail is a machine's answer, by its header fields; None where they do not say so.

    RFC 3834, 5: "auto-replied". "auto-generated" alone is no answer: applicant systems
    set it on every acknowledgement.
    """
    if (mail.header("auto-submitted") or "").strip().lower().startswith("auto-replied"):
        return "Auto-Submitted: auto-replied"
    for name in _AUTO_FIELDS:
        if mail.header(name):
            return f"{name}: {mail.header(name)}"
    if (mail.header("precedence") or "").strip().lower() == "auto_reply":
        return "Precedence: auto_reply"
    return None


def delivery_report(mail: ParsedMail) -> str | None:
    """Why a mail is a report about delivery (RFC 3464), or None."""
    content = mail.content_type.lower()
    if content.startswith("multipart/report"):
        return f"Content-Type: {content}"
    local = mail.from_.local.lower()
    if local in {"mailer-daemon", "postmaster"}:
        return f"From: {mail.from_.email}"
    if (mail.header("return-path") or "").strip() == "<>" and "deliver" in mail.subject.lower():
        return "Return-Path: <>"
    return None


def to_many(mail: ParsedMail) -> bool:
    """Whether a mail went out to a list."""
    if any(mail.header(name) for name in ("list-id", "list-post", "list-unsubscribe", "list-help")):
        return True
    return (mail.header("precedence") or "").strip().lower() in {"bulk", "list", "junk"}


def unattended(address: Address) -> bool:
    """Whether an address says that nobody reads what is sent to it."""
    return _nobody_reads(address.local)


@lru_cache(maxsize=512)  # a mail's sender is asked about nine times
def _nobody_reads(local: str) -> bool:
    return _NO_REPLY.match(local.lower()) is not None


def machine_sent(mail: ParsedMail) -> bool:
    """Whether no person answers at the sender's address."""
    if any(address.email for address in mail.reply_to if not unattended(address)):
        return automatic_answer(mail) is not None or to_many(mail)
    return (
        unattended(mail.from_)
        or automatic_answer(mail) is not None
        or delivery_report(mail) is not None
        or to_many(mail)
    )
