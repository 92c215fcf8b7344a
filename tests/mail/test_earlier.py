"""The mails that a mail quotes, and the days they are read from."""

from agent.domain.facts import Kind
from agent.mail.read import read
from tests.mail.reading import USER, message

# The mails are sent on Friday 8 May 2026 at 09:00 in London.
_QUOTED = """

On Thu, 7 May 2026 at 18:31, Alex Moreno <alex@moreno.example>
wrote:
> Tuesday 12th at 2pm would suit me very well for the interview.
> On Wed, 6 May 2026 at 17:48, Ruth Okafor <ruth@harbourfoods.example> wrote:
>> Could you do Tuesday 12th at 2 or Thursday 14th at 10 for a talk?
"""


def starts(text: str, kind: Kind) -> list[str]:
    """When the interviews of such a mail begin, as day of May and clock time."""
    found = read(message(text, subject="Re: the post"), USER, kind=kind).interviews
    return [f"{talk.start.day} {talk.start:%H:%M}" for talk in found if talk.start]


def test_a_bare_yes_takes_the_newest_quoted_time() -> None:
    """Of two mails quoted below one another the newer one says what was agreed."""
    assert starts(f"Perfect.\n\nRuth{_QUOTED}", Kind.INTERVIEW_CONFIRMED) == ["12 14:00"]


def test_a_relative_day_counts_from_the_quoted_mails_own() -> None:
    """ "Tomorrow", written on Thursday, is this Friday."""
    text = (
        "Don't come today, flood in the kitchen.\n\n"
        "On Thu, 7 May 2026 at 09:31, Alex Moreno <alex@moreno.example> wrote:\n"
        "> 4 tomorrow is fine, see you then!\n"
    )
    assert starts(text, Kind.INTERVIEW_CANCELLED) == ["8 16:00"]


def test_the_line_that_says_who_wrote_may_be_marked_as_quoted_itself() -> None:
    """Apple Mail does so: "tomorrow" of the mail below it counts from its day all the same."""
    text = (
        "Stuck in traffic, can we say 11:30 instead?\n\n"
        "> On 7 May 2026, at 17:02, Ruth Okafor <ruth@harbourfoods.example> wrote:\n>\n"
        "> Great, so tomorrow 11am at the showroom for your interview.\n"
    )
    assert starts(text, Kind.INTERVIEW_RESCHEDULED) == ["8 11:30"]


def test_copied_fields_say_the_day_too() -> None:
    """Outlook copies the fields of the mail that it quotes."""
    text = (
        "Scrap tomorrow, sorry.\n\n"
        "From: Alex Moreno\nSent: 05 May 2026 13:30\nTo: Ruth Okafor\nSubject: the post\n\n"
        "See you on Saturday at 8 to talk about the job.\n"
    )
    assert starts(text, Kind.INTERVIEW_CANCELLED) == ["9 08:00"]


def test_an_hour_agreed_to_picks_the_offer() -> None:
    """ "10 o'clock works" of two offers on two days is the one at ten."""
    text = (
        "10 o'clock works for us.\n\n"
        "On Thu, 7 May 2026 at 09:31, Alex Moreno <alex@moreno.example> wrote:\n"
        "> I could do Tuesday 12 May at 2pm or Thursday 14 May at 10am for the interview.\n"
    )
    assert starts(text, Kind.INTERVIEW_CONFIRMED) == ["14 10:00"]
