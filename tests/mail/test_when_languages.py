"""Dates and times in seven other languages; each answer was worked out by hand.

The mail was written on Thursday 26 February 2026 at 10:00, in the country of its language.
"""

from datetime import datetime, timedelta, timezone

import pytest

from agent.mail.when import find_days, find_times

WRITTEN = datetime(2026, 2, 26, 10, 0, tzinfo=timezone(timedelta(hours=1)))
COUNTRIES = {"de": "DE", "fr": "FR", "es": "ES", "nl": "NL", "pt": "PT", "it": "IT", "pl": "PL"}

TIMES = [
    # a number and "vor", "voor" or "nach", with no hour behind them
    ("de", "Dienstag um zehn vor der Halle", ["03-03 10:00"]),
    ("de", "Dienstag um halb fünf nach der Übergabe", ["03-03 16:30"]),
    ("de", "Dienstag um zehn vor zwölf", ["03-03 11:50"]),
    ("nl", "Dinsdag om half tien voor de ingang", ["03-03 09:30"]),
    # hours of a day, and how long a talk is
    ("nl", "dinsdag tussen 13 en 17 uur", ["03-03 13:00>17:00"]),
    ("fr", "mardi entre 13 et 17 heures", ["03-03 13:00>17:00"]),
    ("es", "una llamada de una hora el martes a las 17 h", ["03-03 17:00>18:00"]),
    ("pl", "we wtorek o 10 się spotkamy", ["03-03 10:00"]),
    ("pl", "we wtorek koło 12", ["03-03 12:00"]),
    ("nl", "vrijdag om 9; woensdagmiddag ben ik vrij", ["02-27 09:00"]),
    ("pt", "sexta por volta das 12h", ["02-27 12:00"]),
    # the zone of a list, said above it, and what is said once more in brackets
    (
        "es",
        "Huecos, hora de España, entre paréntesis la tuya:\n\n• lunes 2, 16:00 (15:00)\n• martes 3, 17:30 (16:30)",
        ["03-02 16:00 @Europe/Madrid", "03-03 17:30 @Europe/Madrid"],
    ),
    (
        "it",
        "alternative, sempre ora italiana:\n- lunedì 2, ore 15:00",
        ["03-02 15:00 @Europe/Rome"],
    ),
    ("es", "el martes 3 a las 17:00 de Madrid", ["03-03 17:00 @Europe/Madrid"]),
    ("fr", "mardi 3 mars à 17 h, heure espagnole", ["03-03 17:00 @Europe/Madrid"]),
    ("de", "Dienstag um 17 Uhr spanischer Zeit", ["03-03 17:00 @Europe/Madrid"]),
    # a programme of a day that is named for it
    (
        "nl",
        "programma voor donderdag 5 maart:\n\n13.00 Wouter\n13.45 Lotte\n\nWoensdag de 11e weet je meer.",
        ["03-05 13:00", "03-05 13:45"],
    ),
    ("nl", "Morgenavond acht uur in de kantine.", ["02-27 20:00"]),
    ("pl", "Proszę o dwa, trzy terminy, najlepiej we wtorek.", []),
    ("pl", "Nie zdążę na 10. Może być we wtorek o 15:30?", ["03-03 15:30"]),
    # parts of an hour before it, and days behind a word that leads to hours as well
    ("pt", "na segunda, às dez para as nove", ["03-02 08:50"]),
    ("es", "el lunes, a un cuarto para las nueve", ["03-02 08:45"]),
    ("pt", "A entrevista será a 29, às 10h", ["03-29 10:00"]),
    ("pt", "A 17 ou a 19 de março, às 11 horas?", ["03-17 11:00", "03-19 11:00"]),
    ("it", "si terrà il 12/03 p.v. alle ore 10,30 presso la sede", ["03-12 10:30"]),
    (
        "fr",
        "mardi 3 mars, 14h, toujours heure de Paris et sur le même lien",
        ["03-03 14:00 @Europe/Paris"],
    ),
    (
        "pt",
        "terça 3 às 11h ou quarta 4 às 16h, sempre horário de SP.",
        ["03-03 11:00 @America/Sao_Paulo", "03-04 16:00 @America/Sao_Paulo"],
    ),
    # the day of the month in words
    ("de", "am Dienstag, den dritten März, um elf Uhr", ["03-03 11:00"]),
    ("de", "am elften um neun oder am zwölften um halb drei", ["03-11 09:00", "03-12 14:30"]),
    ("fr", "le mardi dix mars à 14 heures", ["03-10 14:00"]),
    ("es", "el martes diez de marzo a las nueve", ["03-10 09:00"]),
    ("es", "el diecisiete a las nueve", ["03-17 09:00"]),
    ("nl", "dinsdag tien maart om elf uur", ["03-10 11:00"]),
    ("pt", "na terça-feira, dia dez de março, às nove", ["03-10 09:00"]),
    ("it", "martedì dieci marzo alle nove", ["03-10 09:00"]),
    ("pl", "we wtorek dziesiątego marca o dziewiątej", ["03-10 09:00"]),
    ("pl", "dwudziestego trzeciego marca o siedemnastej", ["03-23 17:00"]),
    # a week on
    ("de", "am Montag in einer Woche um 10 Uhr", ["03-09 10:00"]),
    ("de", "heute in einer Woche um 8 Uhr", ["03-05 08:00"]),
    ("de", "Donnerstag in einer Woche um 8 Uhr", ["03-05 08:00"]),
    ("fr", "mardi en huit à 9 h", ["03-10 09:00"]),
    ("it", "martedì a otto alle 9", ["03-10 09:00"]),
    ("nl", "maandag over een week om 13 uur", ["03-09 13:00"]),
    ("pl", "w poniedziałek za tydzień o godz. 11", ["03-09 11:00"]),
    ("es", "el jueves que viene a las 11 h", ["03-05 11:00"]),
    ("fr", "vendredi à 10h30, au 12, rue des Lilas", ["02-27 10:30"]),
    # parts of an hour
    ("de", "Mittwoch um drei viertel vier", ["03-04 15:45"]),
    ("de", "Mittwoch um viertel vor sechs", ["03-04 17:45"]),
    ("nl", "woensdag om tien voor half elf", ["03-04 10:20"]),
    ("nl", "woensdag om vijf over half drie", ["03-04 14:35"]),
    ("fr", "mercredi à quatorze heures trente", ["03-04 14:30"]),
    ("pt", "na quarta às dez e quarenta e cinco", ["03-04 10:45"]),
    ("pt", "na quarta à uma da tarde", ["03-04 13:00"]),
    ("it", "mercoledì alle nove e tre quarti", ["03-04 09:45"]),
    ("it", "mercoledì alle ore 14 e 30", ["03-04 14:30"]),
    ("it", "mercoledì 4 marzo p.v. alle ore 11,00.", ["03-04 11:00"]),
    ("it", "mercoledì all'una", ["03-04 13:00"]),
    ("pl", "w środę za kwadrans jedenasta", ["03-04 10:45"]),
    ("pl", "w środę na ósmą rano", ["03-04 08:00"]),
    ("pl", "10 marca br. o godz. 11.30.", ["03-10 11:30"]),
    # the part of the day within the word for the weekday
    ("de", "am Mittwochabend um sieben", ["03-04 19:00"]),
    ("de", "am Samstagvormittag um halb elf", ["02-28 10:30"]),
    ("de", "am Mittwochmittag um elf", ["03-04 11:00"]),
    ("nl", "woensdagavond om half acht", ["03-04 19:30"]),
    ("de", "Nachtdienste sind etwa vier im Monat. Am Freitag ab 17 Uhr", ["02-27 17:00"]),
    ("es", "lo del viernes a\nla una hay que anularlo", ["02-27 13:00"]),
    (
        "pt",
        "sexta, às 9h no Brasil, ou seja, 12h aí em Lisboa",
        ["02-27 09:00 @America/Sao_Paulo"],
    ),
    ("de", "Freitag um 9 Uhr, da haben wir Mittag", ["02-27 09:00"]),
    ("fr", "jeudi 5 à 9h, même endroit", ["03-05 09:00"]),
    ("fr", "un matin de cette semaine", []),
    ("es", "mañana o pasado a las 7 y media", ["02-27 07:30", "02-28 07:30"]),
    ("es", "el viernes a las 11 aquí en la fonda", ["02-27 11:00"]),
    ("es", "estamos a cinco horas de diferencia, hablamos el lunes", []),
    ("nl", "woensdag om half 6", ["03-04 17:30"]),
    ("pt", "sexta às 4 da tarde cá na tasca", ["02-27 16:00"]),
    ("it", "martedì 3 o venerdì 6 alle 17:30", ["03-03 17:30", "03-06 17:30"]),
    ("pl", "26.03 o 10:00 albo 27.03 o 14:30", ["03-26 10:00", "03-27 14:30"]),
    ("pl", "naszą jutrzejszą rozmowę o 12:00", ["02-27 12:00"]),
    (
        "de",
        "am Donnerstag um viertel nach eins oder am Freitag um halb eins",
        ["02-26 13:15", "02-27 12:30"],
    ),
    ("de", "Donnerstag 6:45 an der Pforte", ["03-05 06:45"]),
    ("es", "el martes 17 a las 13:00", ["03-17 13:00"]),
    ("it", "giovedì 5 marzo alle sette e mezza di sera", ["03-05 19:30"]),
    ("it", "venerdì 6 alle 11:00", ["03-06 11:00"]),
    ("de", "am Dienstag, den 3. März 2026 um 14:00 Uhr", ["03-03 14:00"]),
    ("de", "am Dienstag, 3. März, um 14 Uhr", ["03-03 14:00"]),
    ("de", "Di., 03.03.2026, 14:00–15:00 Uhr", ["03-03 14:00>15:00"]),
    ("de", "am 3.3. um 10 Uhr", ["03-03 10:00"]),
    ("de", "am 03.03. um 9.30 Uhr", ["03-03 09:30"]),
    ("de", "morgen um 10 Uhr", ["02-27 10:00"]),
    ("de", "übermorgen um halb zehn", ["02-28 09:30"]),
    ("de", "am Freitag um Viertel nach neun", ["02-27 09:15"]),
    ("de", "am Freitag um Viertel vor drei", ["02-27 14:45"]),
    ("de", "nächsten Dienstag von 14 bis 15 Uhr", ["03-03 14:00>15:00"]),
    ("de", "kommenden Dienstag zwischen 10 und 12 Uhr", ["03-03 10:00>12:00"]),
    ("de", "Dienstag um 10 Uhr oder Mittwoch um 14 Uhr", ["03-03 10:00", "03-04 14:00"]),
    ("de", "am Freitag um 15 Uhr (45 Minuten)", ["02-27 15:00>15:45"]),
    ("de", "am Freitag um 15 Uhr MEZ", ["02-27 15:00 @Europe/Berlin"]),
    ("de", "Guten Morgen, wir treffen uns am Montag um 11 Uhr.", ["03-02 11:00"]),
    ("de", "Datum: Montag, 2. März\nUhrzeit: 11:00 Uhr", ["03-02 11:00"]),
    ("de", "Unsere Bürozeiten sind Mo-Fr 9 bis 17 Uhr.", []),
    ("de", "Wir haben 3 Stellen am Montag zu besetzen, Raum 12.", []),
    ("fr", "le mardi 3 mars 2026 à 14h", ["03-03 14:00"]),
    ("fr", "mardi 3 mars à 14h30", ["03-03 14:30"]),
    ("fr", "mardi 3 mars de 14h à 15h", ["03-03 14:00>15:00"]),
    ("fr", "demain à 9 h 15", ["02-27 09:15"]),
    ("fr", "vendredi à midi", ["02-27 12:00"]),
    ("fr", "lundi prochain à 10 heures", ["03-02 10:00"]),
    ("fr", "le 1er avril à 10h00", ["04-01 10:00"]),
    ("fr", "lundi entre 10h et 12h", ["03-02 10:00>12:00"]),
    ("fr", "lundi à 10h ou mardi à 16h", ["03-02 10:00", "03-03 16:00"]),
    ("fr", "lundi à dix heures et demie", ["03-02 10:30"]),
    ("fr", "lundi à 15h (heure de Paris)", ["03-02 15:00 @Europe/Paris"]),
    ("fr", "lundi à 15h, un entretien de 45 minutes", ["03-02 15:00>15:45"]),
    ("fr", "Date : 02/03/2026\nHeure : 14h30", ["03-02 14:30"]),
    ("es", "el martes 3 de marzo de 2026 a las 14:00", ["03-03 14:00"]),
    ("es", "el martes 3 de marzo a las 10 h", ["03-03 10:00"]),
    ("es", "mañana a las 9:30", ["02-27 09:30"]),
    ("es", "el lunes a las 4 de la tarde", ["03-02 16:00"]),
    ("es", "el lunes de 10:00 a 11:00", ["03-02 10:00>11:00"]),
    ("es", "el lunes entre las 10 y las 12", ["03-02 10:00>12:00"]),
    ("es", "el lunes a las tres y media", ["03-02 15:30"]),
    ("es", "el lunes a las 10 o el martes a las 16:00", ["03-02 10:00", "03-03 16:00"]),
    ("es", "el próximo lunes a las 11:00 horas", ["03-02 11:00"]),
    ("es", "el lunes que viene a las 11:00", ["03-02 11:00"]),
    ("es", "el viernes a las 15:00 (hora peninsular)", ["02-27 15:00 @Europe/Madrid"]),
    ("nl", "dinsdag 3 maart 2026 om 14.00 uur", ["03-03 14:00"]),
    ("nl", "dinsdag 3 maart om 14:00 uur", ["03-03 14:00"]),
    ("nl", "morgen om half tien", ["02-27 09:30"]),
    ("nl", "maandag om kwart over negen", ["03-02 09:15"]),
    ("nl", "maandag van 14.00 tot 15.00 uur", ["03-02 14:00>15:00"]),
    ("nl", "volgende week dinsdag om 10 uur", ["03-03 10:00"]),
    ("nl", "maandag om 10 uur of dinsdag om 14 uur", ["03-02 10:00", "03-03 14:00"]),
    ("nl", "aanstaande maandag om 15:00 uur, ongeveer een uur", ["03-02 15:00>16:00"]),
    ("pt", "na terça-feira, 3 de março, às 14h", ["03-03 14:00"]),
    ("pt", "terça-feira, 3 de março de 2026, às 14h30", ["03-03 14:30"]),
    ("pt", "amanhã às 10h", ["02-27 10:00"]),
    ("pt", "na segunda às 15h", ["03-02 15:00"]),
    ("pt", "segunda-feira das 14h às 15h", ["03-02 14:00>15:00"]),
    ("pt", "no dia 03/03 às 9:30", ["03-03 09:30"]),
    ("pt", "segunda-feira às 10h ou terça-feira às 16h", ["03-02 10:00", "03-03 16:00"]),
    ("pt", "sexta-feira ao meio-dia", ["02-27 12:00"]),
    ("it", "martedì 3 marzo 2026 alle 14:00", ["03-03 14:00"]),
    ("it", "martedì 3 marzo alle ore 14.30", ["03-03 14:30"]),
    ("it", "domani alle 10", ["02-27 10:00"]),
    ("it", "lunedì dalle 14 alle 15", ["03-02 14:00>15:00"]),
    ("it", "lunedì prossimo alle 9.30", ["03-02 09:30"]),
    ("it", "venerdì a mezzogiorno", ["02-27 12:00"]),
    ("it", "lunedì alle tre e mezza", ["03-02 15:30"]),
    ("it", "lunedì alle 10 oppure martedì alle 16", ["03-02 10:00", "03-03 16:00"]),
    ("pl", "we wtorek 3 marca 2026 o godz. 14:00", ["03-03 14:00"]),
    ("pl", "we wtorek, 3 marca o 14.30", ["03-03 14:30"]),
    ("pl", "jutro o 10:00", ["02-27 10:00"]),
    ("pl", "w poniedziałek od 14:00 do 15:00", ["03-02 14:00>15:00"]),
    ("pl", "w poniedziałek o dziesiątej", ["03-02 10:00"]),
    ("pl", "w poniedziałek o wpół do dziesiątej", ["03-02 09:30"]),
    ("pl", "w poniedziałek o 10:00 lub we wtorek o 16:00", ["03-02 10:00", "03-03 16:00"]),
    ("pl", "w piątek o godzinie 11", ["02-27 11:00"]),
]

DAYS = [
    # before a day that is said to count as well
    ("es", "antes del 18 incluido", ["2026-03-18!"]),
    ("it", "prima del 18 marzo compreso", ["2026-03-18!"]),
    ("fr", "avant le 18 mars inclus", ["2026-03-18!"]),
    # how long it will take, by the words of each language
    ("de", "Ich schätze zwei Wochen, dann wissen wir mehr.", ["2026-03-12!"]),
    ("de", "Die Durchsicht nimmt rund drei Wochen in Anspruch.", ["2026-03-19!"]),
    ("de", "Zwei Wochen noch, dann haben Sie Bescheid.", ["2026-03-12!"]),
    ("fr", "Donnez-moi deux semaines.", ["2026-03-12!"]),
    ("es", "Calcula un par de semanas y te digo.", ["2026-03-12!"]),
    ("es", "Danos una semanita más.", ["2026-03-05!"]),
    ("nl", "Reken op twee weken.", ["2026-03-12!"]),
    ("it", "Ci vorranno ancora due settimane.", ["2026-03-12!"]),
    ("pt", "Vai demorar duas semanas.", ["2026-03-12!"]),
    ("pl", "Proszę dać nam jeszcze dwa tygodnie.", ["2026-03-12!"]),
    # a weekday, and the end of a week, that follow the day named before
    (
        "de",
        "Probe am Donnerstag, 5. März. Am Dienstag drauf rufen wir an.",
        ["2026-03-05", "2026-03-10"],
    ),
    (
        "de",
        "Gespräch am 10. März. Bis Ende der darauffolgenden Woche hören Sie von uns.",
        ["2026-03-10", "2026-03-20!"],
    ),
    ("es", "esta semana o la que viene", ["2026-03-06!"]),
    ("pt", "Damos resposta a 29.", ["2026-03-29"]),
    ("pt", "fica a 29 km de Lisboa, aumento de 25 a 29%", []),
    ("pl", "Damy znać od 29", ["2026-03-29"]),
    # feasts
    ("es", "antes del Día de Acción de Gracias", ["2026-11-25!"]),
    ("de", "bis Allerheiligen", ["2026-11-01!"]),
    ("nl", "voor Sinterklaas", ["2026-12-05!"]),
    ("it", "prima dell'Epifania", ["2027-01-05!"]),
    ("pl", "przed Bożym Ciałem", ["2026-06-03!"]),
    # a number behind a limit and its article
    ("it", "entro il 20 avrà nostre notizie", ["2026-03-20!"]),
    ("nl", "Uiterlijk woensdag de 11e hoor je van me", ["2026-03-11!"]),
    ("pl", "Sesja jest w czwartek 19 marca, w piątek zadzwonię", ["2026-03-19", "2026-03-20"]),
    ("de", "bis Mitte März, genauer bis zum 12.", ["2026-03-12!"]),
    ("de", "im Laufe der 12. Kalenderwoche", ["2026-03-20!"]),
    ("fr", "dans la quinzaine", ["2026-03-12!"]),
    ("pt", "as datas, até dia 13 do corrente mês", ["2026-02-13!"]),
    ("pl", "Zarząd zbiera się 18 maja", ["2026-05-18"]),
    ("nl", "het contract voor 16 mei terugsturen", ["2026-05-15!"]),
    ("de", "am 4. März, und am Tag darauf sagen wir es", ["2026-03-04", "2026-03-05"]),
    ("de", "noch zwei Wochen Geduld", ["2026-03-12!"]),
    ("de", "bis zum 23. unterschrieben zurück", ["2026-03-23!"]),
    ("de", "bis zum 15.03.", ["2026-03-15!"]),
    ("fr", "avant vendredi soir", ["2026-02-27!"]),
    ("fr", "en mars", ["2026-03-31!"]),
    ("fr", "d'ici le 15", ["2026-03-15!"]),
    ("pt", "até o dia 21/03", ["2026-03-21!"]),
    ("es", "antes de que termine la semana", ["2026-02-27!"]),
    ("de", "bis Freitag", ["2026-02-27!"]),
    ("de", "bis spätestens Freitag, den 6. März", ["2026-03-06!"]),
    ("de", "bis Ende nächster Woche", ["2026-03-06!"]),
    ("de", "bis Ende der Woche", ["2026-02-27!"]),
    ("de", "nächste Woche", ["2026-03-06!"]),
    ("de", "im Laufe der nächsten Woche", ["2026-03-06!"]),
    ("de", "kommende Woche", ["2026-03-06!"]),
    ("de", "Anfang März", ["2026-03-10!"]),
    ("de", "Mitte März", ["2026-03-15!"]),
    ("de", "Ende März", ["2026-03-31!"]),
    ("de", "innerhalb von 5 Werktagen", ["2026-03-05!"]),
    ("de", "in den nächsten zwei Wochen", ["2026-03-12!"]),
    ("de", "in zwei Wochen", ["2026-03-12!"]),
    ("de", "in den nächsten Tagen", ["2026-03-01!"]),
    ("de", "in der KW 12", ["2026-03-20!"]),
    ("de", "vor Ostern", ["2026-04-04!"]),
    ("de", "in der Woche vom 30. März", ["2026-04-03!"]),
    ("de", "am 3. März", ["2026-03-03"]),
    ("fr", "d'ici vendredi", ["2026-02-27!"]),
    ("fr", "d'ici la fin de la semaine prochaine", ["2026-03-06!"]),
    ("fr", "avant le 10 mars", ["2026-03-09!"]),
    ("fr", "sous 5 jours ouvrés", ["2026-03-05!"]),
    ("fr", "dans les deux prochaines semaines", ["2026-03-12!"]),
    ("fr", "la semaine prochaine", ["2026-03-06!"]),
    ("fr", "fin mars", ["2026-03-31!"]),
    ("fr", "mi-mars", ["2026-03-15!"]),
    ("fr", "début mars", ["2026-03-10!"]),
    ("fr", "la semaine du 30 mars", ["2026-04-03!"]),
    ("fr", "dans les prochains jours", ["2026-03-01!"]),
    ("es", "antes del viernes", ["2026-02-26!"]),
    ("es", "a más tardar el viernes", ["2026-02-27!"]),
    ("es", "a finales de la próxima semana", ["2026-03-06!"]),
    ("es", "la próxima semana", ["2026-03-06!"]),
    ("es", "la semana que viene", ["2026-03-06!"]),
    ("es", "en un plazo de 5 días hábiles", ["2026-03-05!"]),
    ("es", "dentro de dos semanas", ["2026-03-12!"]),
    ("es", "a mediados de marzo", ["2026-03-15!"]),
    ("es", "en los próximos días", ["2026-03-01!"]),
    ("es", "la semana del 30 de marzo", ["2026-04-03!"]),
    ("nl", "uiterlijk vrijdag", ["2026-02-27!"]),
    ("nl", "voor vrijdag", ["2026-02-26!"]),
    ("nl", "eind volgende week", ["2026-03-06!"]),
    ("nl", "volgende week", ["2026-03-06!"]),
    ("nl", "binnen 5 werkdagen", ["2026-03-05!"]),
    ("nl", "over twee weken", ["2026-03-12!"]),
    ("nl", "half maart", ["2026-03-15!"]),
    ("nl", "in de komende dagen", ["2026-03-01!"]),
    ("pt", "até sexta-feira", ["2026-02-27!"]),
    ("pt", "até o final da próxima semana", ["2026-03-06!"]),
    ("pt", "em até 5 dias úteis", ["2026-03-05!"]),
    ("pt", "nas próximas duas semanas", ["2026-03-12!"]),
    ("pt", "em meados de março", ["2026-03-15!"]),
    ("pt", "na semana que vem", ["2026-03-06!"]),
    ("it", "entro venerdì", ["2026-02-27!"]),
    ("it", "entro la fine della prossima settimana", ["2026-03-06!"]),
    ("it", "entro 5 giorni lavorativi", ["2026-03-05!"]),
    ("it", "la settimana prossima", ["2026-03-06!"]),
    ("it", "fra due settimane", ["2026-03-12!"]),
    ("it", "a metà marzo", ["2026-03-15!"]),
    ("it", "nei prossimi giorni", ["2026-03-01!"]),
    ("pl", "do piątku", ["2026-02-27!"]),
    ("pl", "do końca przyszłego tygodnia", ["2026-03-06!"]),
    ("pl", "w ciągu 5 dni roboczych", ["2026-03-05!"]),
    ("pl", "w przyszłym tygodniu", ["2026-03-06!"]),
    ("pl", "za dwa tygodnie", ["2026-03-12!"]),
    ("pl", "w połowie marca", ["2026-03-15!"]),
    ("pl", "w najbliższych dniach", ["2026-03-01!"]),
]


@pytest.mark.parametrize(("language", "text", "expected"), TIMES)
def test_times(language: str, text: str, expected: list[str]) -> None:
    """Clock times on known days are read from the words of the language."""
    found = find_times(
        text, WRITTEN, zone="Europe/Berlin", country=COUNTRIES[language], language=language
    )
    shown = [
        f"{mention.start:%m-%d %H:%M}"
        + (f">{mention.end:%H:%M}" if mention.end else "")
        + (f" @{mention.timezone}" if mention.timezone else "")
        for mention in found
    ]
    assert shown == expected


@pytest.mark.parametrize(("language", "text", "expected"), DAYS)
def test_days(language: str, text: str, expected: list[str]) -> None:
    """Limits and windows are read from the words of the language."""
    found = find_days(
        text, WRITTEN, zone="Europe/Berlin", country=COUNTRIES[language], language=language
    )
    assert [f"{mention.day}{'!' if mention.deadline else ''}" for mention in found] == expected


def test_unknown_language_reads_as_english() -> None:
    """A language without a file of words falls back to English."""
    [mention] = find_times(
        "Friday at 3pm", WRITTEN, zone="Europe/Berlin", country="DE", language="xx"
    )
    assert mention.start.hour == 15
