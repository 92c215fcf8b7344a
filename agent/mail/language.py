"""Which language a text is in, by its commonest words and the letters only it has."""

import re
from collections import Counter
from collections.abc import Mapping

_WORD = re.compile(r"[^\W\d_]+")
_MOST = 400  # words looked at
_ENOUGH = 25  # words by which a text tells its language alone
_FEW = 6  # words below which one of a language speaks for it

# The commonest words of letters about work and dates. One that two languages share counts for
# both; those of one language alone decide.
_COMMON: Mapping[str, frozenset[str]] = {
    "en": frozenset(
        "the and you your for we with our this have are will please not be to of it that is if at on from i my so can do just let me know would could there they was has am pm monday tuesday wednesday thursday friday saturday sunday tomorrow today hi hello dear thanks works".split()
    ),
    "de": frozenset(
        "der die das und sie wir ihre ihr für mit nicht ist auf ein eine zu ihnen uns werden haben den dem bitte freuen leider ich dir dich wenn dann noch um bei passt gern gerne uhr "
        "morgen heute komm halb gruß grüße hallo guten im am als auch oder aber nur mal schon deine dein neue stelle einladung erinnerung termin gespräch ihren aktualisierte montag dienstag mittwoch donnerstag freitag samstag".split()
    ),
    "fr": frozenset(
        "le les des et vous nous votre pour avec une dans est pas sur que qui vos notre avons cordialement merci candidature je du au la bonjour par ce mais si ok jeudi lundi mardi mercredi vendredi "
        "samedi demain rendez entretien poste être suis ton te à même désolé hâte ça offres convocation rappel de".split()
    ),
    "es": frozenset(
        "el los las y usted nos su para con una que por hemos gracias estimado proceso puesto saludos nuestro candidatura la del se te tu lo hola buenos días mañana martes lunes jueves viernes miércoles "
        "entrevista estoy pues si no ya muy como este esta me han ha invitación actualizada evento recordatorio de en".split()
    ),
    "nl": frozenset(
        "het een en wij je uw voor met niet van op bedankt graag gesprek vriendelijke zijn hebben wordt bij onze jouw de ik dat die te naar om hoi dag beste zaterdag maandag dinsdag woensdag "
        "donderdag vrijdag prima kan aan nog wel uitnodiging vacatures sollicitatiegesprek herinnering geüpdatete gewijzigd".split()
    ),
    "pt": frozenset(
        "os uma você não com para sua seu obrigado obrigada vaga nós nosso processo seleção agradecemos muito pela entrevista atenciosamente o da do dos das em no na um mais sem "
        "ao à às já está ainda isso também pelo até bom boa dia tarde noite olá oi amanhã segunda terça quarta quinta sexta sábado horas que de se por ter foi são convite conversa atualizado lembrete evento".split()
    ),
    "it": frozenset(
        "il gli di e la per con una non che è sono della nostro grazie colloquio candidatura cordiali saluti abbiamo suo si lo le ci ti mi da dal alle alla ciao domani buongiorno gentile lunedì martedì "
        "mercoledì giovedì venerdì sabato ma anche come se più perché del un ore invito aggiornato promemoria evento".split()
    ),
    "pl": frozenset(
        "i w na się nie jest do z że dla za pani pan pana rozmowę dziękujemy dziękuję oraz przez pozdrawiam stanowisko zapraszamy o po od jak co ale już dzień dobry cześć jutro dziś godz poniedziałek "
        "wtorek środę środa czwartek piątek sobotę mi ci to twojego nowe ogłoszenia przypominamy bądź zaproszenie rozmowa przypomnienie".split()
    ),
}
# The months, as letters name them: for the short ones that hold little else.
_MONTHS: Mapping[str, str] = {
    "de": "januar februar märz mai juni juli oktober dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "nl": "januari februari maart mei juni juli augustus oktober",
    "pt": "janeiro fevereiro março maio junho julho setembro outubro novembro dezembro",
    "it": "gennaio febbraio maggio giugno luglio settembre ottobre dicembre",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia "
    "poniedziałku wtorku środy czwartku piątku",
}
_WORDS = {code: words | set(_MONTHS.get(code, "").split()) for code, words in _COMMON.items()}
_LETTERS: Mapping[str, str] = {
    "de": "ßäöü",
    "fr": "œùûêè",
    "es": "ñ¿¡",
    "pt": "ãõ",
    "pl": "łążźćńśę",
}
_SHARED = frozenset(
    word
    for word, count in Counter(w for words in _WORDS.values() for w in words).items()
    if count > 1
)


def language_of(text: str) -> str:
    """The ISO 639-1 code of a text's language; "en" where nothing speaks clearly for another."""
    shown = text[: _MOST * 8].lower()
    found = _WORD.findall(shown)[:_MOST]
    counts = {code: _count(code, found, shown) for code in _COMMON}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] >= 2 and counts[best] > counts["en"] else "en"


def language_around(text: str, around: str) -> str:
    """The language of a text, or where it says too little, of it and what stands around it.

    `around` is what the same sender, or whom they answer, wrote beside it: subject, calendar,
    signature, history; it counts half.
    """
    shown = text[: _MOST * 8].lower()
    found = _WORD.findall(shown)[:_MOST]
    if len(found) >= _ENOUGH:
        return language_of(text)
    beside = around[: _MOST * 8].lower()
    others = _WORD.findall(beside)[:_MOST]
    counts = {
        code: _count(code, found, shown) + _count(code, others, beside) / 2 for code in _COMMON
    }
    best = max(counts, key=lambda code: counts[code])
    least = 2.0 if len(found) >= _FEW else 1.0
    return best if counts[best] >= least and counts[best] > counts["en"] else "en"


def is_in_another(text: str, language: str) -> bool:
    """Whether a text is clearly in another language: a few words of trade speak for none."""
    shown = text[: _MOST * 8].lower()
    found = _WORD.findall(shown)[:_MOST]
    counts = {code: _count(code, found, shown) for code in _COMMON}
    base = language.partition("-")[0].lower()
    best = max(counts, key=lambda code: counts[code])
    return counts[best] >= 2 and counts[best] > counts.get(base, 0.0) + 1


def _count(code: str, found: list[str], shown: str) -> float:
    """One for each word of the language alone, half for one it shares, up to 2 for its letters."""
    words = _WORDS[code]
    score = sum(0.5 if word in _SHARED else 1.0 for word in found if word in words)
    return score + min(2.0, 0.7 * sum(shown.count(letter) for letter in _LETTERS.get(code, "")))
