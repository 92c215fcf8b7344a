"""`Signals`: everything that is known of a mail before its kind is decided.

The rules, the learned model and the extraction all read this one shape.
"""

from dataclasses import dataclass, field

from agent.lexicon import Platform, platform_of
from agent.mail.acts import Act, Doing, Sentence, strength
from agent.mail.context import Context
from agent.mail.invite import Invites
from agent.mail.marks import answers
from agent.mail.message import Identity, ParsedMail
from agent.mail.when import TimeMention

_SUBJECT_SHARE = 0.7
_HEADLINES = frozenset({Act.CANCELS, Act.MOVES, Act.DECLINES})


@dataclass(frozen=True, slots=True)
class Timed:
    """A time mention with the sentence that it stands in."""

    mention: TimeMention
    sentence: Sentence | None
    deadline: bool
    asked: bool
    taken: bool  # it is the old time, taken away or moved from


@dataclass(frozen=True, slots=True)
class Signals:
    """Everything that the rules look at."""

    mail: ParsedMail
    identity: Identity
    found: tuple[Sentence, ...]
    doings: tuple[Doing, ...]
    subject: tuple[Doing, ...]
    context: Context
    invites: Invites
    times: tuple[Timed, ...]
    books: str | None = None  # the link by which the user is to pick a time
    # Of each act that was asked for; every rule asks for some.
    _strengths: dict[Act, float] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def strength(self, act: Act) -> float:
        """How strongly the mail does something; the subject counts less than the text."""
        known = self._strengths.get(act)
        if known is None:
            known = self._strengths[act] = self._strength(act)
        return known

    def _strength(self, act: Act) -> float:
        said, headed = strength(self.doings, act), strength(self.subject, act)
        # "Interview cancelled" above a mail is its news; above an answer to it, no longer.
        share = 1.0 if act in _HEADLINES and not self.answers else _SUBJECT_SHARE
        return max(said, share * headed) + 0.3 * min(said, headed)

    @property
    def fixed(self) -> tuple[Timed, ...]:
        """Times that are said, not asked about, and are no deadline and not the old time."""
        return tuple(t for t in self.times if not (t.deadline or t.asked or t.taken))

    @property
    def platform(self) -> Platform | None:
        """The platform that relays the mail."""
        return platform_of(self.mail.from_.email)

    @property
    def answers(self) -> bool:
        """Whether it stands in a thread."""
        return bool(self.mail.thread.in_reply_to) or answers(self.mail.subject)
