"""`replay`: whole job hunts, each a folder of mails, and what must come of them.

A hunt's mails lie under `hunts/`, in the order of their file names, which need not be the
order in which they came. What is expected is told a line an event, in the user's time.
"""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from agent import bootstrap, config

HUNTS = Path(__file__).parent / "hunts"
ROBIN = ("Robin Vale", "robin@vale.example", "America/New_York", "US", "mx.vale.example")
JANA = ("Jana Brandt", "jana@brandt.example", "Europe/Berlin", "DE", "mx.brandt.example")

_CONFIG = """
[identity]
name = "{0}"
addresses = ["{1}"]
timezone = "{2}"
country = "{3}"
authserv_ids = ["{4}"]
"""

#: What every line of a type has, beside `type` and `at` (the replay contract).
_FIELDS = {
    "fact": {"application", "company", "role", "kind", "message_id", "stage", "interviews"},
    "draft": {"application", "followup", "attempt", "to", "subject", "in_reply_to", "send_by"},
    "sent": {"application", "followup", "attempt", "by"},
    "withdrawn": {"application", "followup", "attempt", "why"},
    "task": {"application", "task", "text"},
    "closed": {"application", "why"},
    "reopened": {"application", "why"},
    "application": {
        "application",
        "company",
        "role",
        "stage",
        "playbook",
        "people",
        "next",
        "followups_sent",
    },
}


async def replayed(
    tmp_path: Path,
    hunt: str,
    *,
    me: tuple[str, ...] = ROBIN,
    sends: int | None = None,
    until: str | None = None,
    more: str = "",
) -> list[dict[str, Any]]:
    """What a replay of that hunt tells; `sends` in minutes, `until` in the user's time.

    `more` is put at the end of the configuration.
    """
    file = tmp_path / "config.toml"
    file.write_text(_CONFIG.format(*me) + more, encoding="utf-8")
    rehearsal = bootstrap.rehearsal(config.load(file))
    rehearsal.sends = timedelta(minutes=sends) if sends else None
    end = datetime.fromisoformat(until).replace(tzinfo=ZoneInfo(me[2])) if until else None
    mails = sorted((HUNTS / hunt).glob("*.eml"))
    await rehearsal.run([(mail.name, mail.read_bytes()) for mail in mails], end)
    return [line.fields for line in rehearsal.report()]


def story(lines: list[dict[str, Any]]) -> list[str]:
    """What happened beside the facts, a short line an event; invitations to connect left out."""
    told = [line for line in lines if line["type"] not in ("fact", "application")]
    return [_short(line) for line in told if line.get("task") != "linkedin"]


def _short(line: dict[str, Any]) -> str:
    said = [line["at"][:16].replace("T", " "), line["type"]]
    said += [str(line[key]) for key in ("followup", "attempt", "task", "by", "why") if key in line]
    return " ".join((*said, *line.get("to", ())))


def standing(lines: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    """Employer, role and stage of each application at the end."""
    apps = [line for line in lines if line["type"] == "application"]
    return [(app["company"], app["role"], app["stage"]) for app in apps]


def answered(lines: list[dict[str, Any]]) -> list[str | None]:
    """What each draft is an answer to, in order."""
    return [line["in_reply_to"] for line in lines if line["type"] == "draft"]


async def test_a_date_moved_by_a_reply_is_waited_for_and_asked_about_once(tmp_path: Path) -> None:
    """Neither at the first date nor twice at the second; the second time ten days later."""
    lines = await replayed(tmp_path, "date-moved-by-a-reply", sends=120, until="2026-07-12")
    assert story(lines) == [
        "2026-06-09 11:15 draft thank_you 1 karen.holt@meridian-grain.example",
        "2026-06-09 13:15 sent thank_you 1 draft",
        "2026-06-29 09:00 draft check_in 1 karen.holt@meridian-grain.example",
        "2026-06-29 11:00 sent check_in 1 draft",
        "2026-07-09 09:00 draft check_in 2 karen.holt@meridian-grain.example",
        "2026-07-09 11:00 sent check_in 2 draft",
    ]
    assert answered(lines)[1] == "dm-delay@meridian-grain.example", "their newest letter"


async def test_their_reply_takes_a_waiting_check_in_back(tmp_path: Path) -> None:
    """It comes again after the day that the reply names; unsent, it ends closed."""
    lines = await replayed(tmp_path, "reply-stops-a-check-in")
    assert story(lines) == [
        "2026-06-04 11:45 draft thank_you 1 tim@pinecrest.example",
        "2026-06-04 13:00 withdrawn thank_you 1 you wrote yourself",
        "2026-06-04 13:00 sent thank_you 1 own",
        "2026-06-11 09:00 draft check_in 1 tim@pinecrest.example",
        "2026-06-12 17:00 withdrawn check_in 1 they wrote",
        "2026-06-29 09:00 draft check_in 1 tim@pinecrest.example",
        "2026-07-23 09:00 closed no answer since 2026-06-12, no check-in sent",
        "2026-07-23 09:00 withdrawn check_in 1 closed: no answer",
    ]


async def test_an_out_of_office_holds_the_check_in(tmp_path: Path) -> None:
    """It stops nothing: who is away until 30 June is asked on the first of July."""
    lines = await replayed(tmp_path, "out-of-office", sends=30, until="2026-07-05")
    assert story(lines) == [
        "2026-06-04 11:45 draft thank_you 1 tim@pinehurst.example",
        "2026-06-04 12:15 sent thank_you 1 draft",
        "2026-07-01 09:00 draft check_in 1 tim@pinehurst.example",
        "2026-07-01 09:30 sent check_in 1 draft",
    ]


async def test_thanks_by_hand_in_a_new_thread_do_the_drafts_job(tmp_path: Path) -> None:
    """The untouched draft goes, and the note counts as sent."""
    lines = await replayed(tmp_path, "thanks-by-hand", until="2026-06-09")
    assert story(lines) == [
        "2026-06-03 14:15 draft thank_you 1 ruth.feld@ostrich-press.example",
        "2026-06-03 17:40 withdrawn thank_you 1 you wrote yourself",
        "2026-06-03 17:40 sent thank_you 1 own",
    ]
    assert lines[-1]["next"] == {"followup": "check_in", "at": "2026-06-10T09:00:00-04:00"}


async def test_a_check_in_by_hand_counts_for_the_cap(tmp_path: Path) -> None:
    """One more follows, then it is closed."""
    lines = await replayed(tmp_path, "check-in-by-hand", sends=30, until="2026-07-20")
    assert story(lines) == [
        "2026-06-03 14:15 draft thank_you 1 nadia.kerr@lumen-works.example",
        "2026-06-03 14:45 sent thank_you 1 draft",
        "2026-06-08 10:00 sent check_in 1 own",
        "2026-06-18 09:00 draft check_in 2 nadia.kerr@lumen-works.example",
        "2026-06-18 09:30 sent check_in 2 draft",
        "2026-07-02 09:30 closed no answer since 2026-06-03, 2 check-ins",
    ]


async def test_drafts_that_nobody_sends_are_not_piled_up(tmp_path: Path) -> None:
    """One of each kind lies there, until the silence closes it and takes them back."""
    lines = await replayed(tmp_path, "nobody-sends")
    assert story(lines) == [
        "2026-06-03 14:15 draft thank_you 1 nadia.kerr@lumen-gate.example",
        "2026-06-10 09:00 draft check_in 1 nadia.kerr@lumen-gate.example",
        "2026-07-04 09:00 closed no answer since 2026-06-03, no check-in sent",
        "2026-07-04 09:00 withdrawn thank_you 1 closed: no answer",
        "2026-07-04 09:00 withdrawn check_in 1 closed: no answer",
    ]


async def test_an_update_that_arrives_late_moves_nothing_back(tmp_path: Path) -> None:
    """SEQUENCE 1 after SEQUENCE 2, from a mail server that kept it for two hours."""
    lines = await replayed(
        tmp_path, "late-update-of-a-moved-interview", sends=30, until="2026-06-20"
    )
    assert story(lines) == [
        "2026-06-10 11:15 draft thank_you 1 mei.tan@harborstone.example",
        "2026-06-10 11:45 sent thank_you 1 draft",
        "2026-06-17 09:00 draft check_in 1 mei.tan@harborstone.example",
        "2026-06-17 09:30 sent check_in 1 draft",
    ]


async def test_a_no_to_one_role_leaves_the_other_at_the_same_employer(tmp_path: Path) -> None:
    """Two people, two roles, one employer: two applications."""
    lines = await replayed(tmp_path, "two-roles-at-one-employer", sends=30, until="2026-06-15")
    assert standing(lines) == [
        ("Orchard", "Data Engineer", "interviewed"),
        ("Orchard", "Technical Writer", "rejected"),
    ]
    assert story(lines)[-2:] == [
        "2026-06-11 09:00 draft check_in 1 dana.whitlock@orchard.example",
        "2026-06-11 09:30 sent check_in 1 draft",
    ]


async def test_an_export_in_any_order_is_taken_in_order_of_arrival(tmp_path: Path) -> None:
    """The letter that moves the interview stands behind the answer to it."""
    lines = await replayed(tmp_path, "mails-out-of-order", sends=30, until="2026-06-20")
    assert story(lines) == [
        "2026-06-04 11:15 draft thank_you 1 tess.moran@fernhill.example",
        "2026-06-04 11:45 sent thank_you 1 draft",
        "2026-06-15 09:00 draft check_in 1 tess.moran@fernhill.example",
        "2026-06-15 09:30 sent check_in 1 draft",
    ]


async def test_a_task_handed_in_after_the_talk_is_asked_about_a_week_later(tmp_path: Path) -> None:
    """Nothing while the user works on it."""
    lines = await replayed(tmp_path, "task-handed-in", sends=30, until="2026-06-25")
    assert story(lines) == [
        "2026-06-04 10:45 draft thank_you 1 greta.sund@polarbyte.example",
        "2026-06-04 11:15 sent thank_you 1 draft",
        "2026-06-08 11:20 task answer",
        "2026-06-18 09:00 draft check_in 1 greta.sund@polarbyte.example",
        "2026-06-18 09:30 sent check_in 1 draft",
    ]


async def test_a_panel_by_calendar_is_thanked_person_by_person(tmp_path: Path) -> None:
    """Not the room, and not the recruiter who only arranged it; she is asked how it goes on."""
    lines = await replayed(tmp_path, "panel-by-calendar", sends=30, until="2026-06-22")
    assert story(lines) == [
        "2026-06-11 12:00 draft thank_you 1 ali.noor@northgate-capital.example",
        "2026-06-11 12:00 draft thank_you 1 fay.drum@northgate-capital.example",
        "2026-06-11 12:30 sent thank_you 1 draft",
        "2026-06-11 12:30 sent thank_you 1 draft",
        "2026-06-18 09:00 draft check_in 1 bea.quist@northgate-capital.example",
        "2026-06-18 09:30 sent check_in 1 draft",
    ]
    assert answered(lines)[:2] == [None, None], "they never wrote"


async def test_a_call_that_ends_at_night_is_thanked_for_in_the_morning(tmp_path: Path) -> None:
    """Outlook's zone name, German quiet hours."""
    lines = await replayed(
        tmp_path, "evening-call-in-berlin", me=JANA, sends=10, until="2026-09-30"
    )
    assert [line for line in story(lines) if " draft " in line] == [
        "2026-09-11 07:00 draft thank_you 1 holger.wendt@rheinsoft.example",
        "2026-09-18 09:00 draft check_in 1 holger.wendt@rheinsoft.example",
        "2026-09-28 09:00 draft check_in 2 holger.wendt@rheinsoft.example",
    ]


async def test_a_spoofed_no_in_the_thread_moves_nothing(tmp_path: Path) -> None:
    """DMARC failed: the stage stays, and the check-in comes when it would have come."""
    lines = await replayed(tmp_path, "spoofed-no", sends=30, until="2026-06-15")
    assert standing(lines) == [("Polarleaf", "Analyst", "interviewed")]
    assert story(lines)[2:] == [
        "2026-06-11 09:00 draft check_in 1 greta.sund@polarleaf.example",
        "2026-06-11 09:30 sent check_in 1 draft",
    ]


async def test_easter_and_summer_time_lie_between(tmp_path: Path) -> None:
    """Good Friday would be the day; nine o'clock on the Tuesday after it is."""
    lines = await replayed(
        tmp_path, "easter-and-summer-time", me=JANA, sends=60, until="2026-04-10"
    )
    assert story(lines) == [
        "2026-03-27 15:15 draft thank_you 1 uwe.lang@bergstahl.example",
        "2026-03-27 16:15 sent thank_you 1 draft",
        "2026-04-07 09:00 draft check_in 1 uwe.lang@bergstahl.example",
        "2026-04-07 10:00 sent check_in 1 draft",
    ]


_REFERENCE = '[[references]]\nname = "Grace Hill"\nemail = "grace@works.example"\n'


async def test_a_no_after_a_talk_is_answered_once(tmp_path: Path) -> None:
    """The next day, with thanks and a question; the check-in that was to come is not made."""
    lines = await replayed(tmp_path, "no-after-a-talk", sends=30, until="2026-07-20")
    assert story(lines) == [
        "2026-06-04 11:00 draft thank_you 1 lena.marsh@tidewater-labs.example",
        "2026-06-04 11:30 sent thank_you 1 draft",
        "2026-06-10 09:00 draft feedback 1 lena.marsh@tidewater-labs.example",
        "2026-06-10 09:30 sent feedback 1 draft",
    ]
    assert answered(lines)[-1] == "no-2@tidewater-labs.example"
    assert standing(lines) == [("Tidewater Labs", "Lab Manager", "rejected")]


async def test_an_offer_is_thanked_for_and_its_answer_left_to_the_user(tmp_path: Path) -> None:
    """An hour later; the references were told after the talk."""
    lines = await replayed(
        tmp_path, "offer-after-a-talk", sends=30, until="2026-06-20", more=_REFERENCE
    )
    assert story(lines) == [
        "2026-06-04 11:00 draft thank_you 1 paul.oakes@rivermill.example",
        "2026-06-04 11:30 sent thank_you 1 draft",
        "2026-06-04 12:45 draft references 1 grace@works.example",
        "2026-06-04 13:15 sent references 1 draft",
        "2026-06-08 11:00 task answer",
        "2026-06-08 12:00 draft offer_thanks 1 paul.oakes@rivermill.example",
        "2026-06-08 12:30 sent offer_thanks 1 draft",
    ]


async def test_what_is_switched_off_does_not_happen(tmp_path: Path) -> None:
    """Neither the note after a no nor the invitation."""
    off = '[playbook]\noff = ["feedback", "linkedin"]\n'
    lines = await replayed(tmp_path, "no-after-a-talk", sends=30, until="2026-07-20", more=off)
    assert not [line for line in lines if line.get("followup") == "feedback"]
    assert not [line for line in lines if line["type"] == "task"]


async def test_an_invitation_to_connect_comes_two_hours_after_the_talk(tmp_path: Path) -> None:
    """With its text, short enough to be pasted."""
    lines = await replayed(tmp_path, "no-after-a-talk", sends=30)
    (invitation,) = [line for line in lines if line.get("task") == "linkedin"]
    assert invitation["at"] == "2026-06-04T12:45:00-04:00"
    assert "Lab Manager" in invitation["text"]
    assert len(invitation["text"]) <= 300


@pytest.mark.parametrize(
    ("playbook", "drafts"),
    [
        ("value-touch", ["2026-06-03 14:05", "2026-06-15 09:00", "2026-07-06 09:00"]),
        ("eight-hour", ["2026-06-03 14:15", "2026-06-10 09:00", "2026-06-17 09:00"]),
        ("patient", ["2026-06-03 14:15", "2026-06-10 09:00", "2026-06-22 09:00"]),
        ("protocol", ["2026-06-03 14:15", "2026-06-08 09:00", "2026-06-18 09:00"]),
    ],
)
async def test_each_playbook_has_its_own_dates(
    tmp_path: Path, playbook: str, drafts: list[str]
) -> None:
    """The same silence, followed up in another way."""
    file = f'[playbook]\ndefault = "{playbook}"\n'
    lines = await replayed(tmp_path, "nobody-sends", sends=10, until="2026-07-07", more=file)
    found = [line["at"][:16].replace("T", " ") for line in lines if line["type"] == "draft"]
    assert found[:3] == drafts
    assert {line["playbook"] for line in lines if line["type"] == "application"} == {playbook}


@pytest.mark.parametrize("hunt", ["reply-stops-a-check-in", "task-handed-in"])
async def test_every_line_has_the_fields_of_the_contract(tmp_path: Path, hunt: str) -> None:
    """In time order, then the applications; all times with their offset."""
    lines = await replayed(tmp_path, hunt)
    for line in lines:
        assert line.keys() - {"type", "at"} == _FIELDS[line["type"]]
    kinds = [line["type"] for line in lines]
    told = kinds.index("application")
    assert set(kinds[told:]) == {"application"}
    times = [datetime.fromisoformat(line["at"]) for line in lines[:told]]
    assert times == sorted(times)
    limits = [line["send_by"] for line in lines if line["type"] == "draft"]
    assert all(limit.endswith("-04:00") for limit in limits), "the user's zone"


async def test_nothing_at_all_is_a_short_story(tmp_path: Path) -> None:
    """An empty mailbox tells nothing, and fails nowhere."""
    assert await replayed(tmp_path, "there-is-no-such-hunt") == []


async def test_an_answered_debrief_is_written_into_the_drafts(tmp_path: Path) -> None:
    """The untouched draft goes, another comes with the answer; Bo gets one too; the date moves."""
    lines = await replayed(tmp_path, "debrief-answered", until="2026-06-16")
    assert story(lines) == [
        "2026-06-03 14:15 draft thank_you 1 iris.moor@plover-press.example",
        "2026-06-03 15:10 withdrawn thank_you 1 written again with what you said",
        "2026-06-03 15:10 draft thank_you 1 iris.moor@plover-press.example",
        "2026-06-03 15:10 draft thank_you 1 bo.field@plover-press.example",
        "2026-06-15 09:00 draft check_in 1 iris.moor@plover-press.example",
    ]
    assert [line["kind"] for line in lines if line["type"] == "fact"] == ["interview_confirmed"]
