"""The learned half of understanding: grams, likelihoods, their words, and their cost."""

import json
from dataclasses import replace
from importlib.resources import files

import pytest

from agent.domain.facts import Kind
from agent.mail.classify import CERTAIN, Verdict, settled
from agent.mail.grams import pieces, runs, tokens
from agent.mail.learned import judge_kind
from agent.mail.message import Identity
from agent.mail.packed import NONE
from agent.mail.parse import parse
from agent.mail.read import read, signals_of
from agent.mail.signals import Signals
from agent.mail.weights import Blend, row, weights, word_row
from tests.mail.steps import steps

USER = Identity("Jordan Avery", ("jordan.avery@example.net",), "America/New_York", "US")


def mail_of(text: str, subject: str = "Our conversation") -> bytes:
    """A plain message to the user."""
    return (
        "From: Ines Duarte <ines@brightwell.example>\r\nTo: jordan.avery@example.net\r\n"
        f"Subject: {subject}\r\nDate: Mon, 02 Feb 2026 10:00:00 +0000\r\n"
        f'Message-ID: <1@brightwell.example>\r\nContent-Type: text/plain; charset="utf-8"\r\n\r\n{text}'
    ).encode()


def signals(text: str, subject: str = "Our conversation") -> Signals:
    """What is known of such a message."""
    return signals_of(parse(mail_of(text, subject)), USER)


# -- grams ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See you Tuesday at 10:30.", ["see", "you", "WHEN"]),
        ("Ring me at 3pm", ["ring", "me", "at", "CLOCK"]),
        ("by 12 March", ["by", "DAY"]),
        ("about 30 people", ["about", "NUM", "people"]),
        ("we'll pay $60k", ["we", "will", "pay", "MONEY"]),
        ("write to a@b.example or https://b.example/x", ["write", "to", "ADDR", "or", "URL"]),
    ],
)
def test_dates_numbers_and_links_are_read_as_classes(text: str, found: list[str]) -> None:
    """What differs from mail to mail is evened out, so that the words around it can be learned."""
    assert tokens(text) == found


def test_the_users_own_name_is_no_word() -> None:
    """A greeting says nothing about the kind, whatever the user is called."""
    assert tokens("Dear Jordan,", ("jordan", "avery")) == ["dear", "USER"]


def test_pieces_carry_over_to_inflections() -> None:
    """A misspelt or inflected word shares most of its pieces with the one that was learned."""
    assert len(set(pieces("rescheduled")) & set(pieces("reschedule"))) >= 15


def test_runs_are_pairs_and_triples() -> None:
    """What stands side by side is learned as one."""
    assert runs(["we", "are", "full"]) == ["we are", "are full", "we are full"]


# -- weights -------------------------------------------------------------------------------------


def test_rows_are_added_lane_by_lane() -> None:
    """Sums of long integers give what adding the bytes of each weight gives."""
    known = weights()
    width = 1 + 2 * len(known.kinds)
    total = row(3) + row(70) + row(70)
    bytes_ = [known.rows[place * width : (place + 1) * width] for place in (3, 70, 70)]
    norm = max(sum(b[0] ** 2 for b in bytes_) ** 0.5 / 64, 3.0)
    for number, step in enumerate(known.mail_steps):
        said = sum(b[1 + number] - NONE for b in bytes_) * step / norm
        assert known.of_mail(total)[number] == pytest.approx(said)
    for number, step in enumerate(known.sentence_steps):
        said = sum(b[1 + len(known.kinds) + number] - NONE for b in bytes_) * step / norm
        assert known.of_sentence(total)[number] == pytest.approx(said)


def test_an_unknown_word_adds_nothing() -> None:
    """What was never seen says nothing for any kind."""
    assert word_row("\N{SNOWMAN}") == 0
    assert set(weights().of_mail(0)) == {0.0}


# -- likelihood ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("We talked it over and you are the one we want. Contract attached.", Kind.OFFER),
        ("In the end the panel chose somebody else, and I am sorry about it.", Kind.REJECTION),
        ("Which day next week could you pop in to talk about the job?", Kind.INTERVIEW_REQUEST),
        ("I have to call off our meeting on Thursday. More when I know.", Kind.INTERVIEW_CANCELLED),
        (
            "Vielen Dank für Ihre Bewerbung, die bei uns eingegangen ist.",
            Kind.APPLICATION_RECEIVED,
        ),
        (
            "Nous avons le regret de vous dire que nous avons choisi un autre candidat.",
            Kind.REJECTION,
        ),
        ("Your parcel will be delivered tomorrow between 10 and 12.", Kind.OTHER),
    ],
)
def test_the_kind_of_plain_words_is_likeliest(text: str, kind: Kind) -> None:
    """Words that no rule lists are told by what such mails are written in."""
    assert judge_kind(signals(text)).kind is kind


def test_probabilities_add_up_to_one() -> None:
    """What is given is a distribution over every kind but the user's own mail."""
    found = judge_kind(signals("See you then.")).shares
    assert sum(found.values()) == pytest.approx(1)
    assert set(found) == set(Kind) - {Kind.OWN}


def test_evidence_is_words_of_the_mail() -> None:
    """The user is shown the sentence that spoke for the verdict, as it stands in the mail."""
    text = "Hope you are well. We have decided to go with another candidate. Best wishes."
    (shown,) = judge_kind(signals(text)).evidence(Kind.REJECTION)
    assert shown.text == "We have decided to go with another candidate."
    assert '"' in shown.reason


def test_an_empty_mail_is_judged_too() -> None:
    """A mail without words is no error; nothing is sure about it, and no words are shown."""
    found = judge_kind(signals("", subject=""))
    assert found.evidence(found.kind) == ()


def test_the_same_mail_is_judged_the_same() -> None:
    """Nothing of one mail leaks into the next."""
    first = judge_kind(signals("Can you start on Monday?")).totals
    judge_kind(signals("We regret that the post is filled."))
    assert judge_kind(signals("Can you start on Monday?")).totals == first


# -- with the rules --------------------------------------------------------------------------------

EVEN = {kind: 0.0 for kind in Kind if kind is not Kind.OWN}


def test_one_telling_sentence_counts_among_many() -> None:
    """However kind the words around it, the sentence that decides is heard, and shown."""
    kind = (
        "Thank you for coming in to talk about the driver job. It was a pleasure to meet you. "
        "The team liked your questions about the depot. Your travel costs will be paid as agreed. "
    )
    said = "We have decided to go with another candidate."
    without, told = judge_kind(signals(kind)), judge_kind(signals(f"{kind}{said} {kind}"))
    (shown,) = told.evidence(Kind.REJECTION)
    assert shown.text == said
    assert told.shares[Kind.REJECTION] > 3 * without.shares[Kind.REJECTION]


def test_the_blend_says_how_much_the_rules_count() -> None:
    """Rules that count for nothing change nothing."""
    totals = {**EVEN, Kind.STATUS_UPDATE: 0.5}
    deaf, loud = Blend(0.0, 0.0, 0.0), Blend(2.0, 0.0, 0.0)
    assert settled(Verdict(Kind.OFFER, 0.9), totals, blend=deaf).kind is Kind.STATUS_UPDATE
    assert settled(Verdict(Kind.OFFER, 0.9), totals, blend=loud).kind is Kind.OFFER


def test_the_rules_tip_the_scales() -> None:
    """Where words leave it open the rules decide."""
    assert settled(Verdict(Kind.OFFER, 0.9), EVEN).kind is Kind.OFFER


def test_plain_words_overrule_the_rules() -> None:
    """A rule that fired on a stock phrase yields to everything else in the mail."""
    totals = {**EVEN, Kind.STATUS_UPDATE: 4.0}
    assert settled(Verdict(Kind.OFFER, 0.9), totals).kind is Kind.STATUS_UPDATE


def test_doubt_without_a_sign_of_a_job_means_other() -> None:
    """A wrong job kind costs the user more than a missed one."""
    totals = {**EVEN, Kind.OFFER: 1.0}
    assert settled(Verdict(Kind.OTHER, 0.5), totals, points=-2).kind is not Kind.OFFER


def test_a_calendar_part_beats_prose() -> None:
    """METHOD and SEQUENCE say what happens, whatever the sentences around them sound like."""
    totals = {**EVEN, Kind.STATUS_UPDATE: 2.0}
    ruled = Verdict(Kind.INTERVIEW_CONFIRMED, 0.9, happens=Kind.INTERVIEW_CONFIRMED)
    assert settled(ruled, totals).kind is Kind.INTERVIEW_CONFIRMED


def test_what_a_header_settles_no_words_change() -> None:
    """An out-of-office answer that talks of an offer is still an out-of-office answer."""
    ruled = Verdict(Kind.AUTO_REPLY, 0.97, firm=CERTAIN)
    assert settled(ruled, {**EVEN, Kind.OFFER: 9.0}) is ruled


def test_times_are_read_where_only_the_words_tell_of_an_interview() -> None:
    """The grammar of dates is asked too when no phrase of the lexicon spoke."""
    text = "Hi Jordan, that is in the book: Thursday 12 February at 11, ask for Dee at the yard about the driver job."
    found = read(parse(mail_of(text, "Driver job")), USER)
    assert found.kind is Kind.INTERVIEW_CONFIRMED
    assert [i.start.isoformat() for i in found.interviews if i.start] == [
        "2026-02-12T11:00:00-05:00"
    ]


# -- cost --------------------------------------------------------------------------------------------


def test_the_model_is_small_and_whole() -> None:
    """Weights are plain data of under four megabytes; every row belongs to one gram."""
    data = files("agent.lexicon").joinpath("model.bin").read_bytes()
    known = weights()
    assert len(data) < 4_000_000
    assert len(known.rows) == len(known.places) * (1 + 2 * len(known.kinds))
    assert json.loads(data.partition(b"\n")[0])["grams"] == len(known.places)


def test_hostile_text_is_judged_in_time() -> None:
    """Only so many sentences, and so many letters of each, are looked at."""
    base = signals("x")

    def work(length: int, sentences: int) -> int:
        sentence = replace(base.found[0], text="we'll @.a-b 9:30 ?! " * length)
        flood = replace(base, found=(sentence,) * sentences)
        return steps(lambda: judge_kind(flood))

    work(1, 1)  # the model is read once
    few = work(500, 75)
    assert work(5_000, 75) < 1.1 * few
    assert work(500, 150) < 1.1 * few


def test_nobodys_name_is_a_reason() -> None:
    """What is shown for a verdict are words that say something, no given names."""
    found = signals("Priya Stone and Tom Hale will interview you on Tuesday at 10.")
    shown = " ".join(e.reason for e in judge_kind(found).evidence(Kind.INTERVIEW_CONFIRMED))
    assert shown
    assert not {'"priya"', '"tom"'} & set(shown.replace(",", "").split())
