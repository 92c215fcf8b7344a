"""Which language a text is in, by its commonest words and the letters only it has."""

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

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
_LANGUAGES: Mapping[str, tuple[str, ...]] = {  # of each word, which have it
    word: tuple(code for code in _COMMON if word in _WORDS[code])
    for word in frozenset().union(*_WORDS.values())
}
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


# What a note of a few words says besides ("tient aux délais"): letters are not judged by these.
_NOTED: Mapping[str, frozenset[str]] = {
    "en": frozenset(
        "a about all also an any as because been before being best better but by care cares cared clear come could did does each easy every fast first begin get give good great had he help her his how important into its keep less like liked likes look looking made make many mentioned more most much must need needs new no nobody now one only or other out over own people quick really right said same say she should slow small some start still such support take talk team than their them then these thing things think those time times too two under until up use used very want wanted wants way week well were what when where which who why without work would year s t".split()
    ),
    "de": frozenset(
        "alle alles also an ans aus beim besonders beste besser brauchen braucht dass deren dessen deshalb dieser dieses diese diesem durch einem einen einer eines er es etwas fragt früh ganz gegen gut gute hat hatte hätte immer ins jede jeden jeder kann kein keine klar können legt legen machen macht man mehr möchte muss müssen nach nichts nie ob ohne sagt schnell sehr sein seine seinen sich sieht soll sollen sollte sonst sucht über unter viel viele wenig weniger jemand jemanden vom von vor vorher warum was weil welche wert wichtig wie will wird wollen wollte wurde zuerst zum zur zwei zwischen gleich gerade worauf erwartet erwarten bericht berichte sauber saubere sauberer sauberes ruhig ruhige bleiben arbeiten arbeit kunden zeit fristen termine zahlen werkzeuge daten besprechung besprechungen stunden tag tage woche wochen monat jahr betrieb werkstatt baustelle büro kollege kollegen chef chefin umgang ordnung kosten schreiben lernen helfen reden halten anfangen achten achtet achte zuhören kurze kurzer einarbeitung sicherheit sorgfalt selbstständig eigenverantwortung teamgeist".split()
    ),
    "fr": frozenset(
        "à ai aime aimerait commencerais ferais proposerais pourrais mettrais aimerais chercherais apprendrais parlerais ainsi alors après assez aucun aussi autre aux avant avoir beaucoup besoin bien bon bonne car cela ces cet chaque chez comme comment contre court courts d demande depuis dès deux dit doit doivent donc dont elle elles en encore ensemble entre équipe été eux faire fait faut il ils insiste j jamais l là leur leurs lui ma me mieux moins mon n ne ni non nos on ont où ou parce parle peu peut plus pourquoi première premier presque puis quand quel quelle quels quoi sa sans ses soit son sont souci sous souvent surtout tient toujours tous tout toute toutes travail très trop un une veut vers veulent vite vont y qu attend attendent attente attentes rapport rapports clair claire clairs rigueur calme réunion équipes chiffres retard retards outils données clientèle écoute suivi horaires heures jour jours semaine mois année entreprise métier terrain atelier chantier usine bureau collègue collègues chef cheffe direction besoins respect propre soigner savoir connaître apprendre aider parler écrire gérer tenir rester prendre mettre rendre arriver commencer finir".split()
    ),
    "es": frozenset(
        "a al algo alguien antes así aún aunque bien busca buscan cada casi con contra cómo cual cuando cuál cuándo cuánto del desde después dice dijo donde dónde e el ella ellos entre era es ese eso están está este estos fue gente gran grande hace hacer hacia hasta hay importa importante las le les lo los más mejor menos mientras mismo mucha mucho muchos nada ni nueva nuevo nunca o otra otro pero poco porque primero puede pueden quien quiere quieren qué quién sea ser sería siempre sin sobre son sus también tan tanto tiempo tiene tienen toda todo todos trabajo tras tres un una unos valora ver espera esperan informe informes claro clara claros rápido rápida seguridad orden buen buena buenos equipo equipos datos cliente clientes plazo plazos reunión reuniones ambiente idiomas turno turnos horario horarios semana mes año empresa taller obra fábrica oficina compañero compañeros jefe jefa trato responsable puntualidad trabajar hablar escribir aprender ayudar llevar cumplir evitar llegar empezar empezaría haría propondría podría pondría aprendería hablaría buscaría terminar mantener cuidar".split()
    ),
    "nl": frozenset(
        "alle alles als dan deze dit door elk er geen goed haar had heb heeft hij hoe hun komt maar maken meer men mij moet na nieuwe niets nu of ook over snel tijd tot uit veel want waren wat werk wie wil willen zal ze zeer zich zij zo zonder zou".split()
    ),
    "pt": frozenset(
        "a aos as bem cada como depois e é ela ele entre era essa esse esta este eu foi gosta há mas melhor menos nas nem nos novo ou pode porque primeiro qual quando quem quer sem sempre ser sobre são também tem tempo ter todo todos trabalho tudo um".split()
    ),
    "it": frozenset(
        "bene chi cosa cui deve dice dopo dove e ha hanno i in lavoro lei loro lo mai meglio meno molto nel nella no noi nuovo o ogni ora poco prima può quale quando quello questa questo qui sempre senza su sua sui tra troppo tutti tutto uno vuole vuol l d".split()
    ),
    "pl": frozenset(
        "bardzo bez być chce czas czy dobrze gdy go ich ile im ja jego jej każdy kto który lub ma mają może musi nad nam nas nią nich nim on ona oni praca przed przy są szybko ta tak tam te też tu tylko tym we więc wszystko zawsze ze".split()
    ),
}
_SAID = {code: words | _NOTED.get(code, frozenset()) for code, words in _WORDS.items()}
_SAID_BY_SEVERAL = frozenset(
    word
    for word, count in Counter(w for words in _SAID.values() for w in words).items()
    if count > 1
)
# Letters and endings of small words, by which a note tells its language that has no common word.
_SIGNS: Mapping[str, re.Pattern[str]] = {
    "de": re.compile(r"[a-z]*[ßäöü]|(?i:\w{5,}(?:ungen|keit|heit|schaft)\b|\w{5,}ung\b)"),
    "fr": re.compile(r"[a-z]*[éèàçêîôûùœ]|\w{3,}(?:euse|euses|aux)\b"),
    "es": re.compile(r"[a-z]*[ñáéíóú]|\w{3,}(?:miento|mientos|idad|idades|iones)\b"),
    "pt": re.compile(r"[a-z]*[ãõçáéíóúê]"),
    "it": re.compile(r"[a-z]*[àòùìè]"),
    "pl": re.compile(r"[a-z]*[łążźćńśęó]"),
}
# The small words of names: "Anna van der Berg", "Luis de la Cruz".
_PARTICLES = re.compile(
    r"(?<=\w) (?:van(?: de[rn]?)?|von der|de la|de los|di|da|del|du|le) (?=[A-Z])"
)
# Words that kept their marks when English took them.
_AT_HOME = frozenset(
    "résumé résumés café cliché façade naïve décor exposé über fiancé fiancée señor".split()
)
_NOTED_ENOUGH = 0.7  # of a word, where nothing speaks for the language of the mail
# "la documentation": words that another language has too, but for the article before them.
_ARTICLE = re.compile(
    r"\s*(la|le|les|un|une|des|du|el|los|las|una|unos|der|das|den|dem|ein|eine|einen)\s", re.I
)
_NOTE = 15  # words of a note that may hold too few common ones


@lru_cache(maxsize=8)  # a mail's kind and what it carries ask about the same text
def language_of(text: str) -> str:
    """The ISO 639-1 code of a text's language; "en" where nothing speaks clearly for another."""
    shown, found = _read(text)
    return _clearest(_counts(found, shown), 2.0)


def language_around(text: str, around: str) -> str:
    """The language of a text, or where it says too little, of it and what stands around it.

    `around` is what the same sender, or whom they answer, wrote beside it: subject, calendar,
    signature, history; it counts half.
    """
    shown, found = _read(text)
    if len(found) >= _ENOUGH:
        return language_of(text)
    beside, others = _read(around)
    theirs = _counts(others, beside)
    counts = {code: count + theirs[code] / 2 for code, count in _counts(found, shown).items()}
    return _clearest(counts, 2.0 if len(found) >= _FEW else 1.0)


@lru_cache(maxsize=4)
def _read(text: str) -> tuple[str, list[str]]:
    """The part of a text that is looked at, in small letters, and its words."""
    shown = text[: _MOST * 8].lower()
    return shown, _WORD.findall(shown)[:_MOST]


def _clearest(counts: Mapping[str, float], least: float) -> str:
    """The language that most speaks for, English where that is less than `least` or no more."""
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] >= least and counts[best] > counts["en"] else "en"


def is_common(word: str, language: str) -> bool:
    """Whether a word is one of the commonest of that language, so that it is no name."""
    return word.lower() in _SAID.get(language, frozenset())


def is_in_another(text: str, language: str) -> bool:
    """Whether a text is clearly in another language: a few words of trade speak for none."""
    shown, found = _read(text)
    counts = _counts(found, shown)
    base = language.partition("-")[0].lower()
    best = max(counts, key=lambda code: counts[code])
    if counts[best] >= 2 and counts[best] > counts.get(base, 0.0) + 1:
        return True
    return len(found) <= _NOTE and base in _SAID and _is_noted_in_another(text, base)


def _is_noted_in_another(text: str, base: str) -> bool:
    """Whether a few words have something of another language, and next to nothing of this one."""
    plain = _PARTICLES.sub(" ", text[: _MOST * 8])
    found = _WORD.findall(plain)
    own = _SIGNS.get(base)
    signs = [w for w in found if w not in _AT_HOME and not (own and own.match(w))]
    low = [word.lower() for word in found]
    counts = {
        code: sum(0.5 if word in _SAID_BY_SEVERAL else 1.0 for word in low if word in words)
        + 0.7 * sum(1 for word in signs if code in _SIGNS and _SIGNS[code].match(word))
        for code, words in _SAID.items()
    }
    opening = _ARTICLE.match(plain)
    if opening and opening[1].lower() not in _SAID[base]:
        counts |= {c: n + 0.5 for c, n in counts.items() if opening[1].lower() in _SAID[c]}
    best = max(counts.values())
    return best >= _NOTED_ENOUGH and best > 2 * counts[base] and best > counts[base] + 0.5


def _counts(found: list[str], shown: str) -> dict[str, float]:
    """For each language one for each word of it alone, half for one it shares, up to 2 for its letters."""
    counts = dict.fromkeys(_COMMON, 0.0)
    for word in found:
        if word in _LANGUAGES:
            share = 0.5 if word in _SHARED else 1.0
            for code in _LANGUAGES[word]:
                counts[code] += share
    if not shown.isascii():
        for code, letters in _LETTERS.items():
            counts[code] += min(2.0, 0.7 * sum(map(shown.count, letters)))
    return counts
