"""Which language a text is in, by its commonest words."""

import re
from collections.abc import Mapping

_WORD = re.compile(r"[^\W\d_]+")
_MOST = 400  # words looked at

# The commonest function words; a word that two of the languages share says nothing.
_COMMON: Mapping[str, frozenset[str]] = {
    "en": frozenset(
        "the and you your for we with our this have are will please not be to of it that is if at on from i my".split()
    ),
    "de": frozenset(
        "der die das und sie wir ihre ihr für mit nicht ist auf ein eine zu ihnen uns werden haben den dem bitte freuen leider".split()
    ),
    "fr": frozenset(
        "le les des et vous nous votre pour avec une dans est pas sur que qui vos notre avons cordialement merci candidature".split()
    ),
    "es": frozenset(
        "el los las y usted nos su para con una que por hemos gracias estimado proceso puesto saludos nuestro candidatura".split()
    ),
    "nl": frozenset(
        "het een en wij je u uw voor met niet van op bedankt graag gesprek vriendelijke zijn hebben wordt bij onze jouw".split()
    ),
    "pt": frozenset(
        "os uma você não com para sua seu obrigado vaga nós nosso processo seleção agradecemos muito pela entrevista atenciosamente".split()
    ),
    "it": frozenset(
        "il gli di e la per con una non che è sono della nostro grazie colloquio candidatura cordiali saluti abbiamo suo".split()
    ),
    "pl": frozenset(
        "i w na się nie jest do z że dla za pani pan rozmowę dziękujemy oraz przez pozdrawiam stanowisko zapraszamy".split()
    ),
}


def language_of(text: str) -> str:
    """The ISO 639-1 code of a text's language; "en" where nothing speaks clearly for another."""
    found = [word.lower() for word in _WORD.findall(text[: _MOST * 8])][:_MOST]
    counts = {code: sum(word in common for word in found) for code, common in _COMMON.items()}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] >= 3 and counts[best] > counts["en"] else "en"
