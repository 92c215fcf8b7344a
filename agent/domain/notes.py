"""Notes on an occasion: to whom each goes, in which words, and when.

The thank-you after a talk is the one with most to it: a note to each interviewer who can
be reached, with the words of the situation; the others' thanks go by the main contact.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agent.domain.application import Application
from agent.domain.facts import Person
from agent.domain.followup import FollowUp
from agent.domain.occasions import Occasion
from agent.domain.people import leads, met, recruits
from agent.domain.playbook import Recipient, Step, Trigger
from agent.domain.rules import REVIEW, Rules, awake, placed
from agent.domain.talks import Round, rounds

#: What a mail is for, whatever a playbook calls the step: the user's own mail can do it too.
JOBS = {
    Trigger.INTERVIEW_ENDED: "thank_you",
    Trigger.SILENCE: "check_in",
    Trigger.DATE_PASSED: "check_in",
    Trigger.REJECTION: "feedback",
    Trigger.OFFER: "offer_thanks",
    Trigger.NO_SHOW: "no_show",
}


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody who gets a note, and the names of those whom they are asked to thank too."""

    name: str
    email: str
    template: str
    mentions: tuple[str, ...] = ()
    language: str = ""


def job_of(step: Step) -> str:
    """What a step's mail is for."""
    if step.to is Recipient.REFERENCES:
        return "references"
    return JOBS.get(step.trigger, step.name)


def notes(app: Application, occasion: Occasion, step: Step, rules: Rules) -> Iterator[FollowUp]:
    """The notes that a step writes on an occasion, one to each person."""
    for nth, addressee in enumerate(_addressees(app, occasion, step, rules)):
        yield _note(app, occasion, step, rules, addressee, nth)


def _addressees(
    app: Application, occasion: Occasion, step: Step, rules: Rules
) -> Sequence[Addressee]:
    template = step.words(1)
    if step.to is Recipient.REFERENCES:
        return [Addressee(r.name, r.email, template, language=r.language) for r in rules.references]
    if step.to is Recipient.CONTACT or occasion.round is None:
        contact = app.contact()
        words = "check_in.after_date" if template == "check_in" else template
        words = _thanks(contact, 1, last=True) if contact and words == "thank_you" else words
        return [_to(contact, words)] if contact and contact.email else []
    return list(_met(app, occasion, step, rules))


def _met(app: Application, occasion: Occasion, step: Step, rules: Rules) -> Iterator[Addressee]:
    """Each of those who were met and can be reached; the rest by way of the main contact."""
    if occasion.round is None:
        return
    people = met(app, occasion.round)
    if step.to is Recipient.EACH_MANAGER:
        people = tuple(p for p in people if leads(p)) or people
    last = rounds(app.talks, rules.calendar.zone)[-1].key == occasion.round.key
    reachable = [p for p in people if p.email]
    missing = tuple(p.name for p in people if not p.email and p.name)
    contact = app.contact()
    for person in reachable:
        passing_on = missing if contact and person.email == contact.email else ()
        yield _thanked(person, _company(person, occasion.round), step, passing_on, last=last)
    reached = contact is None or contact.email in {p.email for p in reachable}
    if contact and contact.email and not reached and (missing or not reachable):
        yield _thanked(contact, 1, step, missing, last=last)


def _company(person: Person, round_: Round) -> int:
    """With how many somebody sat in one talk: who came one after the other were no panel."""
    keys = {person.email, person.name} - {None}
    return max((len(t.who) for t in round_.talks if keys & set(t.who)), default=1)


def _thanked(
    person: Person, size: int, step: Step, missing: tuple[str, ...], *, last: bool
) -> Addressee:
    passing_on = missing if step.pass_on else ()
    template = step.words(1)
    if template == "thank_you":
        template = "thank_you.pass_on" if passing_on else _thanks(person, size, last=last)
    return _to(person, template, passing_on)


def _to(person: Person, template: str, mentions: tuple[str, ...] = ()) -> Addressee:
    return Addressee(person.name or "", person.email or "", template, mentions)


def _thanks(person: Person, size: int, *, last: bool) -> str:
    """The situation: a recruiter's screening, the last word with a manager, a panel, a talk."""
    if recruits(person):
        return "thank_you.recruiter"
    if leads(person) and last:
        return "thank_you.manager"
    return "thank_you.panel" if size > 1 else "thank_you.interviewer"


def _note(
    app: Application,
    occasion: Occasion,
    step: Step,
    rules: Rules,
    addressee: Addressee,
    nth: int,
) -> FollowUp:
    calendar = rules.calendar
    due = placed(calendar.plus(occasion.at, step.delay), step, calendar, after=occasion.at)
    expires = calendar.plus(occasion.at, step.expires)
    send_by = awake(calendar.plus(occasion.at, step.send_within), due, calendar)
    once = "" if step.once else f"{occasion.key}:"
    return FollowUp(
        key=f"{app.id}:{step.name}:{once}{addressee.email}",
        application_id=app.id,
        account=app.account,
        step=step.name,
        attempt=1,
        about=occasion.about,
        to=(addressee.email,),
        names=(addressee.name,),
        template=addressee.template,
        due_at=due,
        send_by=min(max(send_by, due + REVIEW), expires),
        expires_at=expires,
        mentions=addressee.mentions,
        late_start=step.late_start,
        nth=nth,
        job=job_of(step),
        language=addressee.language,
    )
