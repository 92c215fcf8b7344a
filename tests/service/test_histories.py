"""Random histories, lived through by the real services: what must never happen, never does.

A history is some months of mail about one application, told as facts, with a user who sends
each draft after a while or not at all. The clock leaps from one event to the next, and stops
wherever something falls due, as the daemon's does.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.adapters.memory import MemoryMailbox, SimulatedClock
from agent.adapters.sqlite import SqliteStore
from agent.bootstrap import template_sources
from agent.config.playbooks import read
from agent.domain.facts import Fact, Kind, Passing, Person, PersonRole, Thread
from agent.domain.playbook import Playbook, Trigger
from agent.domain.rules import Reference
from agent.playbooks import names
from agent.service import followups
from agent.service.context import Context
from agent.service.events import Drafted, Event, Sent, TaskRaised
from tests.making import ANN, MIA, RAJ, TOM, at, calendar, fact, talk
from tests.service.conftest import ME

START = at("2026-01-05T09:00")
UNTIL = START + timedelta(days=300)
PLAYBOOKS = {name: read(name, {}) for name in names()}
TEMPLATES = template_sources()
BOSS = Person("Ida Boss", "ida@acme.example", "Head of Research", PersonRole.INTERVIEWER)
GRACE = Reference("Grace Hill", "grace@works.example")
CHEAP = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])

_KINDS = st.sampled_from(
    [
        Kind.STATUS_UPDATE,
        Kind.STATUS_UPDATE,
        Kind.INTERVIEW_CONFIRMED,
        Kind.INTERVIEW_CONFIRMED,
        Kind.INTERVIEW_RESCHEDULED,
        Kind.INTERVIEW_CANCELLED,
        Kind.INTERVIEW_REQUEST,
        Kind.ASSESSMENT,
        Kind.REJECTION,
        Kind.OFFER,
        Kind.AUTO_REPLY,
        Kind.OWN,
    ]
)


@dataclass(frozen=True)
class History:
    """What they and the user write; `sends` is how long the user leaves a draft, None for ever."""

    facts: tuple[Fact, ...]
    playbook: Playbook
    sends: timedelta | None


@st.composite
def histories(draw: st.DrawFn) -> History:
    """A few months of mail about one application."""
    hours = sorted(draw(st.lists(st.integers(0, 24 * 90), min_size=1, max_size=7, unique=True)))
    told = [_fact(draw, START + timedelta(hours=hour), number) for number, hour in enumerate(hours)]
    first = fact(
        Kind.INTERVIEW_CONFIRMED,
        "2026-01-05T08:00",
        talk("2026-01-07T15:00"),
        people=(ANN, *draw(st.sampled_from([(RAJ,), (RAJ, MIA), (RAJ, TOM), (BOSS,), ()]))),
        message_id="first@acme.example",
    )
    sends = draw(st.one_of(st.none(), st.integers(0, 72)))
    return History(
        facts=(first, *told),
        playbook=PLAYBOOKS[draw(st.sampled_from(sorted(PLAYBOOKS)))],
        sends=None if sends is None else timedelta(hours=sends),
    )


def _fact(draw: st.DrawFn, when: datetime, number: int) -> Fact:
    kind = draw(_KINDS)
    text = when.replace(tzinfo=None).isoformat()
    interviews = ()
    if kind in (Kind.INTERVIEW_CONFIRMED, Kind.INTERVIEW_RESCHEDULED):
        begins = when + timedelta(hours=draw(st.integers(1, 200)))
        interviews = (talk(begins.replace(tzinfo=None).isoformat()),)
    if kind is Kind.OWN:
        me = Person("Me", "me@home.example")
        return replace(
            fact(kind, text, from_=me, company=None, message_id=f"h{number}@home.example"),
            recipients=("ann@acme.example",),
        )
    people = draw(st.sampled_from([(ANN, RAJ), (ANN,), (ANN, MIA), (ANN, TOM)]))
    made = fact(kind, text, *interviews, people=people, message_id=f"h{number}@acme.example")
    if kind is Kind.STATUS_UPDATE and draw(st.booleans()):
        day = (when + timedelta(days=draw(st.integers(0, 30)))).date()
        made = replace(made, decision_by=day)
    if kind is Kind.AUTO_REPLY:
        back = (when + timedelta(days=draw(st.integers(1, 14)))).date()
        made = replace(made, back_on=back, machine_sent=True)
    return made


class Life:
    """A history lived through. `looks` are instants at which somebody looks without need."""

    def __init__(self, history: History, looks: tuple[datetime, ...] = ()) -> None:
        self.history = history
        self.looks = looks
        self.events: list[Event] = []
        self.clock = SimulatedClock(START)
        self.mailbox = MemoryMailbox(clock=self.clock)
        self.store = SqliteStore(None)
        self.context = Context(
            store=self.store,
            clock=self.clock,
            identity=ME,
            calendar=calendar(),
            playbook=history.playbook,
            references=(GRACE,),
            templates=TEMPLATES,
            mailboxes={"home": self.mailbox},
            started_at=START,
            salt="salt",
            observer=self.events.append,
        )
        self.outbox: list[tuple[datetime, str]] = []
        self.seen = 0

    async def lived(self) -> "Life":
        self.context.folders["home"] = await self.mailbox.connect()
        coming = sorted(
            [(f.at, 0, f) for f in self.history.facts] + [(t, 1, None) for t in self.looks],
            key=lambda each: each[:2],
        )
        for when, _, told in coming:
            await self.run_to(when)
            if told is not None:
                await self.hears(told)
            await self.look()
        await self.run_to(UNTIL)
        self.store.close()
        return self

    async def run_to(self, then: datetime) -> None:
        for _ in range(400):
            times = [t for t in (self.store.next_wake(),) if t] + [t for t, _ in self.outbox]
            if not times or min(times) > then:
                break
            self.clock.set(max(min(times), self.clock.now()))
            if calendar().quiet(self.clock.now()):
                self.clock.set(calendar().permitted(self.clock.now()))
                if self.clock.now() > then:
                    break
            await self.look()
        self.clock.set(max(then, self.clock.now()))

    async def look(self) -> None:
        await self.send()
        await followups.tick(self.context, "home")
        for event in self.events[self.seen :]:
            if isinstance(event, Drafted) and self.history.sends is not None:
                self.outbox.append((event.at + self.history.sends, event.followup.message_id or ""))
        self.seen = len(self.events)

    async def send(self) -> None:
        due = [entry for entry in self.outbox if entry[0] <= self.clock.now()]
        self.outbox = [entry for entry in self.outbox if entry not in due]
        for when, message_id in sorted(due):
            for uid in await self.mailbox.find(self.context.folders["home"].drafts, message_id):
                self.mailbox.user_sends_draft(uid, when)
                note = self.store.followup_by_message_id(message_id)
                assert note is not None
                await self.hears(_sent(note.to, message_id, when))

    async def hears(self, told: Fact) -> None:
        known = self.store.applications()
        if known:
            await followups.tend(self.context, known[0].id, told.at, "time passed")
            app = self.store.append_fact(known[0].id, told)
        else:
            app = self.store.new_application(told, "home")
        if told.kind is Kind.OWN:
            await followups.credit(self.context, app, told)
        await followups.tend(self.context, app.id, told.at, "they wrote")

    # -- what is looked at ---------------------------------------------------------------

    @property
    def drafts(self) -> list[Drafted]:
        return [event for event in self.events if isinstance(event, Drafted)]

    @property
    def sent(self) -> list[Sent]:
        return [event for event in self.events if isinstance(event, Sent)]

    def story(self) -> list[tuple[object, ...]]:
        """What came of it, without the instants at which somebody happened to look."""
        drafts = [(d.at, d.followup.key, d.followup.template, d.followup.to) for d in self.drafts]
        tasks = [(e.task.key, e.task.raised_at) for e in self.events if isinstance(e, TaskRaised)]
        return sorted([*drafts, *((at_, key, "", ()) for key, at_ in tasks)], key=repr)


def _sent(to: tuple[str, ...], message_id: str, when: datetime) -> Fact:
    return Fact(
        kind=Kind.OWN,
        at=when,
        thread=Thread(message_id),
        subject="",
        from_=Person("Me", "me@home.example"),
        recipients=to,
    )


@CHEAP
@given(history=histories())
async def test_no_draft_appears_in_quiet_hours(history: History) -> None:
    """Whatever comes when."""
    for draft in (await Life(history).lived()).drafts:
        assert not calendar().quiet(draft.at)


@CHEAP
@given(history=histories())
async def test_no_check_in_is_asked_before_a_stated_date(history: History) -> None:
    """Of the dates known when it appears, the newest one that still counts."""
    for draft in (await Life(history).lived()).drafts:
        decision = draft.application.decision
        about = datetime.fromisoformat(draft.followup.about).date()
        if draft.followup.does("check_in") and decision and decision.day >= about:
            assert calendar().local(draft.at).date() > decision.day


@CHEAP
@given(history=histories())
async def test_no_more_check_ins_are_made_than_the_cap(history: History) -> None:
    """For each round of talks; by draft or by hand."""
    life = await Life(history).lived()
    step = history.playbook.step(Trigger.SILENCE)
    assert step is not None
    rounds: dict[str, set[int]] = {}
    for draft in life.drafts:
        if draft.followup.does("check_in"):
            rounds.setdefault(draft.followup.about, set()).add(draft.followup.attempt)
    for attempts in rounds.values():
        assert step.most is None or max(attempts) <= step.most


@CHEAP
@given(history=histories())
async def test_nothing_but_the_note_on_it_follows_a_no(history: History) -> None:
    """No thanks, no check-in, no references while the answer is no."""
    for draft in (await Life(history).lived()).drafts:
        if draft.application.ended:
            assert draft.followup.does("feedback")


@CHEAP
@given(history=histories())
async def test_no_two_check_ins_to_one_person_within_the_gap(history: History) -> None:
    """Counted in days from when one was sent to when the next appears."""
    life = await Life(history).lived()
    step = history.playbook.step(Trigger.SILENCE)
    assert step is not None
    assert step.again is not None
    sent = [e for e in life.sent if e.followup.does("check_in")]
    for before in sent:
        gap = calendar().local(calendar().plus(before.at, step.again)).date()
        for draft in life.drafts:
            same = set(draft.followup.to) & set(before.followup.to)
            if draft.followup.does("check_in") and same and draft.at > before.at:
                assert calendar().local(draft.at).date() >= gap


@CHEAP
@given(history=histories())
async def test_no_thank_you_goes_twice_to_one_person_for_one_day(history: History) -> None:
    """Neither to an interviewer nor to the contact."""
    told = [
        (d.followup.about, d.followup.to, d.followup.revision)
        for d in (await Life(history).lived()).drafts
        if d.followup.does("thank_you")
    ]
    assert len(told) == len(set(told))


@CHEAP
@given(
    history=histories(),
    hours=st.lists(st.integers(0, 24 * 200), max_size=12),
)
async def test_looking_in_between_changes_nothing(history: History, hours: list[int]) -> None:
    """History in pieces gives the same drafts and tasks as whole."""
    looks = tuple(START + timedelta(hours=hour, minutes=7) for hour in sorted(hours))
    whole = await Life(history).lived()
    pieces = await Life(history, looks).lived()
    assert pieces.story() == whole.story()


async def test_a_history_is_lived_through() -> None:
    """What the properties look at is there to be looked at."""
    life = await Life(
        History(
            facts=(
                fact(
                    Kind.INTERVIEW_CONFIRMED,
                    "2026-01-05T08:00",
                    talk("2026-01-07T15:00"),
                    people=(ANN, RAJ),
                ),
            ),
            playbook=PLAYBOOKS["balanced"],
            sends=timedelta(hours=1),
        )
    ).lived()
    jobs = [d.followup.job for d in life.drafts]
    assert jobs == ["thank_you", "references", "check_in", "check_in"]
    assert len(life.sent) == 4
    assert life.story()[-1] is not None
    assert any(isinstance(e, TaskRaised) for e in life.events)
    assert not any(isinstance(f, Passing) for f in life.sent)
