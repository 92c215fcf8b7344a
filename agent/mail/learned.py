"""The learned half of understanding: how likely each kind is, from the words of a mail.

A log-linear model over grams (`agent.mail.grams`) and a few signs of structure. A kind's total
is what the words of the whole mail say for it, and how much its most telling sentences do: one
sentence that declines is enough, however much is said around it. `agent.mail.weights` holds what
was learned; probabilities are calibrated on mails by hands that were not trained on. Linear in
the text; no language of its own.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from agent.domain.facts import Evidence, Kind
from agent.lexicon.who import people_words
from agent.mail.context import JOB, clip
from agent.mail.grams import runs, tokens
from agent.mail.machine import automatic_answer, delivery_report, to_many, unattended
from agent.mail.signals import Signals
from agent.mail.weights import row, weights, word_row

MOST_SENTENCES = 60
_TELLING = 3  # phrases shown as evidence


@dataclass(frozen=True, slots=True)
class Likelihood:
    """How likely each kind is, by what the mail's words and its structure say."""

    totals: Mapping[Kind, float]
    spoken: tuple[list[float], ...]  # for each kind, sentence by sentence
    texts: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def shares(self) -> dict[Kind, float]:
        """The probability of every kind."""
        return shares(self.totals)

    @property
    def kind(self) -> Kind:
        """The likeliest kind."""
        return max(self.totals, key=lambda kind: self.totals[kind])

    @property
    def confidence(self) -> float:
        """Its probability."""
        return self.shares[self.kind]

    def evidence(self, kind: Kind) -> tuple[Evidence, ...]:
        """The sentence that speaks most for a kind, with its most telling words."""
        number = weights().kinds.index(kind)
        best = max(range(len(self.spoken)), key=lambda n: self.spoken[n][number], default=None)
        if best is None or self.spoken[best][number] <= 0:
            return ()
        words = ", ".join(f'"{w}"' for w in _telling(self.texts[best], self.names, number))
        reason = f"words of {kind.replace('_', ' ')}"
        return (Evidence(f"{reason}: {words}" if words else reason, clip(self.texts[best])),)


def shares(totals: Mapping[Kind, float]) -> dict[Kind, float]:
    """Totals to probabilities."""
    highest = max(totals.values())
    raised = {kind: math.exp(total - highest) for kind, total in totals.items()}
    whole = sum(raised.values())
    return {kind: value / whole for kind, value in raised.items()}


# -- what is looked at -------------------------------------------------------------------------


def texts(signals: Signals) -> Iterator[str]:
    """What is read: the subject, the calendar's words, the sentences newly written."""
    yield signals.mail.subject[:300]
    for event in signals.invites.events[:2]:
        yield f"{event.summary} . {event.description[:400]}"
    for sentence in signals.found[:MOST_SENTENCES]:
        yield sentence.text


def signs(signals: Signals) -> dict[str, float]:
    """What is seen without words: who sent it and how, the thread, the calendar's method."""
    mail, events = signals.mail, signals.invites.events
    found = {
        "answers": float(signals.answers),
        "unattended": float(unattended(mail.from_)),
        "many": float(to_many(mail)),
        "automatic": float(bool(automatic_answer(mail))),
        "report": float(bool(delivery_report(mail))),
        "html": float(mail.content_type == "text/html"),
        "long": min(len(signals.found), 20) / 20,
        "books": float(signals.books is not None),
    }
    if signals.platform:
        found[f"platform {signals.platform.kind}"] = 1.0
    if events:
        found[f"calendar {(signals.invites.method or 'none').upper()}"] = 1.0
        found["calendar updated"] = float((events[0].sequence or 0) > 0)
        found["calendar cancelled"] = float(events[0].cancelled)
        found["calendar of nothing like a job"] = float(signals.context.points < JOB)
    return {name: value for name, value in found.items() if value}


def own_names(signals: Signals) -> tuple[str, ...]:
    """The user's first and last name, which say nothing about a mail."""
    names = signals.identity.name.lower().split()
    return (names[0], names[-1]) if names else ()


# -- judging -----------------------------------------------------------------------------------


def judge_kind(signals: Signals) -> Likelihood:
    """How likely each kind is for a mail; `Kind.OWN` is told by the sender, never here."""
    known, names, read = weights(), own_names(signals), tuple(texts(signals))
    whole, spoken = _said(read, names)
    totals = [
        bias + said + _pooled(by_sentence)
        for bias, said, by_sentence in zip(
            known.bias, whole, zip(*spoken, strict=True), strict=True
        )
    ]
    for name, value in signs(signals).items():
        for number, weight in enumerate(known.signs.get(name, ())):
            totals[number] += weight * value
    likely = {k: total / known.temperature for k, total in zip(known.kinds, totals, strict=True)}
    return Likelihood(likely, tuple(spoken), read, names)


def _said(read: Sequence[str], names: Sequence[str]) -> tuple[list[float], list[list[float]]]:
    """What the mail as a whole says for each kind, and what each of its sentences does.

    A word counts once a sentence, and once in the mail.
    """
    known, whole = weights(), 0
    spoken: list[list[float]] = []
    all_words: set[str] = set()
    all_runs: set[int] = set()
    for text in read:
        said = tokens(text, names)
        words, places = set(said), known.places_of(runs(said))
        new = _total(words - all_words, places - all_runs)
        again = _total(words & all_words, places & all_runs)
        spoken.append(known.of_sentence(new + again))
        whole += new
        all_words |= words
        all_runs |= places
    return known.of_mail(whole), spoken


def _total(words: set[str], places: set[int]) -> int:
    return sum(map(word_row, words)) + sum(map(row, places))


def _pooled(by_sentence: Sequence[float]) -> float:
    """A soft maximum over the sentences, never below nothing."""
    said = (0.0, *by_sentence)
    highest = max(said)
    return highest + math.log(sum([math.exp(value - highest) for value in said]))


def _telling(text: str, names: Sequence[str], number: int) -> list[str]:
    """The words and runs of a sentence that speak most for a kind, none inside another.

    A given name is none of them: that a Priya is in a mail is no reason that anybody believes.
    """
    known, said, given = weights(), tokens(text, names), people_words().given
    weighed = {
        gram: known.said_for(place, number)
        for gram in (*runs(said), *said)
        if gram == gram.lower() and len(gram) > 2 and gram not in given
        if (place := known.place(gram)) is not None
    }
    chosen: list[str] = []
    for gram in sorted(weighed, key=lambda gram: (-weighed[gram], gram)):
        if weighed[gram] <= 0 or len(chosen) == _TELLING:
            break
        if not any(gram in other or other in gram for other in chosen):
            chosen.append(gram)
    return chosen
