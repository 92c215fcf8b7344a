"""The zone of times that is told apart from them: once for a list, by the people whose time it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.domain.facts import Kind
from agent.mail.message import Identity
from agent.mail.read import read
from tests.mail.reading import message

TABLE = Path(__file__).parent / "samples" / "zones.txt"
AFAR = Identity("Alex Moreno", ("alex@moreno.example",), "America/Los_Angeles", "US")
OPENINGS = {
    "en": "Dear Alex, thank you for your application.",
    "de": "Lieber Herr Moreno, vielen Dank für Ihre Bewerbung.",
    "fr": "Bonjour, merci pour votre candidature, nous aimerions vous parler.",
    "es": "Hola Alex, gracias por tu candidatura, nos gustaría hablar contigo.",
    "nl": "Beste Alex, bedankt voor je sollicitatie, we spreken je graag.",
    "it": "Ciao Alex, grazie per la candidatura, vorremmo parlarti.",
    "pt": "Olá Alex, obrigado pela candidatura, gostávamos de falar consigo.",
    "pl": "Dzień dobry, dziękuję za zgłoszenie, chcielibyśmy porozmawiać.",
}


def rows() -> Iterator[tuple[str, str, list[str], str]]:
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            language, offset, wanted, text = line.split(" | ", 3)
            yield language, offset, wanted.split(), text.replace("\\n", "\n")


@pytest.mark.parametrize(("language", "offset", "wanted", "text"), list(rows()))
def test_a_zone_told_apart_is_of_all_times(
    language: str, offset: str, wanted: list[str], text: str
) -> None:
    """The user lives elsewhere: a zone that is missed shows."""
    mail = message(f"{OPENINGS[language]}\n\n{text}", date=f"Mon, 02 Mar 2026 10:00:00 {offset}")
    found = read(mail, AFAR, kind=Kind.INTERVIEW_REQUEST)
    starts = [talk.start for talk in found.interviews if talk.start]
    assert [f"{start:%d/%H:%M%z}" for start in starts] == wanted
