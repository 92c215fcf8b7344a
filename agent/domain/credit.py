"""What a mail that the user wrote by hand makes unnecessary. Pure; decides, changes nothing."""

from collections.abc import Sequence
from datetime import timedelta

from agent.domain.application import Application
from agent.domain.facts import Fact, OwnAct
from agent.domain.followup import FollowUp, FollowUpStatus

_S = FollowUpStatus
#: A draft that lies ready, or may: whether its append happened is not known yet.
_READY = frozenset({_S.DRAFTING, _S.DRAFTED, _S.THEIRS})
_UNDONE = _READY | {_S.PLANNED, _S.LAPSED, _S.DECLINED}

#: Thanks that come later than this are not for that talk any more.
_THANKS_FOR = timedelta(days=7)
#: A talk can be over before its time; thanks this long after its start can be for it.
_SHORTEST_TALK = timedelta(minutes=10)


def done_by_hand(app: Application, had: Sequence[FollowUp], fact: Fact) -> tuple[FollowUp, ...]:
    """The follow-ups whose job this own mail did, wherever they stand."""
    if OwnAct.THANKS in fact.own_acts:
        thanked = _thanked(app, had, fact)
        if thanked:
            return thanked
    return _answered(had, fact) or _checked_in(app, had, fact)


def _answered(had: Sequence[FollowUp], fact: Fact) -> tuple[FollowUp, ...]:
    """Any mail to those who said no, made an offer, or did not come, once a note lies ready."""
    to = set(fact.recipients)
    return tuple(
        f
        for f in had
        if f.status in _READY
        and any(f.does(job) for job in ("feedback", "offer_thanks", "no_show"))
        and to & set(f.to)
    )


def _thanked(app: Application, had: Sequence[FollowUp], fact: Fact) -> tuple[FollowUp, ...]:
    open_ = [
        f
        for f in had
        if f.does("thank_you") and f.status in _UNDONE and _is_after_talk(app, f, fact)
    ]
    to = set(fact.recipients)
    direct = tuple(f for f in open_ if to & set(f.to))
    if direct or len(open_) != 1:
        return direct
    # To a colleague of the one to be thanked, whose address was not known.
    domains = {email.rpartition("@")[2] for email in to}
    same_house = any(email.rpartition("@")[2] in domains for email in open_[0].to)
    return (open_[0],) if same_house else ()


def _is_after_talk(app: Application, followup: FollowUp, fact: Fact) -> bool:
    # The round's talks are those over before its thank-you may be written at all.
    talks = [t for t in app.talks if t.stands and t.start <= followup.due_at]
    if not talks:
        return False
    last = max(talks, key=lambda t: t.start)
    return last.start + _SHORTEST_TALK <= fact.at <= last.end + _THANKS_FOR


def _checked_in(app: Application, had: Sequence[FollowUp], fact: Fact) -> tuple[FollowUp, ...]:
    """A mail that asks where things stand; or any mail to them while a check-in lies ready."""
    if not app.awaits_word:
        return ()
    pending = [f for f in had if f.does("check_in") and f.status in _READY | {_S.PLANNED}]
    first = min(pending, key=lambda f: f.attempt, default=None)
    if first is None:
        return ()
    lies_ready = first.status is not _S.PLANNED and bool(set(first.to) & set(fact.recipients))
    return (first,) if OwnAct.ASKS_STATUS in fact.own_acts or lies_ready else ()
