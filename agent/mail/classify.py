"""The kind of a mail, from its structure and from what its sentences do.

`by_rules` asks the rules of `RULES` in order; the first that speaks gives their verdict.
Structure comes first (who wrote, machine answers, lists of jobs, calendar parts), then the
acts of the sentences, in the order in which labels rank them. Between a job kind and `other`,
doubt means `other`, because a wrong job kind costs the user more.

`classify` weighs that verdict against the learned model (`agent.mail.learned`), unless a
header or an address settles the matter. Rules know what they were told and are silent about
the rest; the model has an opinion on everything. See `settled`.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from agent.domain.facts import Evidence, Kind
from agent.mail.acts import Act
from agent.mail.context import JOB, clip
from agent.mail.invite import Event
from agent.mail.learned import judge_kind, shares
from agent.mail.machine import automatic_answer, delivery_report, to_many, unattended
from agent.mail.marks import marked, opens
from agent.mail.signals import Signals
from agent.mail.weights import Blend, weights

NEED = 2.6  # the weight from which an act counts as done
TOLD = 1.9  # ... and what of news, promises and answers together is one
DECISIVE = 5.0  # the weight of words that leave no doubt
NEAR = 1.55  # ... and what is enough where nothing speaks against it
SURE = 3.2  # ... and what leaves no doubt
CERTAIN = math.inf  # the firmness of a verdict that no words can change
BOOKING = 4.0  # ... and of a link to a page where a time is picked
PLAIN_WORDS = 3.0  # ... of a refusal that can be read in one way only
CALENDAR = 6.0  # log-odds that other job kinds lose to a calendar part's: it beats prose
KNOWN = 2.0  # log-odds for a job kind in what an employer writes that the user deals with
SUREST = 0.99  # of the verdicts given more, one in a hundred was wrong too
GUARDED = (
    Kind.REJECTION,
    Kind.OFFER,
    Kind.INTERVIEW_CANCELLED,
    Kind.INTERVIEW_RESCHEDULED,
    Kind.INTERVIEW_CONFIRMED,
)  # kinds that change what is planned, in the order in which labels rank them: a wrong one costs most
BAR = 0.65  # ... and how sure a cautious verdict of theirs has to be
RIVAL = 0.6  # of the likeliest's share: as much makes two kinds fit


@dataclass(frozen=True, slots=True)
class Verdict:
    """A kind, how sure it is, and the reasons with their words.

    `firm` is how much it counts against the learned model; infinite where it settles the kind.
    `happens` is what a calendar part does to an interview, if it is about one at all.
    `shares` has the probability of every kind, once the learned model was asked.
    """

    kind: Kind
    confidence: float
    evidence: tuple[Evidence, ...] = field(default=())
    firm: float = 1.0
    happens: Kind | None = None
    shares: Mapping[Kind, float] = field(default_factory=dict)


# Acts of which each decides a kind of its own; where two are in a mail, one is not what it says.
DECIDING = (
    Act.DECLINES,
    Act.OFFERS,
    Act.CANCELS,
    Act.MOVES,
    Act.FIXES,
    Act.PROPOSES_ROLE,
    Act.ASKS_TIMES,
    Act.SETS_TASK,
    Act.ACKNOWLEDGES,
)
# Log-odds by which the rule of an act is right more often than the others, or less.
_MORE = {
    Act.CANCELS: 0.7,
    Act.TELLS_STATUS: 0.3,
    Act.PROMISES: 0.3,
    Act.REPLIES: 0.3,
    Act.ACKNOWLEDGES: -0.3,
    Act.DESCRIBES_PROCESS: -0.3,
    Act.ASKS_TIMES: -0.2,
    Act.SETS_TASK: -0.2,
    Act.FIXES: -0.5,
}
_CALENDAR_ODDS = 1.5  # ... and that of a calendar part


Rule = Callable[[Signals], Verdict | None]


def classify(signals: Signals, *, cautious: bool = True) -> Verdict:
    """The verdict of structure, rules and learned model together, with what spoke for it.

    A `cautious` one does not leap: see `guarded`.
    """
    ruled = by_rules(signals)
    if ruled.firm == CERTAIN:
        return ruled
    likely = judge_kind(signals)
    context = signals.context
    likeliest = settled(ruled, likely.totals, context.points, known=context.known)
    verdict = guarded(likeliest) if cautious else likeliest
    told = ruled.evidence if verdict.kind is ruled.kind else signals.context.reasons[:2]
    spoken = () if verdict.kind is Kind.OTHER else likely.evidence(verdict.kind)
    if verdict.kind is not likeliest.kind:
        words = " · ".join(e.text for e in likely.evidence(likeliest.kind))
        share = f"{likeliest.confidence:.0%}"
        told = (*told, Evidence(f"perhaps {likeliest.kind}, but only {share} sure", words))
    return replace(verdict, evidence=(*told, *spoken))


def guarded(likeliest: Verdict) -> Verdict:
    """A guarded kind under the bar becomes the likeliest of the others, which change less.

    A talk that is not, an offer or a refusal taken from a doubtful mail costs more than one that
    is looked at again (the last of the rules where two kinds fit). Where the doubt is only which
    of the guarded kinds it is, the one that ranks first is taken.
    """
    if likeliest.kind not in GUARDED or likeliest.confidence >= BAR:
        return likeliest
    shares = likeliest.shares
    if sum(shares[kind] for kind in GUARDED) >= BAR:
        kind = next(k for k in GUARDED if shares[k] >= likeliest.confidence * RIVAL)
    else:
        kind = max((k for k in shares if k not in GUARDED), key=lambda k: shares[k])
    return replace(likeliest, kind=kind, confidence=round(shares[kind], 3))


def settled(
    ruled: Verdict,
    totals: Mapping[Kind, float],
    points: float = JOB,
    *,
    known: bool = False,
    blend: Blend | None = None,
) -> Verdict:
    """The rules' verdict, the model's log-odds `totals` and the context's points as one.

    The rules' kind gains their confidence times how firm they are; `other`, which is their
    silence, gains nothing. Every job kind gains or loses by how far the context is over the
    line; with a calendar part, what they have then goes to the kind that this says. How much of
    each is the `blend`, fitted on hands that the model had not seen; what an employer writes
    that the user deals with (`known`) is taken to be about it.
    """
    if ruled.firm == CERTAIN:
        return ruled
    blend = blend or weights().blend
    lean = blend.context * math.tanh((points - JOB) / 2) - blend.lean + KNOWN * known
    gained = {k: t + lean if k.concerns_application else t for k, t in totals.items()}
    if ruled.happens is not None:
        gained = _happening(ruled.happens, gained)
    if ruled.kind is not Kind.OTHER:
        gained[ruled.kind] += blend.rule * ruled.firm * ruled.confidence
    chances = shares(gained)
    kind = max(chances, key=lambda kind: chances[kind])
    return Verdict(kind, round(min(chances[kind], SUREST), 3), shares=chances)


def _happening(kind: Kind, gained: Mapping[Kind, float]) -> dict[Kind, float]:
    """What all job kinds have goes to the one that a calendar part's METHOD and SEQUENCE say.

    They say nothing of whether the event is an interview: birthdays are moved, too.
    """
    of_jobs = [total for other, total in gained.items() if other.concerns_application]
    highest = max(of_jobs)
    together = highest + math.log(sum(math.exp(total - highest) for total in of_jobs))
    down = {k: t - CALENDAR if k.concerns_application else t for k, t in gained.items()}
    return {**down, kind: together}


def by_rules(signals: Signals) -> Verdict:
    """The verdict of the first rule that speaks."""
    for rule in RULES:
        verdict = rule(signals)
        if verdict is not None:
            return verdict
    return _nothing(signals)


# -- structure ---------------------------------------------------------------------------------


def _own(signals: Signals) -> Verdict | None:
    sender = signals.mail.from_.email
    if not signals.identity.owns(sender):
        return None
    return Verdict(Kind.OWN, 0.99, (Evidence("the user wrote it", sender),), CERTAIN)


def _bounced(signals: Signals) -> Verdict | None:
    report = delivery_report(signals.mail)
    words = signals.strength(Act.BOUNCES)
    if report is None and not (words >= 4 and unattended(signals.mail.from_)):
        return None
    return Verdict(
        Kind.AUTO_REPLY,
        0.98 if report else 0.85,
        (Evidence("a report about delivery", report or signals.mail.subject),),
        CERTAIN if report else 1.0,
    )


def _answered_by_machine(signals: Signals) -> Verdict | None:
    """Out of office and the like; a ticket's receipt counts too (an application's does not)."""
    field_ = automatic_answer(signals.mail)
    subject = opens("automatic", signals.mail.subject)
    absent, tickets = signals.strength(Act.ABSENT), signals.strength(Act.TICKETS)
    applied = signals.strength(Act.ACKNOWLEDGES) >= NEED
    if (field_ or subject) and not (applied and not absent):
        reason = Evidence("answered by a machine", field_ or signals.mail.subject)
        return Verdict(Kind.AUTO_REPLY, 0.97, (reason, *_words(signals, Act.ABSENT)), CERTAIN)
    if signals.strength(Act.REPLIES) >= 1.5 or signals.strength(Act.TELLS_STATUS) >= 2:
        absent = 0.0  # a person on holiday who answers all the same
    if absent >= 4 or (absent >= NEED and signals.answers and len(signals.found) <= 6):
        return Verdict(Kind.AUTO_REPLY, 0.8, _words(signals, Act.ABSENT))
    if tickets >= 3.5 and not applied:
        return Verdict(Kind.AUTO_REPLY, 0.8, _words(signals, Act.TICKETS))
    return None


def _job_list(signals: Signals) -> Verdict | None:
    """Digests: by the address that only sends them, or by their words from a list or machine."""
    sender, platform = signals.mail.from_, signals.platform
    if platform and sender.email in platform.alerts:
        return Verdict(
            Kind.JOB_ALERT,
            0.98,
            (Evidence(f"{platform.name}'s job alerts", sender.email),),
            CERTAIN,
        )
    if platform and sender.email in platform.noise:
        return Verdict(
            Kind.OTHER, 0.95, (Evidence(f"news of {platform.name}", sender.email),), CERTAIN
        )
    advertises = signals.strength(Act.ADVERTISES)
    if advertises < 3:
        return None
    personal = max(
        signals.strength(a) for a in (Act.DECLINES, Act.ACKNOWLEDGES, Act.SETS_TASK, Act.OFFERS)
    )
    many = to_many(signals.mail) or unattended(sender) or (platform is not None)
    many = many or marked("unsubscribe", signals.mail.text[-600:]) is not None
    if signals.strength(Act.ACKNOWLEDGES) >= 3 and not to_many(signals.mail):
        return None
    if many and (advertises > personal or to_many(signals.mail)):
        sure = 0.75 + 0.04 * min(advertises, 5) + (0.03 if platform else 0)
        return Verdict(Kind.JOB_ALERT, min(sure, 0.97), _words(signals, Act.ADVERTISES))
    return None


# -- calendar parts (RFC 5546) --------------------------------------------------------------------


def _calendar(signals: Signals) -> Verdict | None:
    """METHOD, STATUS and SEQUENCE say what happens; the context whether it is an interview."""
    events = signals.invites.events
    if not events:
        return None
    event = events[0]
    method = (signals.invites.method or "").upper()
    if method in {"REPLY", "REFRESH", "DECLINECOUNTER"}:
        return None
    points = signals.context.points
    evidence = Evidence(f"calendar {method or 'event'}", clip(event.summary or "(no title)"))
    kind = _calendar_kind(signals, event, method)
    if points < JOB or signals.context.specific < 1.0:
        points = min(points, JOB)
        sure = confidence_in(JOB - points + 1, 3)
        told = (evidence, *signals.context.reasons[:2])
        return Verdict(Kind.OTHER, sure, told, happens=kind)
    sure = confidence_in(points - JOB, 4, more=_CALENDAR_ODDS)
    return Verdict(kind, sure, (evidence, *signals.context.reasons[:2]), happens=kind)


def _calendar_kind(signals: Signals, event: Event, method: str) -> Kind:
    if method == "CANCEL" or event.cancelled:
        refused = signals.strength(Act.DECLINES) >= 3
        return Kind.REJECTION if refused else Kind.INTERVIEW_CANCELLED
    if method == "COUNTER":
        return Kind.INTERVIEW_RESCHEDULED
    if event.sequence > 0 or opens("updated", signals.mail.subject):
        return Kind.INTERVIEW_RESCHEDULED
    return Kind.INTERVIEW_CONFIRMED


# -- acts, in the order in which labels rank them ----------------------------------------------------


def _about_job(signals: Signals, more: float = 0.0) -> bool:
    """Over the line; or near it, in a person's mail that has nothing of anything else."""
    context = signals.context
    near = context.personal and not context.against and context.points >= NEAR + more
    return near or context.points >= JOB + more


def _plainly_job(signals: Signals) -> bool:
    """Anybody may fix or ask for a time: over the line, with something of a job or in a thread."""
    context = signals.context
    return (
        context.points >= JOB and context.weighty and (context.specific >= 0.8 or signals.answers)
    )


def _only_jobs(signals: Signals) -> bool:
    """Lenders, landlords and juries refuse and thank in the same words: something has to be of a job."""
    context = signals.context
    return (
        _about_job(signals)
        and context.weighty
        and (context.specific >= 1.0 or (context.personal and not context.against))
    )


def _verdict(signals: Signals, kind: Kind, act: Act, bonus: float = 0.0) -> Verdict:
    """The rule's kind, as sure as such rules have been right on the mails written for training."""
    context = signals.context
    rival = max(signals.strength(other) for other in DECIDING if other is not act)
    more = _MORE.get(act, 0.0) + 0.3 * math.tanh(context.specific / 2) + 0.6 * signals.answers
    weight = signals.strength(act) + bonus
    sure = confidence_in(context.points - JOB, weight, rival=rival, more=more)
    return Verdict(kind, sure, (*_words(signals, act), *context.reasons[:2]))


def _refused(signals: Signals) -> Verdict | None:
    declines = signals.strength(Act.DECLINES)
    if declines and any(d.act is Act.SOFTENS for d in signals.doings):
        declines += 0.6
    if declines < 3 or not _only_jobs(signals):
        return None
    verdict = _verdict(signals, Kind.REJECTION, Act.DECLINES)
    # The model is sure of much; a position that is filled is filled.
    return replace(verdict, firm=PLAIN_WORDS) if _decisive(signals) else verdict


def _decisive(signals: Signals) -> bool:
    plain = any(d.act is Act.DECLINES and d.weight >= DECISIVE for d in signals.doings)
    return plain and signals.context.specific >= 1.0 and not signals.context.against


def _offered(signals: Signals) -> Verdict | None:
    offers, proposes = signals.strength(Act.OFFERS), signals.strength(Act.PROPOSES_ROLE)
    if offers < 3 or not _only_jobs(signals) or (proposes >= 3 and offers < 4.5):
        return None
    if signals.fixed and signals.strength(Act.FIXES) > offers:
        return None
    return _verdict(signals, Kind.OFFER, Act.OFFERS)


def _taken_away(signals: Signals) -> Verdict | None:
    cancels, moves = signals.strength(Act.CANCELS), signals.strength(Act.MOVES)
    if cancels < 3 or not _about_job(signals) or (signals.fixed and moves >= NEED):
        return None
    return _verdict(signals, Kind.INTERVIEW_CANCELLED, Act.CANCELS)


def _moved(signals: Signals) -> Verdict | None:
    if signals.strength(Act.MOVES) < 3 or not _about_job(signals):
        return None
    return _verdict(signals, Kind.INTERVIEW_RESCHEDULED, Act.MOVES)


def _fixed(signals: Signals) -> Verdict | None:
    """A time that is said, not asked about, and words that fix it; outreach fixes nothing."""
    fixes, asks = signals.strength(Act.FIXES), signals.strength(Act.ASKS_TIMES)
    need = (
        NEED if signals.context.points < SURE else TOLD
    )  # plainly a job's: its day nearly says it
    if not signals.fixed or fixes < need or not _plainly_job(signals):
        return None
    starts = {time.mention.start for time in signals.fixed}
    if len(starts) > 1 and asks >= NEED:  # a list to choose from, and the question which
        return None
    tests = signals.platform is not None and signals.platform.kind == "assessment"
    if tests or _proposes_only(signals):
        return None
    return _verdict(signals, Kind.INTERVIEW_CONFIRMED, Act.FIXES)


def _proposes_only(signals: Signals) -> bool:
    """Whether it is about a role that the user has not applied to: nothing of an application yet."""
    proposes = signals.strength(Act.PROPOSES_ROLE)
    known = signals.answers or signals.strength(Act.ACKNOWLEDGES) >= NEED
    relayed = signals.platform is not None and signals.platform.kind == "ats"
    return proposes >= 3 and ((not known and not relayed) or proposes >= 4.5)


def _approached(signals: Signals) -> Verdict | None:
    if not _proposes_only(signals) or not _about_job(signals):
        return None
    if signals.strength(Act.SETS_TASK) > signals.strength(Act.PROPOSES_ROLE):
        return None
    return _verdict(signals, Kind.RECRUITER_OUTREACH, Act.PROPOSES_ROLE)


def _asked(signals: Signals) -> Verdict | None:
    asks = max(signals.strength(Act.ASKS_TIMES), 3.0 if signals.books else 0.0)
    if asks < 3 or signals.context.points < JOB:
        return None
    if signals.strength(Act.SETS_TASK) > asks + 1:
        return None
    verdict = _verdict(signals, Kind.INTERVIEW_REQUEST, Act.ASKS_TIMES)
    # What the page is for needs no words: it says the rest by being there.
    return replace(verdict, firm=BOOKING) if signals.books else verdict


def _tasked(signals: Signals) -> Verdict | None:
    """A task that is set; a platform for tests sends little else, so less is enough there."""
    platform = signals.platform
    need = 1.0 if platform is not None and platform.kind == "assessment" else 3.0
    if signals.strength(Act.SETS_TASK) < need or not _only_jobs(signals):
        return None
    underway = signals.answers or signals.strength(Act.REPLIES) >= 1.5
    if signals.context.specific < 0.8 and not underway:
        return None  # nurseries and energy companies want forms filled in too
    return _verdict(signals, Kind.ASSESSMENT, Act.SETS_TASK)


def _acknowledged(signals: Signals) -> Verdict | None:
    acknowledges, process = (
        signals.strength(Act.ACKNOWLEDGES),
        signals.strength(Act.DESCRIBES_PROCESS),
    )
    if not _only_jobs(signals):
        return None
    if acknowledges < 2 and (
        process < 2 or signals.strength(Act.TELLS_STATUS) + signals.strength(Act.REPLIES) >= 2
    ):
        return None
    act = Act.ACKNOWLEDGES if acknowledges >= 2 else Act.DESCRIBES_PROCESS
    return _verdict(signals, Kind.APPLICATION_RECEIVED, act, bonus=0.4 * process)


def _told(signals: Signals) -> Verdict | None:
    scores = {a: signals.strength(a) for a in (Act.TELLS_STATUS, Act.PROMISES, Act.REPLIES)}
    if sum(scores.values()) < TOLD or not _plainly_job(signals):
        return None
    act = max(scores, key=lambda a: scores[a])
    return _verdict(signals, Kind.STATUS_UPDATE, act, bonus=sum(scores.values()) - scores[act])


def _nothing(signals: Signals) -> Verdict:
    """`other`: surest where much speaks against a job and nothing for it."""
    sure = confidence_in(JOB - signals.context.points, 4)
    acts = sorted(
        (d for d in signals.doings if d.states and d.weight >= 3), key=lambda d: -d.weight
    )
    doubts = tuple(
        Evidence(
            f"it {d.act.replace('_', ' ')}, but not clearly about a job", clip(d.sentence.text)
        )
        for d in acts[:1]
    )
    return Verdict(Kind.OTHER, sure, (*signals.context.reasons[:3], *doubts))


RULES: tuple[Rule, ...] = (
    _own,
    _bounced,
    _answered_by_machine,
    _job_list,
    _calendar,
    _refused,
    _offered,
    _taken_away,
    _moved,
    _fixed,
    _approached,
    _asked,
    _tasked,
    _acknowledged,
    _told,
)


# -- evidence and confidence ---------------------------------------------------------------------------


def _words(signals: Signals, act: Act) -> tuple[Evidence, ...]:
    """The two strongest sentences that do it."""
    doings = [d for d in (*signals.doings, *signals.subject) if d.act is act and d.states]
    strongest = sorted(doings, key=lambda d: -d.weight)[:2]
    return tuple(Evidence(f"it {act.replace('_', ' ')}", clip(d.sentence.text)) for d in strongest)


def confidence_in(margin: float, weight: float, *, rival: float = 0.0, more: float = 0.0) -> float:
    """Points over the line and weight of the act to a probability, rising in both.

    `rival` is the weight of the strongest act of another kind, which makes it fall; `more` are
    log-odds that are known besides. The result is kept between 0.3 and 0.98. The constants were
    fitted (logistic regression) to how often these rules were right on nine hands of mail.
    """
    odds = 0.96 * math.tanh(margin / 3) + 2.77 * (1 - math.exp(-weight / 2.2))
    odds += more - 0.9 * math.tanh(rival / 3) - 1.55
    return round(min(max(1 / (1 + math.exp(-odds)), 0.3), 0.98), 3)
