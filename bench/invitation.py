"""An invitation to a talk as a calendar system sends it (RFC 5546), for the benches' hunts."""

INVITATION = """\
BEGIN:VCALENDAR
PRODID:-//Example//Calendar//EN
VERSION:2.0
METHOD:REQUEST
BEGIN:VEVENT
UID:talk-{tag}@{domain}
SEQUENCE:{sequence}
DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}
DTSTART:{start:%Y%m%dT%H%M%SZ}
DTEND:{end:%Y%m%dT%H%M%SZ}
SUMMARY:Interview: {role} at {house}
ORGANIZER;CN={host}:mailto:{host_at}
ATTENDEE;CN={guest};PARTSTAT=ACCEPTED:mailto:{guest_at}
ATTENDEE;CN={me};PARTSTAT=NEEDS-ACTION:mailto:{me_at}
END:VEVENT
END:VCALENDAR
"""
