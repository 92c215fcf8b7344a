"""The employer, the role and the people of whole mails, in eight languages and many trades."""

from email.message import EmailMessage
from email.utils import parseaddr

import pytest

from agent.domain.facts import Kind
from agent.mail.message import Identity, Reading
from agent.mail.parse import parse
from agent.mail.read import read

USER = Identity("Priya Raman", ("priya.raman@example.org",), "Europe/London", "GB")


def _read(sender: str, subject: str, text: str) -> Reading:
    """What is read of a mail that fixes an interview."""
    mail = EmailMessage()
    name, address = parseaddr(sender)
    mail["From"] = f'"{name}" <{address}>' if name else address
    mail["To"], mail["Subject"] = "priya.raman@example.org", subject
    mail["Date"] = "Mon, 02 Mar 2026 09:00:00 +0000"
    mail.set_content(text)
    return read(parse(mail.as_bytes()), USER, kind=Kind.INTERVIEW_CONFIRMED)


EMPLOYERS: list[tuple[str, str, str, str | None]] = [
    (
        "Ann Low <ann.low@brackenfield.example>",
        "Interview",
        "Dear Priya,\n\nPlease come on Monday at ten.\n\nAnn Low\nHR Officer, Brackenfield Mills",
        "Brackenfield Mills",
    ),
    ("Ann at Tolvane <ann@tolvane.example>", "Hello", "Hi, could we talk?\n\nAnn", "Tolvane"),
    (
        "Tolvane Careers <no-reply@us.greenhouse-mail.io>",
        "Thanks for applying",
        "Thank you for applying to Tolvane.\n\nThe Tolvane Team",
        "Tolvane",
    ),
    (
        "Merrow & Co <hello@merrowandco.example>",
        "Your application",
        "Thank you, we have it.\n\nMerrow & Co",
        "Merrow & Co",
    ),
    (
        "X Labs Talent Acquisition <talent@xlabs.example>",
        "Next steps",
        "We would like to talk.\n\nX Labs Talent Acquisition",
        "X Labs",
    ),
    (
        "Quarrel HR Team <hr@quarrel.example>",
        "Documents",
        "Please send your documents.\n\nHR Team",
        "Quarrel",
    ),
    (
        "Calendly <notifications@calendly.com>",
        "New Event: Dana Fox - 30 min",
        "Hi Priya, your event is booked.\nWhat: Screening with Dana Fox (Orbel Systems)\nWhen: Tuesday 10am",
        "Orbel Systems",
    ),
    (
        "Dana Fox (Orbel Systems) <reply+a1@candidates.workablemail.com>",
        "Interview",
        "Hi Priya, thanks for your time. Dana",
        "Orbel Systems",
    ),
    (
        "Workday <vantor@myworkday.com>",
        "Application update",
        "Your application for Clerk at Vantor Health has changed.",
        "Vantor Health",
    ),
    (
        "Recruiting <vantorhealth@myworkday.com>",
        "Update",
        "Thanks for applying.\n\nVantor Health",
        "Vantor Health",
    ),
    (
        "Ashby <no-reply@ashbyhq.com>",
        "Interview confirmed",
        "Your interview with Nettle Bank is confirmed.\nhttps://jobs.ashbyhq.com/nettlebank/1",
        "Nettle Bank",
    ),
    (
        "No Reply <no-reply@hire.lever.co>",
        "Your application",
        "Thanks for applying. See https://jobs.lever.co/tollgate-foods/12",
        "Tollgate Foods",
    ),
    (
        "Jo Marsh <jo@pinnaclerecruit.example>",
        "Great news",
        "Hi Priya, Hexley Motors would like to see you on Friday.\n\nJo Marsh\nRecruitment Consultant\nPinnacle Recruit",
        "Hexley Motors",
    ),
    (
        "Jo Marsh <jo@pinnaclerecruit.example>",
        "Great news",
        "Hi Priya, my client would like to see you on Friday.\n\nJo Marsh\nPinnacle Recruit",
        None,
    ),
    (
        "Jo Marsh <jo.marsh@oakandash.example>",
        "Update",
        "Hi Priya, my client Dunmore Dairy have come back and they want you.\n\nJo\nOak & Ash Staffing",
        "Dunmore Dairy",
    ),
    (
        "Kirsten Vogt <k.vogt@vogt-personal.example>",
        "Vorstellung",
        "Guten Tag, unser Mandant, die Eichholz Maschinenbau GmbH, möchte Sie kennenlernen.\n\nKirsten Vogt",
        "Eichholz Maschinenbau",
    ),
    (
        "Personalabteilung Talwerk <personal@talwerk-metallbau.example>",
        "Ihre Bewerbung",
        "Vielen Dank für Ihre Bewerbung bei der Talwerk Metallbau GmbH.\n\nIhr Talwerk-Team",
        "Talwerk Metallbau",
    ),
    (
        "Stadtwerke Erlau <bewerbung@stadtwerke-erlau.example>",
        "Einladung",
        "wir laden Sie ein.",
        "Stadtwerke Erlau",
    ),
    (
        "Service RH <rh@clinique-belair.example>",
        "Votre candidature",
        "Nous avons bien reçu votre candidature à la Clinique Bel-Air.",
        "Clinique Bel-Air",
    ),
    (
        "Mairie de Valprès <personnel@valpres.example>",
        "Convocation",
        "Nous vous convoquons.",
        "Mairie de Valprès",
    ),
    (
        "RRHH Grupo Andara <rrhh@andara.example>",
        "Entrevista",
        "Nos gustaría verte.",
        "Grupo Andara",
    ),
    (
        "Selección Hotel Brisamar <seleccion@brisamar.example>",
        "Tu candidatura",
        "Gracias.",
        "Hotel Brisamar",
    ),
    (
        "Ufficio Personale <personale@officinerossini.example>",
        "Colloquio",
        "La invitiamo presso Officine Rossini.",
        "Officine Rossini",
    ),
    (
        "Recrutamento Maré Nova <rh@marenova.example>",
        "Entrevista",
        "Obrigado pela candidatura à Maré Nova.",
        "Maré Nova",
    ),
    (
        "Dział HR Borowik <hr@borowik.example>",
        "Rozmowa",
        "Zapraszamy na rozmowę w firmie Borowik.",
        "Borowik",
    ),
    (
        "Gemeente Dorphaven <p.o@dorphaven.example>",
        "Gesprek",
        "Wij nodigen u uit.",
        "Gemeente Dorphaven",
    ),
    (
        "Sanne Bos <s.bos@kwekerijbos.example>",
        "Koffie?",
        "Hoi, kom je langs?\n\nSanne\nKwekerij Bos",
        "Kwekerij Bos",
    ),
    (
        "Tom Reed <tom.reed@gmail.com>",
        "Interview at Reed & Sons",
        "Hi, could you come to Reed & Sons on Monday?\n\nTom",
        "Reed & Sons",
    ),
    ("Sam <sam@thelittlebakery.example>", "trial", "come sat 6am\n\nSam", "The Little Bakery"),
    (
        "HireVue <no-reply@hirevue.com>",
        "Kestrel Bank invites you",
        "Kestrel Bank has invited you to record a video interview.",
        "Kestrel Bank",
    ),
    (
        "SmartRecruiters <notifications@smartrecruiters.com>",
        "Your application to Pellow Foods",
        "We got your application to Pellow Foods.",
        "Pellow Foods",
    ),
    (
        "Indeed Apply <indeedapply@indeed.com>",
        "Indeed Application: Barista",
        "Your application has been submitted to Copperpot Coffee.",
        "Copperpot Coffee",
    ),
    (
        "LinkedIn <jobs-noreply@linkedin.com>",
        "Your application was sent to Marlin Retail",
        "Your application was sent to Marlin Retail",
        "Marlin Retail",
    ),
    (
        "Dr. Eva Stein <e.stein@uni-lauenburg.example>",
        "Stelle",
        "am Institut für Botanik der Universität Lauenburg ist es soweit.",
        "Universität Lauenburg",
    ),
    (
        "NHS Jobs <noreply@jobs.nhs.example>",
        "Interview",
        "You are invited to interview for Porter at Saltmere Hospital.",
        "Saltmere Hospital",
    ),
    (
        "St Bride's School <office@stbrides.example>",
        "Interview",
        "We invite you.",
        "St Bride's School",
    ),
    ("Head of Talent <talent@wyrdlabs.example>", "Chat?", "Loved your work.", "Wyrd Labs"),
    (
        "Lena Krause über Personio <notifications@personio.de>",
        "Einladung",
        "Hallo, wir von Feldmann Optik laden dich ein.\n\nLena\nTeam Feldmann Optik",
        "Feldmann Optik",
    ),
    (
        "Ivo Lang <ivo@langundsoehne.example>",
        "Termin",
        "Grüße\nIvo Lang\nLang und Söhne",
        "Lang und Söhne",
    ),
    (
        "jobs@breve-systems.example",
        "Your application",
        "Thank you for applying to Brevé Systems.",
        "Brevé Systems",
    ),
    (
        "Payroll <payroll@hartwell-group.example>",
        "Offer letter",
        "Welcome to Hartwell Group!",
        "Hartwell Group",
    ),
    (
        "TalentHub <no-reply@talenthub-mail.example>",
        "Interview",
        "Moss & Marrow would like to invite you to interview.\n\nMoss & Marrow People Team",
        "Moss & Marrow",
    ),
    (
        "Pat Quinn <pat@qmail.example>",
        "role",
        "I'm hiring for Larchmont Dental, who need a receptionist.\n\nPat Quinn\nHeadhunter",
        "Larchmont Dental",
    ),
    ("Elena Ruiz <elena@talentoplus.example>", "Oferta", "Nuestro cliente busca un técnico.", None),
    (
        "Meta Hartley <meta.hartley@colbridge.example>",
        "Interview",
        "See you at Colbridge. Meta",
        "Colbridge",
    ),
    (
        "Recruitment Team <recruitment@northshire.police.example>",
        "Assessment centre",
        "You are invited by Northshire Police.",
        "Northshire Police",
    ),
    (
        "Bärbel Öz <b.oez@moebelhaus-koenig.example>",
        "Termin",
        "Schöne Grüße aus dem Büro, Bärbel Öz",
        "Möbelhaus König",
    ),
    (
        "Marta Lindqvist <marta@norrfell.example>",
        "Hello",
        "Hi Priya, Norrfell is growing.\n\n--\nMarta Lindqvist | Head of People | Norrfell AB",
        "Norrfell",
    ),
    (
        "The Willow Tree Nursery <office@willowtree.example>",
        "Visit",
        "Come and visit.",
        "The Willow Tree Nursery",
    ),
    (
        "Interview Scheduling <scheduling@goodtime.example>",
        "Interview with Lumen Foods",
        "Your interview with Lumen Foods is booked.",
        "Lumen Foods",
    ),
    (
        "Fenwick & Rowe LLP <recruit@fenwickrowe.example>",
        "Thanks",
        "Thanks for applying.",
        "Fenwick & Rowe",
    ),
    (
        "noreply@bamboohr.com",
        "Your application",
        "Dear Priya, thank you for applying at Cedar & Stone.\n\nCedar & Stone",
        "Cedar & Stone",
    ),
    (
        "Groupe Arvelle <notification@talentsoft.example>",
        "Candidature",
        "Bonjour",
        "Groupe Arvelle",
    ),
    (
        "Josh Penn <josh@brightstaffing.example>",
        "Feedback",
        "Hi Priya, they've gone with someone else. Josh",
        None,
    ),
    (
        "Ana Prado <ana.prado@cabralseguros.example>",
        "Entrevista",
        "Olá, sou da Cabral Seguros.",
        "Cabral Seguros",
    ),
    (
        "Oona Byrne <oona@kellandmoor.example>",
        "Final chat",
        "I'm the founder of Kell & Moor.",
        "Kell & Moor",
    ),
    (
        "Recruiting at Pinegrove Credit Union <jobs@pinegrovecu.example>",
        "Next",
        "Hello",
        "Pinegrove Credit Union",
    ),
    ("Kai <kai@studio-halm.example>", "portfolio", "Nice work. Kai\nStudio Halm", "Studio Halm"),
    (
        "Hannah Frey <h.frey@frey-steuerberatung.example>",
        "Termin",
        "Steuerberatung Frey\nHannah Frey",
        "Steuerberatung Frey",
    ),
]
ROLES: list[tuple[str, str, str | None]] = [
    ("Interview: Dock Supervisor", "Dear Priya, please come on Monday.", "Dock Supervisor"),
    ("Your application for Senior Data Engineer (Ref 20418)", "Thanks.", "Senior Data Engineer"),
    (
        "Application received",
        "Thank you for applying for the role of Night Receptionist (REQ-1182).",
        "Night Receptionist",
    ),
    ("Hello", "The role of Head of Finance is still open.", "Head of Finance"),
    (
        "Offer",
        "We are pleased to offer you the position of Kitchen Porter at our hotel.",
        "Kitchen Porter",
    ),
    ("Chat", "our hiring manager would like to meet you", None),
    ("Your interview", "The manager will call you.", None),
    ("Chef de Partie - trial shift", "Come on Friday.", "Chef de Partie"),
    ("Re: Assistant Gardener", "See you Tuesday.", "Assistant Gardener"),
    ("Interview for Teacher of Maths", "Details below.", "Teacher of Maths"),
    (
        "Invitation: Interview with Acme (Product Analyst) @ Tue 4 Mar",
        "Join us.",
        "Product Analyst",
    ),
    ("Next steps", "You applied to be a Lifeguard with us.", "Lifeguard"),
    ("Update", "Position: Warehouse Operative\nLocation: Leeds", "Warehouse Operative"),
    ("Update", "Job title | Payroll Clerk\nSalary | 24,000", "Payroll Clerk"),
    ("Outcome", "we have appointed another candidate as Bursar", "Bursar"),
    ("Hello", "we're looking for a plumber's mate to start Monday", "plumber's mate"),
    (
        "Quick question",
        "Are you free next week to chat about the Customer Success Manager role?",
        "Customer Success Manager",
    ),
    ("Vacancy 4471", "Thank you for your interest in vacancy 4471.", None),
    ("Your documents", "Please bring your passport.", None),
    ("Ihre Bewerbung als Mechatroniker (m/w/d)", "vielen Dank", "Mechatroniker"),
    ("Bewerbung Sachbearbeiter/in Einkauf", "vielen Dank", "Sachbearbeiter/in Einkauf"),
    ("Einladung zum Vorstellungsgespräch", "Sie haben sich als Erzieherin beworben.", "Erzieherin"),
    (
        "Termin",
        "für die Stelle als Projektleiter Hochbau laden wir Sie ein.",
        "Projektleiter Hochbau",
    ),
    ("Absage", "die Position der Teamassistenz ist besetzt.", "Teamassistenz"),
    ("AW: Kochlehre", "Komm vorbei. Der Termin am Montag passt.", None),
    ("Gespräch", "wegen der Stelle reden wir am Freitag.", None),
    ("Ihre Bewerbung: Pflegefachfrau HF 80%", "danke", "Pflegefachfrau HF"),
    ("Votre candidature au poste de comptable H/F", "Bonjour,", "comptable"),
    (
        "Entretien",
        "pour le poste d'infirmière de nuit, nous vous attendons lundi.",
        "infirmière de nuit",
    ),
    (
        "Candidature",
        "Nous avons bien reçu votre candidature pour le poste de Chargé de projet (F/H).",
        "Chargé de projet",
    ),
    ("Rendez-vous", "Le poste est toujours ouvert.", None),
    ("Entrevista", "para el puesto de auxiliar administrativo.", "auxiliar administrativo"),
    ("Candidatura: Camarero/a de sala", "Gracias.", "Camarero/a de sala"),
    (
        "Proceso de selección",
        "Le invitamos a la vacante de Técnico de Laboratorio.",
        "Técnico de Laboratorio",
    ),
    ("Hola", "Tenemos un puesto para ti.", None),
    ("Sollicitatie receptionist", "Bedankt voor je brief.", "receptionist"),
    (
        "Gesprek",
        "voor de functie van teamleider logistiek nodigen wij u uit.",
        "teamleider logistiek",
    ),
    ("Colloquio", "per la posizione di magazziniere La invitiamo.", "magazziniere"),
    ("Candidatura Impiegato amministrativo", "Gentile candidato,", "Impiegato amministrativo"),
    ("Entrevista", "para a vaga de assistente financeiro.", "assistente financeiro"),
    ("Candidatura: Técnico de Vendas", "Obrigado.", "Técnico de Vendas"),
    ("Rozmowa", "na stanowisko specjalista ds. kadr.", "specjalista ds. kadr"),
    ("Aplikacja na stanowisko Magazynier", "Dziękujemy.", "Magazynier"),
    ("Ward Clerk interview on 4 May", "Details below", "Ward Clerk"),
    (
        "Interview",
        "Dear Priya, you will meet Dana Fox (Head of Engineering) and Raj Patel, Product Lead.",
        None,
    ),
    ("Interview", "Kind regards,\n\nMarisol Quint\nTechnical Recruiter", None),
    ("Application", "Re: your application to become a Volunteer Driver", "Volunteer Driver"),
    ("C++ Developer - Berlin", "Let's talk", "C++ Developer"),
    ("Trainee Optometrist - interview", "Hi", "Trainee Optometrist"),
    ("Interview", "you applied for our Store Manager vacancy in Leeds", "Store Manager"),
    ("Thank you", "Thank you for interviewing for the Lead Carpenter position.", "Lead Carpenter"),
    ("Thank you", "unfortunately the role has been filled", None),
    ("Hello", "Would you like to come in as a relief milker?", "relief milker"),
    ("Application: Finance Officer (0.6 FTE)", "Received", "Finance Officer (0.6 FTE)"),
    ("Terminvorschlag: Buchhalterin 60%", "Grüezi", "Buchhalterin"),
    (
        "Votre candidature",
        "pour le poste de Développeur Web F/H au sein de notre équipe",
        "Développeur Web",
    ),
    (
        "Su solicitud",
        "ha solicitado el puesto de Enfermera de Urgencias.",
        "Enfermera de Urgencias",
    ),
    ("Selezione", "per il ruolo di Addetto alle vendite, La contattiamo", "Addetto alle vendite"),
    ("Zaproszenie", "na stanowisko księgowej zapraszam", "księgowej"),
    ("Vaga de Motorista", "Olá", "Motorista"),
    ("Vacature: Verpleegkundige IC", "Beste", "Verpleegkundige IC"),
    ("Phone screen", "Looking forward to our phone screen.", None),
]
PEOPLE: list[tuple[str, str, list[str]]] = [
    (
        "Ann Low <ann.low@a.example>",
        "Hi Priya,\n\nyou'll meet Raj Patel (CTO) and Mei Ling Tan.\n\nAnn",
        ["Ann Low", "Raj Patel", "Mei Ling Tan"],
    ),
    ("ANN LOW <ann.low@a.example>", "Hi Priya, see you Monday.", ["ANN LOW"]),
    (
        "Dr. Jürgen Müller <j.mueller@a.example>",
        "Guten Tag Frau Raman, wir sehen uns am Montag.",
        ["Dr. Jürgen Müller"],
    ),
    ("Nguyễn Thị Hoa <hoa@a.example>", "Hi Priya, see you Monday.", ["Nguyễn Thị Hoa"]),
    ("Siobhán O'Brien <s.obrien@a.example>", "Hi Priya, see you Monday.", ["Siobhán O'Brien"]),
    ("Joris van der Berg <joris@a.example>", "Hoi Priya, tot maandag.", ["Joris van der Berg"]),
    (
        "recruiting@a.example",
        "Dear Priya, your interview is with Ms Okafor on Monday.\n\nKind regards,\nDana Fox\nRecruiting Coordinator",
        ["Dana Fox", "Ms Okafor"],
    ),
    (
        "Talent Team <talent@a.example>",
        "Hi Priya,\n\nYour interviewers:\n- Raj Patel, CTO <raj@a.example>\n- Lena Krause\n\nTalent Team",
        ["Raj Patel", "Lena Krause"],
    ),
    (
        "Talent Team <talent@a.example>",
        "Interviewers: Raj Patel (CTO), Lena Krause & Tom Hale",
        ["Raj Patel", "Lena Krause", "Tom Hale"],
    ),
    (
        "Talent Team <talent@a.example>",
        "You will be interviewed by Professor Ada Byrne and Mr K. Singh.",
        ["Professor Ada Byrne", "Mr K. Singh"],
    ),
    (
        "A. K. Sharma <ak.sharma@a.example>",
        "Dear Priya, please come Monday at 10.",
        ["A. K. Sharma"],
    ),
    (
        "Agnieszka Wiśniewska-Nowak <a.wn@a.example>",
        "Dzień dobry Pani Priyo, zapraszamy w poniedziałek.",
        ["Agnieszka Wiśniewska-Nowak"],
    ),
    (
        "María del Carmen López <mc@a.example>",
        "Hola Priya, te espera Jorge Sanz el lunes a las 10.",
        ["María del Carmen López", "Jorge Sanz"],
    ),
    (
        "Luc Besson-Petit <luc@a.example>",
        "Bonjour Priya, vous rencontrerez Mme Claire Dubois lundi à 10h.",
        ["Luc Besson-Petit", "Claire Dubois"],
    ),
    (
        "Zoom <no-reply@zoom.us>",
        "Hi Priya, Dana Fox (Acme) has scheduled a Zoom meeting.",
        ["Dana Fox"],
    ),
    (
        "Dana <dana@a.example>",
        "Hi Priya, see you Monday.\n\nDana Fox | Recruiter | Acme\n+44 20 7946 0000",
        ["Dana Fox"],
    ),
    ("Dana Fox <dana@a.example>", "Hi Priya, Tom will ring you Monday at 10.", ["Dana Fox", "Tom"]),
    (
        "Dana Fox <dana@a.example>",
        "Hi Priya, we meet Monday in London at Canary Wharf, near Green Park.",
        ["Dana Fox"],
    ),
    (
        "Dana Fox <dana@a.example>",
        "Hi Priya, Monday works. Parking is free. Christmas is near. Zoom link follows.",
        ["Dana Fox"],
    ),
    (
        "Dana Fox <dana@a.example>",
        "Liebe Frau Raman, das Gespräch mit Herrn Dr. Weber ist am Montag.",
        ["Dana Fox", "Dr. Weber"],
    ),
    ("Dana Fox (she/her) <dana@a.example>", "Hi Priya, see you Monday.", ["Dana Fox"]),
    ('"Dana Fox, PhD" <dana@a.example>', "Hi Priya, see you Monday.", ["Dana Fox"]),
    (
        "Dana Fox via Greenhouse <no-reply@us.greenhouse-mail.io>",
        "Hi Priya, see you Monday.\n\nDana",
        ["Dana Fox"],
    ),
    (
        "Acme Notifications <no-reply@a.example>",
        "Your interview is on Monday with Raj (raj@a.example).",
        ["Raj"],
    ),
    (
        "Prof. Dr. Anke Reimers <reimers@a.example>",
        "Liebe Frau Raman, kommen Sie am Montag um 10.",
        ["Prof. Dr. Anke Reimers"],
    ),
    (
        "Chiara Neri <c.neri@a.example>",
        "Buongiorno Priya, il colloquio sarà con Marco Bianchi lunedì alle 10.",
        ["Chiara Neri", "Marco Bianchi"],
    ),
    (
        "Inês Faria <ines@a.example>",
        "Olá Priya, vai falar com o Rui Costa na segunda às 10h.",
        ["Inês Faria", "Rui Costa"],
    ),
    (
        "Empfang <empfang@a.example>",
        "Guten Tag Frau Raman,\n\nSie sind am Montag um 10 bei uns.\n\nMit freundlichen Grüßen\ni. A. Jutta Kern\nSekretariat",
        ["Jutta Kern"],
    ),
    (
        "Fatima Zahra El Idrissi <fz@a.example>",
        "Hi Priya, see you Monday.",
        ["Fatima Zahra El Idrissi"],
    ),
    ("J.R. Ewing <jr@a.example>", "Hi Priya, see you Monday.", ["J.R. Ewing"]),
    (
        "Ana-Maria Popescu <am@a.example>",
        "Hi Priya, Monday at 10 with Sir Tom Hale, our chair.",
        ["Ana-Maria Popescu", "Sir Tom Hale"],
    ),
    (
        "Thandiwe Nkosi <t@a.example>",
        "Hi Priya, Sipho Dlamini and Lerato Mokoena will interview you on Monday.",
        ["Thandiwe Nkosi", "Sipho Dlamini", "Lerato Mokoena"],
    ),
    (
        "Schedule <schedule@a.example>",
        "10:00 Raj Patel\n10:45 Ann Lee\n11:30 Tom Hale",
        ["Raj Patel", "Ann Lee", "Tom Hale"],
    ),
    (
        "Dana Fox <dana@a.example>",
        "Hi Priya, the interview is at Victoria House, 4 Albert Road, on Monday.",
        ["Dana Fox"],
    ),
    (
        "Dana Fox <dana@a.example>",
        "Hi Priya, please bring your Microsoft Word samples on Monday.",
        ["Dana Fox"],
    ),
    (
        "Dana Fox <dana@a.example>",
        "Hi Priya,\n\nMonday is fine.\n\nBest wishes,\nDana\n\nDana Fox\nHead of People",
        ["Dana Fox"],
    ),
    (
        "Petra Kuhn <p.kuhn@a.example>",
        "Hallo Frau Raman, Herr Schulz und Frau Dr. Lang freuen sich auf Sie am Montag.",
        ["Petra Kuhn", "Herr Schulz", "Dr. Lang"],
    ),
    (
        "Ewa Lis <e@a.example>",
        "Dzień dobry, rozmowę poprowadzi Adam Nowak w poniedziałek.",
        ["Ewa Lis", "Adam Nowak"],
    ),
    (
        "Kees Smit <k@a.example>",
        "Hoi Priya, je spreekt met Anne de Boer en Jan Vos.",
        ["Kees Smit", "Anne de Boer", "Jan Vos"],
    ),
    (
        "Jean Roux <j@a.example>",
        "Bonjour Priya, entretien avec M. Paul Girard et Julie Morel lundi.",
        ["Jean Roux", "Paul Girard", "Julie Morel"],
    ),
]


@pytest.mark.parametrize(("sender", "subject", "text", "company"), EMPLOYERS)
def test_the_employer_is_who_one_would_work_for(
    sender: str, subject: str, text: str, company: str | None
) -> None:
    """Not the service that relays, nor the agency that writes; a client that is not named is none."""
    assert _read(sender, subject, text).company == company


@pytest.mark.parametrize(("subject", "text", "role"), ROLES)
def test_the_role_is_the_title_of_the_job(subject: str, text: str, role: str | None) -> None:
    """Without marks of gender, workload and reference; never the title of who writes."""
    assert _read("Ann Low <ann.low@a.example>", subject, text).role == role


@pytest.mark.parametrize(("sender", "text", "people"), PEOPLE)
def test_people_are_those_one_deals_with(sender: str, text: str, people: list[str]) -> None:
    """Who writes and whom one meets; no places, desks, services, and not the user."""
    assert sorted(p.name or "" for p in _read(sender, "Interview", text).people) == sorted(people)
