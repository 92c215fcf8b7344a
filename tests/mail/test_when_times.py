"""Clock times on known days, as people write them.

Unless a row says otherwise the mail was written on Thursday 26 February 2026 at
10:00 in London. An answer is "day start", "day start>end" and "@zone" where the
text states one; every answer was worked out by hand.
"""

from datetime import datetime, timedelta, timezone

import pytest

from agent.mail.when import TimeMention, find_times
from tests.mail.steps import steps

LONDON = datetime(2026, 2, 26, 10, 0, tzinfo=timezone.utc)  # noqa: UP017 - a mail's own offset
NEW_YORK = datetime(2026, 2, 26, 10, 0, tzinfo=timezone(timedelta(hours=-5)))


def read(
    text: str, anchor: datetime = LONDON, zone: str = "Europe/London", country: str = "GB"
) -> list[str]:
    return [shown(mention) for mention in find_times(text, anchor, zone=zone, country=country)]


def shown(mention: TimeMention) -> str:
    end = f">{mention.end:%H:%M}" if mention.end else ""
    zone = f" @{mention.timezone}" if mention.timezone else ""
    return f"{mention.start:%m-%d %H:%M}{end}{zone}"


LAYOUTS = [
    ("Wed it is! 3.30, bring what you like", "03-04 15:30"),
    ("Tuesday at ten to discuss it", "03-03 10:00"),
    ("Tuesday at ten to four", "03-03 15:50"),
    ("The 3rd then, Tuesday, still 11", "03-03 11:00"),
    ("On the 3rd (that's a Tuesday) at 11", "03-03 11:00"),
    ("3 March, 3.30ish", "03-03 15:30"),
    ("3rd, quarter past one", "03-03 13:15"),
    ("We meet on 3 March at 11, at 7 Quayside, Newcastle", "03-03 11:00"),
    ("3 March 10:00 AM (Eastern Time - US & Canada)", "03-03 10:00 @America/New_York"),
    ("3 March, 10:00 AM London time, 11:00 Kopenhagen", "03-03 10:00 @Europe/London"),
    ("3 March, 15:00 Berlin time (2pm yours)", "03-03 15:00 @Europe/Berlin"),
    ("3 March, 2pm your time (3pm here in Berlin)", "03-03 14:00"),
    ("2pm your time (3pm here) on 3 March", "03-03 14:00"),
    ("Tues: 9", "03-03 09:00"),
    ("see you at 3 here on 3 March", "03-03 15:00"),
    (
        "Tuesday 3 March. Eastern time throughout.\n\n8:00 AM Ann Lee",
        "03-03 08:00 @America/New_York",
    ),
    ("3 March 14:00 Romance Standard Time", "03-03 14:00 @Europe/Paris"),
    ("3 March 14:00 (W. Europe Standard Time)", "03-03 14:00 @Europe/Berlin"),
    (
        "Tuesday, 9 June 2026 14:00-14:30 (UTC+00:00) Dublin, Edinburgh, Lisbon, London.",
        "06-09 14:00>14:30 @Europe/London",
    ),
    ("9 June 2026 14:00 (UTC+01:00) Prague", "06-09 14:00 @Europe/Prague"),
    (
        "7pm to 8pm Sydney time on 5 March (so 8am-9am in London)",
        "03-05 19:00>20:00 @Australia/Sydney",
    ),
    ("see you on Tuesday at\n10 Downing will be there", "03-03 10:00"),
    ("All boards for 3 March suspended. Your 0900 is vacated.", "03-03 09:00"),
    ("6.45 Tuesday at the yard", "03-03 06:45"),
    ("Tuesday 6:30 in the office", "03-03 18:30"),
    ("Tuesday 6:30 at the yard", "03-03 06:30"),
    ("Instead of last night, Tuesday, half past six again, at the depot", "03-03 18:30"),
    ("Tuesday at half 7, the committee will be there", "03-03 19:30"),
    ("Tuesday at half 7, at the depot", "03-03 07:30"),
    ("Tuesday at 6 and bring boots", "03-03 06:00"),
    ("Tuesday 6:30, after we shut the bar", "03-03 18:30"),
    ("Tuesday at 6", "03-03 18:00"),
    ("I see people in the evening. Tuesday at 7?", "03-03 19:00"),
    ("Good evening. Tuesday at 8 is fine", "03-03 08:00"),
    ("thursday 730 at the diner", "03-05 07:30"),
    ("My gap is 1030 this Friday", "02-27 10:30"),
    ("I'm taking Monday 12.45 out of the diary", "03-02 12:45"),
    ("tomorrow night, Friday, 7pm", "02-27 19:00"),
    ("9am our time (Sydney) on Thursday 5 March", "03-05 09:00 @Australia/Sydney"),
    ("at 7:30 on Thursday 5 March before the bell, Central.", "03-05 07:30 @America/Chicago"),
    ("(Pacific time):\n\nThursday 5 March, 9:00", "03-05 09:00 @America/Los_Angeles"),
    ("9:00 CET (Amsterdam) on 5 March", "03-05 09:00 @Europe/Amsterdam"),
    ("2 o'clock Sat is fine", "02-28 14:00"),
    ("3-Mar, 10:00 AM", "03-03 10:00"),
    ("can we make it 4 instead on Tuesday", "03-03 16:00"),
    ("Date: 31 March 2026, Tuesday\nTime: 9.00am to 9.30am", "03-31 09:00>09:30"),
    ("next Tuesday (3rd) instead, 10.45, same place", "03-03 10:45"),
    ("on the 3rd, which is a Tuesday, at 0900", "03-03 09:00"),
    (
        "15:00 - Tuesday, March 3, 2026 (Eastern Time - US & Canada)",
        "03-03 15:00 @America/New_York",
    ),
    ("Fri, 27 Feb 2026 14:02 -0500", "02-27 14:02 @Etc/GMT+5"),
    ("Tuesday, 3 March 2026 at 14:00", "03-03 14:00"),
    ("Tuesday 3rd March at 2pm", "03-03 14:00"),
    ("March 3rd, 2:30pm", "03-03 14:30"),
    ("March 3, 2026 at 2:30 PM", "03-03 14:30"),
    ("Tue, Mar 3, 2026, 2:30 p.m.", "03-03 14:30"),
    ("on 3/4 at 10am", "04-03 10:00"),
    ("04.03.2026 9:30", "03-04 09:30"),
    ("04/03/2026, 09:30", "03-04 09:30"),
    ("4-3-2026 09:30", "03-04 09:30"),
    ("2026-03-04T14:00", "03-04 14:00"),
    ("2026-03-04 14:00", "03-04 14:00"),
    ("2026-03-04T14:00Z", "03-04 14:00 @UTC"),
    ("2026-03-04T14:00:00-05:00", "03-04 14:00 @Etc/GMT+5"),
    ("2026/03/04 14:00", "03-04 14:00"),
    ("Thu 5th @ 2", "03-05 14:00"),
    ("Thursday the 5th at 2pm", "03-05 14:00"),
    ("on the 4th at 11am", "03-04 11:00"),
    ("3 March 10:00", "03-03 10:00"),
    ("3-Mar-2026 10:00", "03-03 10:00"),
    ("Wednesday (4 March) at 10:00", "03-04 10:00"),
    ("4 March (Wednesday) at 10:00", "03-04 10:00"),
    ("the 4th of March at 10:00", "03-04 10:00"),
    ("Tues 3 Mar, 10am", "03-03 10:00"),
    ("10am, 3 March", "03-03 10:00"),
    ("at 2pm on Tuesday, 3 March", "03-03 14:00"),
    ("2pm on 3 March 2026", "03-03 14:00"),
    ("Your interview is on Tuesday,\n3 March at\n2pm.", "03-03 14:00"),
    ("3 March '26 at 10:00", "03-03 10:00"),
    ("Tue 3 Mar 2026 14:00 – 14:45", "03-03 14:00>14:45"),
    ("Tuesday, March 3, 2026 2:00 PM-2:45 PM", "03-03 14:00>14:45"),
    ("TUESDAY 3 MARCH, 2PM", "03-03 14:00"),
    ("March 3rd @2pm", "03-03 14:00"),
    ("*Date:* Tuesday 3 March *Time:* 14:00", "03-03 14:00"),
]

RELATIVE = [
    ("tomorrow 7 at the stall", "02-27 07:00"),
    ("the call that was down for 2 tomorrow", "02-27 14:00"),
    (
        "We meet on Friday 6 March. Could you call me on the following Monday? It is a quick one at 10am.",
        "03-09 10:00",
    ),
    ("see you tomoro at 11am", "02-27 11:00"),
    ("Friday's interviews (yours was 9.20) are off.", "02-27 09:20"),
    ("late tomorrow, so he will ring you at 3.30 rather than later", "02-27 15:30"),
    ("this Tuesday at 10am", "03-03 10:00"),
    ("next Tuesday at 10am", "03-03 10:00"),
    ("next Friday at 10am", "03-06 10:00"),
    ("Friday at 10am", "02-27 10:00"),
    ("this Friday at 10am", "02-27 10:00"),
    ("Thursday at 3", "02-26 15:00"),
    ("Thursday at 9am", "03-05 09:00"),
    ("Monday week at 10:00", "03-09 10:00"),
    ("a week on Monday at 2pm", "03-09 14:00"),
    ("a week from Monday at 2pm", "03-09 14:00"),
    ("tomorrow at 3", "02-27 15:00"),
    ("tomorrow 9:30", "02-27 09:30"),
    ("today at 4pm", "02-26 16:00"),
    ("tonight at 8", "02-26 20:00"),
    ("this afternoon at 3:15", "02-26 15:15"),
    ("the day after tomorrow at 11am", "02-28 11:00"),
    ("Tuesday next week at 10am", "03-03 10:00"),
    ("next week on Tuesday at 10am", "03-03 10:00"),
    ("Friday of next week at 10am", "03-06 10:00"),
    ("the Tuesday after next at 10am", "03-10 10:00"),
    ("tomorrow (Friday) at 10am", "02-27 10:00"),
    ("tomorrow morning at 9", "02-27 09:00"),
    ("Are you free next week? Tuesday at 10am would suit.", "03-03 10:00"),
    ("Can we talk next week? How about Friday at 10am?", "03-06 10:00"),
    ("I am away next week. Would tomorrow at 10am work?", "02-27 10:00"),
]

CLOCKS = [
    ("Tomorrow at 2 stands exactly as it was.", "02-27 14:00"),
    ("Tomorrow, ten sharp", "02-27 10:00"),
    ("Can you do Tues 10?", "03-03 10:00"),
    ("Monday, I can't do 9.20", "03-02 09:20"),
    ("Sunday, morning milking, half 5 (05:30)", "03-01 05:30"),
    ("tonight come 11.30", "02-26 23:30"),
    ("Thursday week, still 3?", "03-12 15:00"),
    ("looking forward to Friday at 1.10. Two things I forgot", "02-27 13:10"),
    ("It will need to be tomorrow night at 8 now", "02-27 20:00"),
    ("Friday quarter to 7", "02-27 06:45"),
    ("Friday at half past twelve", "02-27 12:30"),
    ("Friday 2p", "02-27 14:00"),
    ("Friday 1130am", "02-27 11:30"),
    ("Friday at half four (16:30)", "02-27 16:30"),
    ("Dont come in at 9 Nadia, the shop is shut on Friday", "02-27 09:00"),
    ("Friday, 6 in the morning", "02-27 06:00"),
    ("7:15 on Sunday evening", "03-01 19:15"),
    ("Friday at midnight", "02-27 00:00"),
    ("Friday at half ten", "02-27 10:30"),
    ("Friday, half past ten", "02-27 10:30"),
    ("Friday at quarter to four", "02-27 15:45"),
    ("Friday at quarter past nine", "02-27 09:15"),
    ("Friday at ten o'clock", "02-27 10:00"),
    ("Friday at three o’clock", "02-27 15:00"),
    ("Friday at noon", "02-27 12:00"),
    ("Friday at 12 noon", "02-27 12:00"),
    ("midday on Friday", "02-27 12:00"),
    ("Friday 2ish", "02-27 14:00"),
    ("Friday 14h30", "02-27 14:30"),
    ("Friday at 1400 hrs", "02-27 14:00"),
    ("Friday 3.30pm", "02-27 15:30"),
    ("Friday at 3.30 pm", "02-27 15:30"),
    ("Friday at 10 a.m.", "02-27 10:00"),
    ("Friday at 10A.M", "02-27 10:00"),
    ("Friday at 12pm", "02-27 12:00"),
    ("Friday at 12:15am", "02-27 00:15"),
    ("Friday at 9", "02-27 09:00"),
    ("Friday at 3", "02-27 15:00"),
    ("Friday at 12", "02-27 12:00"),
    ("Friday at ten thirty", "02-27 10:30"),
    ("Friday at three", "02-27 15:00"),
    ("Friday around 4:30", "02-27 16:30"),
    ("Friday at 08:00", "02-27 08:00"),
    ("Friday at 3 in the afternoon", "02-27 15:00"),
    ("Friday at 8 in the morning", "02-27 08:00"),
    ("Friday at 7 in the evening", "02-27 19:00"),
    ("Friday afternoon at 2", "02-27 14:00"),
    ("at 3 on Friday", "02-27 15:00"),
    ("Friday at 15:00 sharp", "02-27 15:00"),
    ("Friday, 14.30", "02-27 14:30"),
]

RANGES = [
    ("Friday 10-10.45am", "02-27 10:00>10:45"),
    ("Friday 2–3pm", "02-27 14:00>15:00"),
    ("Friday from 2 to 3pm", "02-27 14:00>15:00"),
    ("Friday from 2 to 3", "02-27 14:00>15:00"),
    ("Friday between 11:30 am and noon", "02-27 11:30>12:00"),
    ("Friday between 10 and 12", "02-27 10:00>12:00"),
    ("Friday 11-1pm", "02-27 11:00>13:00"),
    ("Friday 10am-2", "02-27 10:00>14:00"),
    ("Friday 10am to 11:30am", "02-27 10:00>11:30"),
    ("Friday 2:00-2:45pm", "02-27 14:00>14:45"),
    ("Friday 9-5", "02-27 09:00>17:00"),
    ("Friday, 14:00–15:00", "02-27 14:00>15:00"),
    ("Friday 14:00 to 14:30", "02-27 14:00>14:30"),
    ("Friday 12-1pm", "02-27 12:00>13:00"),
    ("Friday 11:30-12", "02-27 11:30>12:00"),
    ("Friday 10:00 until 10:30", "02-27 10:00>10:30"),
    ("Friday 10:00 - 10:30 am", "02-27 10:00>10:30"),
    ("Friday, 11 am – 12 pm", "02-27 11:00>12:00"),
    ("tomorrow 11pm-1am", "02-27 23:00>01:00"),
    ("2pm-3pm on Friday", "02-27 14:00>15:00"),
]

LENGTHS = [
    ("a 45-minute call on Friday at 10am", "02-27 10:00>10:45"),
    ("Friday at 3pm for half an hour", "02-27 15:00>15:30"),
    ("Friday at 3pm for 30 min", "02-27 15:00>15:30"),
    ("Friday at 3pm. It'll last about an hour.", "02-27 15:00>16:00"),
    ("Friday at 3pm (45 minutes)", "02-27 15:00>15:45"),
    ("Friday at 3pm for 1.5 hours", "02-27 15:00>16:30"),
    ("Friday at 3pm, 30-45 minutes", "02-27 15:00>15:45"),
    ("Friday at 3pm for an hour and a half", "02-27 15:00>16:30"),
    ("Friday at 3pm. Please arrive 10 minutes early.", "02-27 15:00"),
    ("Friday at 3pm. Let us know 24 hours before if you cannot come.", "02-27 15:00"),
    ("Date: Friday 6 March\nTime: 3pm\nDuration: 1 hour", "03-06 15:00>16:00"),
    ("Friday at 3pm for 1 hour 15 minutes", "02-27 15:00>16:15"),
]

ZONES = [
    ("Tuesday 3 March, 16:00 (15:00)", "03-03 16:00"),
    ("Tuesday 3 March at 16h30 (hour of Paris)", "03-03 16:30 @Europe/Paris"),
    (
        "Tuesday 3 March, 10:30-11:00am EST / 3:30-4:00pm in the UK",
        "03-03 10:30>11:00 @America/New_York",
    ),
    (
        "As follows (CET, you are 7 hours behind us):\n\nTuesday, 16:00",
        "03-03 16:00 @Europe/Berlin",
    ),
    ("Thursday 5 March, hours 11.00 of Italy, by video", "03-05 11:00 @Europe/Rome"),
    ("Tuesday 3 March, 9:00 AM MST (4:00 PM in London)", "03-03 09:00 @America/Denver"),
    ("Friday 10am (both German time)", "02-27 10:00 @Europe/Berlin"),
    ("Friday at 3pm East Africa Time; that is noon for you.", "02-27 15:00 @Africa/Nairobi"),
    ("Friday at 10am our time", "02-27 10:00"),
    ("Friday 9am Eastern/8am Central", "02-27 09:00 @America/New_York"),
    ("Time zone: CET. Friday at 10am", "02-27 10:00 @Europe/Berlin"),
    ("Friday, 2pm–2:45pm ET", "02-27 14:00>14:45 @America/New_York"),
    ("Friday 10am PT/1pm ET", "02-27 10:00 @America/Los_Angeles"),
    ("Friday 10am PT / 1pm ET / 6pm UK", "02-27 10:00 @America/Los_Angeles"),
    ("Friday at 3pm London (10am New York)", "02-27 15:00 @Europe/London"),
    ("Friday at 10:00 EST (15:00 GMT)", "02-27 10:00 @America/New_York"),
    ("Friday at 10:00 CET", "02-27 10:00 @Europe/Berlin"),
    ("Friday at 10:00 Eastern Time", "02-27 10:00 @America/New_York"),
    ("Friday at 10am Eastern", "02-27 10:00 @America/New_York"),
    ("Friday at 10am UK time", "02-27 10:00 @Europe/London"),
    ("Friday at 10am London time", "02-27 10:00 @Europe/London"),
    ("Friday at 10am (Berlin)", "02-27 10:00 @Europe/Berlin"),
    ("Friday at 10am (Berlin time)", "02-27 10:00 @Europe/Berlin"),
    ("Friday at 10am UTC+2", "02-27 10:00 @Etc/GMT-2"),
    ("Friday at 10am (UTC+05:30)", "02-27 10:00 @Asia/Kolkata"),
    ("Friday at 10am GMT", "02-27 10:00 @UTC"),
    ("Friday at 10am GMT-5", "02-27 10:00 @Etc/GMT+5"),
    ("Friday at 3pm pst", "02-27 15:00 @America/Los_Angeles"),
    ("Friday at 10:00 Europe/Berlin", "02-27 10:00 @Europe/Berlin"),
    ("Friday at 10:00 (America/New_York)", "02-27 10:00 @America/New_York"),
    ("Friday at 10am IST", "02-27 10:00 @Asia/Kolkata"),
    ("Friday at 10am AEDT", "02-27 10:00 @Australia/Sydney"),
    ("Friday at 10am your time", "02-27 10:00"),
    ("Friday at 2pm ET – 3pm ET", "02-27 14:00>15:00 @America/New_York"),
    ("Tue Mar 3, 2026 2pm – 3pm (PST)", "03-03 14:00>15:00 @America/Los_Angeles"),
    (
        "Tuesday, March 3, 2026 2:00 PM-2:45 PM (UTC-05:00) Eastern Time (US & Canada)",
        "03-03 14:00>14:45 @America/New_York",
    ),
    (
        "When: Tuesday 3 March, 2:00 PM - 3:00 PM Central European Time",
        "03-03 14:00>15:00 @Europe/Berlin",
    ),
    ("ET 2pm on Friday, at our office in London", "02-27 14:00"),
]


@pytest.mark.parametrize(
    ("text", "expected"), [*LAYOUTS, *RELATIVE, *CLOCKS, *RANGES, *LENGTHS, *ZONES]
)
def test_one_time_is_read(text: str, expected: str) -> None:
    """A time in that layout is read as exactly one moment."""
    assert read(text) == [expected]


SEVERAL = [
    (
        "Date        Eastern      Mountain\nTue 3 March  11:00 AM   9:00 AM\nWed 4 March  2:30 PM    12:30 PM",
        ["03-03 11:00 @America/New_York", "03-04 14:30 @America/New_York"],
    ),
    (
        "Tuesday 3 March. Eastern first, yours in brackets:\n\n10:00-10:30 [15:00-15:30] Ann\n11:00-11:30 [16:00-16:30] Bo",
        ["03-03 10:00>10:30 @America/New_York", "03-03 11:00>11:30 @America/New_York"],
    ),
    (
        "Openings I can see, Pacific:\n\n- Tue 3 March, 9:00 am\n- Wed 4 March, 1:00 pm",
        ["03-03 09:00 @America/Los_Angeles", "03-04 13:00 @America/Los_Angeles"],
    ),
    (
        "on Friday at either 11 or 3 Central",
        ["02-27 11:00 @America/Chicago", "02-27 15:00 @America/Chicago"],
    ),
    (
        "20, 22 and 27 March, each from 09:00 to 16:30",
        ["03-20 09:00>16:30", "03-22 09:00>16:30", "03-27 09:00>16:30"],
    ),
    (
        "Court is at ten. I could see you at 8:30 on Tuesday 3rd or Wednesday 4th",
        ["03-03 08:30", "03-04 08:30"],
    ),
    ("Tuesday 3rd or Wednesday 4th March, 8am prompt", ["03-03 08:00", "03-04 08:00"]),
    ("Tues 9, Tues 1 or Thurs 4", ["03-03 09:00", "03-03 13:00", "03-05 16:00"]),
    ("tomorrow at 11, and one can't very well refuse", ["02-27 11:00"]),
    (
        "Tuesday at 12:30 and another fifteen on Wednesday at 5:30 pm",
        ["03-03 12:30", "03-04 17:30"],
    ),
    ("- Tue Mar 3, 10-11\n- Wed Mar 4, 15-16", ["03-03 10:00>11:00", "03-04 15:00>16:00"]),
    (
        "friday plan\n\n1-2 work session\n2-2:45 Zeke\n3-3:30 Lorenzo",
        ["02-27 13:00>14:00", "02-27 14:00>14:45", "02-27 15:00>15:30"],
    ),
    (
        "Monday at 10 then, that's 10 UK time",
        ["03-02 10:00 @Europe/London", "03-02 10:00 @Europe/London"],
    ),
    ("9 or 11 on Wednesday?", ["03-04 09:00", "03-04 11:00"]),
    ("2pm Tuesday, Wednesday or Friday", ["03-03 14:00", "03-04 14:00", "02-27 14:00"]),
    ("wed or fri 3pm?", ["03-04 15:00", "02-27 15:00"]),
    (
        "On Wednesday 4 March we have 10.00, 11.15 and 2.00 left",
        ["03-04 10:00", "03-04 11:15", "03-04 14:00"],
    ),
    ("Tuesday 3 March\n9.30 Presentation\n10.30 Panel", ["03-03 09:30", "03-03 10:30"]),
    (
        "Wednesday 4 March\n9.00 - 9.30  Tour\n9.45 - 10.30  Task",
        ["03-04 09:00>09:30", "03-04 09:45>10:30"],
    ),
    ("Date: Tuesday 3 March (was Thursday 5 March)\nTime: 10.45", ["03-03 10:45"]),
    ("Monday at 9 or Thursday at 4", ["03-02 09:00", "03-05 16:00"]),
    (
        "Would Wednesday 4 March at 2 suit? Or, failing that, the Friday at ten?",
        ["03-04 14:00", "03-06 10:00"],
    ),
    ("Friday: come 11 not 10", ["02-27 11:00", "02-27 10:00"]),
    ("Tuesday: can we make it 4 rather than 2?", ["03-03 16:00", "03-03 14:00"]),
    (
        "- Thu 5/3 1:00pm\n- Thu 5/3 4:30pm\n- Mon 9/3 11:00am",
        ["03-05 13:00", "03-05 16:30", "03-09 11:00"],
    ),
    ("Tuesday 3 March at 9 or Thursday 5 March at 3", ["03-03 09:00", "03-05 15:00"]),
    ("Come at 09:55 for a 10:00 start on Monday", ["03-02 09:55", "03-02 10:00"]),
    ("Monday 30 March at 10 or Tuesday at 2", ["03-30 10:00", "03-31 14:00"]),
    (
        "11:15–noon – Fatima\nnoon–1 – lunch\nFriday the 6th",
        ["03-06 11:15>12:00", "03-06 12:00>13:00"],
    ),
    ("Could we say 11.30 rather than 10.30 tomorrow?", ["02-27 11:30", "02-27 10:30"]),
    (
        "Earlier than in my Monday email: tomorrow 9:00-9:30 Ann (was 10:00)",
        ["02-27 09:00>09:30", "02-27 10:00"],
    ),
    ("Tuesday 3 March 2pm – Tuesday 3 March 3pm", ["03-03 14:00>15:00"]),
    ("Tuesday at 10 or 2, Wednesday after 3", ["03-03 10:00", "03-03 14:00", "03-04 15:00"]),
    ("Tuesday at 10, 11 or 2", ["03-03 10:00", "03-03 11:00", "03-03 14:00"]),
    ("Tuesday 3 March: 10am with Ann, 11am with Raj", ["03-03 10:00", "03-03 11:00"]),
    ("10am Tuesday, 2pm Wednesday", ["03-03 10:00", "03-04 14:00"]),
    ("Tuesday 10am, Wednesday 2pm", ["03-03 10:00", "03-04 14:00"]),
    ("10am or 2pm on Tuesday", ["03-03 10:00", "03-03 14:00"]),
    ("Monday or Tuesday at 10am", ["03-02 10:00", "03-03 10:00"]),
    ("at 10 on Tuesday or at 2 on Wednesday", ["03-03 10:00", "03-04 14:00"]),
    ("Are you free next week? Tuesday at 10 or Wednesday at 2?", ["03-03 10:00", "03-04 14:00"]),
    ("Tuesday at 10am or Wednesday at 2pm next week", ["03-03 10:00", "03-04 14:00"]),
    ("Does Thursday or Friday next week at 4pm suit?", ["03-05 16:00", "03-06 16:00"]),
    (
        "All times are Eastern. Friday 10am or 2pm",
        ["02-27 10:00 @America/New_York", "02-27 14:00 @America/New_York"],
    ),
    ("Tuesday at 10 or 2 ET", ["03-03 10:00 @America/New_York", "03-03 14:00 @America/New_York"]),
    (
        "Tuesday 3 March\n10:00 – 10:45 Priya Nair, Engineering\n10:45 – 11:30 Sam Roe, Product\n11:30 – 12:00 Break\n",
        ["03-03 10:00>10:45", "03-03 10:45>11:30", "03-03 11:30>12:00"],
    ),
    (
        "- Tue 3 March, 10:00\n- Wed 4 March, 14:00\n- Thu 5 March, 16:30",
        ["03-03 10:00", "03-04 14:00", "03-05 16:30"],
    ),
    (
        "1. Tuesday 3 March 10am\n2. Wednesday 4 March 2pm",
        ["03-03 10:00", "03-04 14:00"],
    ),
    ("When: | Tue 3 Mar | Time: | 14:00–15:00 GMT", ["03-03 14:00>15:00 @UTC"]),
    ("Date | Tuesday 3 March\nTime | 2pm - 3pm (GMT)", ["03-03 14:00>15:00 @UTC"]),
    ("Date: Tuesday 3 March\nTime: 2pm", ["03-03 14:00"]),
    ("Time: 2pm\nDate: Tuesday 3 March", ["03-03 14:00"]),
    (
        "Interview on Tuesday 3 March\n\nHi,\nwe will start at 10:00 and end with lunch at 12:30.",
        ["03-03 10:00", "03-03 12:30"],
    ),
    (
        "Each interview lasts 45 minutes: Tuesday at 10am, Wednesday at 2pm.",
        ["03-03 10:00>10:45", "03-04 14:00>14:45"],
    ),
    (
        "Mon 2 March: 9-10am, 1-2pm\nTue 3 March: 3-4pm",
        ["03-02 09:00>10:00", "03-02 13:00>14:00", "03-03 15:00>16:00"],
    ),
    ("Please reply by Friday. We meet on Tuesday 3 March. 10am works.", ["03-03 10:00"]),
    ("We moved it from Tuesday at 10am to Wednesday at 2pm.", ["03-03 10:00", "03-04 14:00"]),
    ("Thanks for applying yesterday. Could we talk on Monday at 11am?", ["03-02 11:00"]),
]


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_several_times_share_days_and_zones(text: str, expected: list[str]) -> None:
    """A day or a zone said once holds for the times around it, in text order."""
    assert read(text) == expected


NOTHING = [
    "two or three mornings after Easter",
    "Mon-Weds before service? 2ish?",
    "We're at 1150 W. Fulton Market, come on Tuesday",
    "call 312-555-0188 on Tuesday",
    "you come one Saturday and we talk",
    "Tea one evening next week?",
    "We interview at 3 different sites on Friday",
    "Friday's agenda covers 4.50 euros an hour",
    "We make 3 of them, on Friday",
    "Between 5 to 10 times a day since Friday",
    "It is one\nto five miles from here, on Friday",
    "We pay 10.50 euros an hour from Friday",
    "Version 3.12 on Friday",
    "rated 4.50 stars on Friday",
    "Bring no. 10 on Friday",
    "The salary is £50-60k, paid on Friday.",
    "Salary: 50-60k. Start on Monday.",
    "Call +1 555 010 1400 on Friday.",
    "Call us on 020 7946 0018 tomorrow.",
    "We support you 24/7 from Monday.",
    "221 Baker St, on Friday",
    "Come on Friday to 10 Downing Street.",
    "On Friday we meet at 5 March Street.",
    "Version 10.30 ships on Friday.",
    "It's a 9 to 5 job, see you Tuesday.",
    "You are in the top 10 since Friday.",
    "A 2:1 degree, by Friday",
    "The ratio is 1:15 on Friday shifts",
    "Meeting ID: 123 4567 8901, Passcode: 1030. See you Friday.",
    "3-5 years' experience wanted by Friday",
    "On Friday, 3 interviewers join.",
    "On Friday at 3 companies",
    "We met 4 people today.",
    "Zip 94105, Friday",
    "A raise of 10% on Friday",
    "The 2nd round, Friday",
    "COVID-19 rules hold tomorrow.",
    "One to one on Friday",
    "Round 2 on Friday",
    "Room 3.14 on Friday",
    "Call us at 3pm.",
    "Ticket 10:30:45:99 of Friday",
    "Copyright 2026 Acme, Friday",
    "I can do any time Tuesday.",
    "Our office hours are 9am to 5pm, Monday to Friday.",
    "We're open from 9am to 5pm on Friday.",
    "Every Monday at 9am we have a stand-up.",
    "On Mondays at 9 we meet.",
    "On Tue, 3 Mar 2026 at 14:02, Ann Lee wrote:",
    "Sent: Tuesday, 3 March 2026 14:02",
    "https://x.example/2026-03-04T10:00/a on Friday",
    "Windows 10 on Friday",
    "Chapter 3:16, Friday",
    "It costs $10.30 on Friday",
    "Friday: 10 questions, 2 tasks",
    "",
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_time_is_left_alone(text: str) -> None:
    """Prices, numbers, names, ratios and hours of business are no appointments."""
    assert read(text) == []


def test_us_order_of_day_and_month() -> None:
    """In the United States 3/4 is 4 March."""
    assert read("on 3/4 at 10am", NEW_YORK, "America/New_York", "US") == ["03-04 10:00"]


def test_weekday_decides_the_order() -> None:
    """A weekday that fits one order alone decides, whatever the country."""
    assert read("Wed 3/4 at 10am", LONDON) == ["03-04 10:00"]
    assert read("Fri 3/4 at 10am", NEW_YORK, "America/New_York", "US") == ["04-03 10:00"]


def test_impossible_order_is_swapped() -> None:
    """13/3 has no thirteenth month, even in the United States."""
    assert read("on 13/3 at 10am", NEW_YORK, "America/New_York", "US") == ["03-13 10:00"]


def test_year_turns() -> None:
    """In December, 8 January is next year's."""
    [mention] = find_times(
        "8 January at 10am",
        datetime(2026, 12, 20, 9, tzinfo=LONDON.tzinfo),
        zone="Europe/London",
        country="GB",
    )
    assert mention.start.year == 2027


def test_recent_past_without_a_year_stays_past() -> None:
    """An interview that is recalled keeps its year."""
    [mention] = find_times("on 17 February at 10am", LONDON, zone="Europe/London", country="GB")
    assert mention.start.date().isoformat() == "2026-02-17"


def test_weekday_that_contradicts_the_date_is_a_doubt() -> None:
    """The date is kept, and both are named."""
    [mention] = find_times(
        "Tuesday 4 March 2026 at 10am", LONDON, zone="Europe/London", country="GB"
    )
    assert shown(mention) == "03-04 10:00"
    assert mention.doubts == ("Tuesday is not 4 March 2026 (a Wednesday)",)


def test_unstated_zone_is_the_default_and_not_reported() -> None:
    """A time without a zone is in the default one; its zone is None."""
    [mention] = find_times("July 7 at 10am", LONDON, zone="America/New_York", country="US")
    assert mention.timezone is None
    assert mention.start.utcoffset() == timedelta(hours=-4)


def test_stated_zone_gives_the_offset_of_that_day() -> None:
    """London in July is an hour ahead of UTC."""
    [mention] = find_times(
        "7 July at 10am London time", LONDON, zone="America/New_York", country="GB"
    )
    assert mention.start.utcoffset() == timedelta(hours=1)


def test_ambiguous_abbreviation_by_country() -> None:
    """IST is Ireland's for a user there."""
    assert read("Friday at 10am IST", LONDON, "Europe/Dublin", "IE") == [
        "02-27 10:00 @Europe/Dublin"
    ]


def test_ambiguous_abbreviation_by_sender() -> None:
    """IST is Israel's where the sender's clock says so."""
    israel = datetime(2026, 2, 26, 10, 0, tzinfo=timezone(timedelta(hours=2)))
    assert read("tomorrow at 10am IST", israel, "Europe/London", "GB") == [
        "02-27 10:00 @Asia/Jerusalem"
    ]


def test_relative_words_count_in_the_senders_zone() -> None:
    """Tomorrow is the day after the sender's day, not the user's."""
    tokyo = datetime(
        2026, 2, 27, 1, 0, tzinfo=timezone(timedelta(hours=9))
    )  # still the 26th in London
    assert read("tomorrow at 10am", tokyo) == ["02-28 10:00"]


def test_skipped_time_moves_forward_with_a_doubt() -> None:
    """02:30 does not exist on the night when summer time begins."""
    [mention] = find_times("29 March 2026 at 02:30 CET", LONDON, zone="Europe/Berlin", country="DE")
    assert mention.start.strftime("%H:%M%z") == "03:30+0200"
    assert any("skip" in doubt for doubt in mention.doubts)


def test_repeated_time_is_the_first_with_a_doubt() -> None:
    """02:30 comes twice on the night when summer time ends."""
    [mention] = find_times(
        "on 25 October 2026 at 02:30", LONDON, zone="Europe/Berlin", country="DE"
    )
    assert mention.start.strftime("%H:%M%z") == "02:30+0200"
    assert any("twice" in doubt for doubt in mention.doubts)


def test_length_runs_across_a_change_of_the_clocks() -> None:
    """Two hours from 01:00 on the night of the change end at 04:00 by the clock."""
    [mention] = find_times(
        "29 March 2026 at 01:00 for 2 hours", LONDON, zone="Europe/Berlin", country="DE"
    )
    assert mention.end is not None
    assert mention.end.strftime("%H:%M%z") == "04:00+0200"


def test_winter_abbreviation_in_summer_is_a_doubt() -> None:
    """EST in July is read as New York's local time, and doubted."""
    [mention] = find_times("July 7 at 10am EST", LONDON, zone="America/New_York", country="US")
    assert mention.start.utcoffset() == timedelta(hours=-4)
    assert any("EST" in doubt for doubt in mention.doubts)


def test_two_zones_that_disagree_are_one_time_with_a_doubt() -> None:
    """10am PT is not 2pm ET: the first counts."""
    [mention] = find_times("Friday 10am PT / 2pm ET", LONDON, zone="Europe/London", country="GB")
    assert shown(mention) == "02-27 10:00 @America/Los_Angeles"
    assert any("not the same time" in doubt for doubt in mention.doubts)


def test_span_is_where_the_words_stand() -> None:
    """The span cuts the words of the time out of the text."""
    text = "See you on Friday at 3pm London (10am New York), Ann"
    [mention] = find_times(text, LONDON, zone="Europe/London", country="GB")
    assert text[slice(*mention.span)] == mention.text == "3pm London (10am New York)"


@pytest.mark.parametrize(
    "text",
    [
        "Can you make one of the following, all Eastern?\n\n1) Tue, Mar 3, 10:00 am",
        "Open times (New York):\n\nTue Mar 3   10:00 AM",
        "Tue 3 March 10:00\n\nTimes are New York. We book the flights.",
    ],
)
def test_a_zone_that_is_said_of_all(text: str) -> None:
    """A zone or city that stands for a whole list is that of its times."""
    assert read(text) == ["03-03 10:00 @America/New_York"]


def test_hours_with_a_date_are_no_opening_hours() -> None:
    """ "Open to you is" a day with its hours, which a shop's hours have not."""
    text = "Open to you is the morning of Tuesday 3 March (8.30 to 12.30)."
    assert read(text) == ["03-03 08:30>12:30"]


def test_a_letter_that_was_written_is_no_stamp() -> None:
    """A sentence that ends with what somebody wrote names its times still."""
    text = "It is Tuesday 3 March at 10:00, as I wrote."
    assert read(text) == ["03-03 10:00"]


def test_a_day_that_another_is_better_than_holds_no_time() -> None:
    """Behind "better than Wednesday" the hour is of the day that is better."""
    text = "Tuesday 3 March is better than Wednesday for me. At 10:00 perhaps?"
    assert read(text) == ["03-03 10:00"]


def test_the_words_of_a_page_are_not_looked_through_for_each_time_in_brackets() -> None:
    """Sixty times among 2,700 words take the steps of the times and those of the words."""
    times = "All times are Eastern. On Tuesday 3 March " + "10:00-10:30 [8:00-8:30], " * 60
    words = "we look ahead " * 900
    _steps("Eastern, yours: 10:00 [8:00]. We look ahead.")  # the words of English are read once
    assert _steps(times + words) < _steps(times) + _steps(words)


def test_times_beyond_the_most_that_a_mail_names_take_the_steps_of_words_alone() -> None:
    """Four hundred times take less than twice what seventy do."""
    time = "Tuesday 3 March at 10:00. "
    _steps(time)
    assert _steps(time * 400) < 2 * _steps(time * 70)


def _steps(text: str) -> int:
    """How many calls and returns it takes to find the times of a text."""
    return steps(lambda: read(text))
