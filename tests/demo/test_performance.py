"""The demo, played once on a real IMAP server without pauses, ends as its story says."""

import asyncio
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from agent.demo.picture import canvas, draw
from agent.demo.show import Show
from agent.demo.stage import Outcome, perform
from agent.demo.story import load
from agent.domain.followup import FollowUpStatus
from agent.domain.lifecycle import Stage
from agent.mail.parse import parse


@dataclass(frozen=True)
class Performance:
    """One run: what came of it, and what was shown."""

    outcome: Outcome
    show: Show
    text: str


@pytest.fixture(scope="module")
def played() -> Performance:
    """The demo, played once for all tests of this file."""
    console, hunt = canvas(), load()
    show = Show(console, hunt)
    outcome = asyncio.run(perform(hunt, show))
    return Performance(outcome, show, console.export_text(clear=False))


def test_each_employer_ends_where_the_story_leaves_it(played: Performance) -> None:
    """An offer after a silence, a no, a closed silence, and two talks of the last day."""
    stages = {row.application.company: row.application.stage for row in played.outcome.standings}
    assert stages == {
        "Saltmarsh Health": Stage.REJECTED,
        "Lanternworks": Stage.OFFER,
        "Pellmoor": Stage.CLOSED_NO_ANSWER,
        "Copperline Transit": Stage.INTERVIEWED,
        "Quillfire": Stage.INTERVIEWED,
    }


def test_every_draft_lay_in_drafts_when_it_was_shown(played: Performance) -> None:
    """Another IMAP client finds each, and there are enough to judge by."""
    assert played.outcome.whole
    assert len(played.outcome.drafts) >= 5
    assert played.text.count("✓ in Drafts") == len(played.outcome.drafts)


def test_at_least_five_drafts_wait_at_the_end(played: Performance) -> None:
    """The last day's thank-yous lie in Drafts, each to somebody the person talked to."""
    to = [parse(data).to[0].email for data in played.outcome.in_drafts]
    assert sorted(to) == [
        "amara.diallo@copperline.example",
        "felix.brandt@quillfire.example",
        "jonah.reyes@copperline.example",
        "noor.haddad@quillfire.example",
        "sam.ostrowski@copperline.example",
    ]


def test_no_draft_holds_a_placeholder(played: Performance) -> None:
    """What is left for the person to send can be sent."""
    for data in played.outcome.in_drafts:
        assert not re.search(r"\{\{|\}\}|\{%|\[[A-Z_ ]+\]|None", parse(data).text)


def test_the_two_silences_get_two_check_ins_each(played: Performance) -> None:
    """Nobody is asked a third time."""
    for company in ("Lanternworks", "Pellmoor"):
        sent = [
            f
            for row in played.outcome.standings
            if row.application.company == company
            for f in row.followups
            if f.step == "check_in" and f.status is FollowUpStatus.SENT
        ]
        assert [f.attempt for f in sent] == [1, 2]


def test_nobody_of_the_panel_goes_without_thanks(played: Performance) -> None:
    """Each of the three is written to, or named in the recruiter's note where no address is known."""
    notes = [
        f
        for row in played.outcome.standings
        if row.application.company == "Saltmarsh Health"
        for f in row.followups
        if f.step == "thank_you"
    ]
    passed_on = {name for f in notes if f.to[0].startswith("elin") for name in f.mentions}
    thanked = {name for f in notes for name in f.names} | passed_on
    assert {"Nadia Rahman", "Tom Whitlock", "Grace Oyelaran"} <= thanked
    assert "Grace Oyelaran" in passed_on


def test_what_the_person_did_is_understood(played: Performance) -> None:
    """One draft edited and then sent, one not needed because of a mail by hand, one taken back."""
    fates = [(draft.followup.step, draft.where) for draft in played.outcome.drafts]
    assert fates.count(("check_in", "edited, sent")) == 1
    assert fates.count(("thank_you", "withdrawn")) == 1
    assert fates.count(("check_in", "withdrawn")) == 1


def test_another_run_shows_the_same_text(played: Performance) -> None:
    """Nothing that is shown depends on today, on a port, or on chance."""
    console, hunt = canvas(), load()
    asyncio.run(perform(hunt, Show(console, hunt)))
    assert console.export_text() == played.text


def test_ordinary_mail_is_passed_over(played: Performance) -> None:
    """A dentist, a job alert, a library and an out-of-office open no application."""
    ignored = [line for line in played.text.splitlines() if " ignored " in line]
    assert len(ignored) == 4


def test_the_picture_needs_nothing_from_outside(played: Performance, tmp_path: Path) -> None:
    """The SVG for the README holds the run's words and fetches no font."""
    into = tmp_path / "demo.svg"
    draw(played.show.pages, into)
    svg = into.read_text(encoding="utf-8")
    assert "Lanternworks" in svg
    assert "@font-face" not in svg
    assert re.findall(r"https?://(?!www\.w3\.org)", svg) == []
