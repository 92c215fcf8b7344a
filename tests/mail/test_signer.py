"""Who writes and who signs."""

import pytest

from agent.mail import signer


@pytest.mark.parametrize(
    ("display", "name"),
    [
        ("Ann Lee at Acme", "Ann Lee"),
        ("Lee, Ann", "Ann Lee"),
        ("Ann Lee, CPA", "Ann Lee"),
        ("Dr. Ann Lee | Acme", "Dr. Ann Lee"),
        ("Sanne de Wit", "Sanne de Wit"),
        ("Resourcing Team", None),
        ("Acme Hotel", None),
    ],
)
def test_a_display_name_is_a_persons_or_none(display: str, name: str | None) -> None:
    """Without the employer, letters after the name, and desks."""
    assert signer.person_shown(display) == name


@pytest.mark.parametrize(
    ("signature", "found"),
    [
        ("Yours sincerely,\n\nAnn Lee\nHead of Nursing\nAcme", ("Ann Lee", "Head of Nursing")),
        ("Kind regards\nAnn Lee, Recruiter", ("Ann Lee", "Recruiter")),
        ("LG Meike", ("Meike", None)),
        ("Grazie, Patrizia (segreteria)", ("Patrizia", "segreteria")),
        ("The People Team", None),
    ],
)
def test_a_signature_gives_name_and_title(
    signature: str, found: tuple[str, str | None] | None
) -> None:
    """The title stands after the name or below it."""
    assert signer.signed(signature) == found


def test_a_name_ends_a_text_without_a_signature() -> None:
    """ "Bev x" on the last line."""
    assert signer.last_name_in("Hiya, see you Friday!\n\nBev x") == "Bev"
    assert signer.last_name_in("See you.") is None


def test_a_title_two_lines_below_is_found() -> None:
    """The employer's line may stand between."""
    assert signer.title_after("Ann Lee", "Ann\nBlue Oar\nAccount Manager") == "Account Manager"


def test_days_and_desks_are_no_names() -> None:
    """Nor titles and teams."""
    assert not any(map(signer.is_name, ["Monday", "Talent Team", "Hotel-Nord-Team", "Zoom"]))


@pytest.mark.parametrize(
    "line",
    [
        "Chimica Adda S.p.A.",
        "InfoJobs Italia",
        "Lotnisko Modrzewie",
        "Coopérative Airelle",
        "Latteria S.r.l.",
    ],
)
def test_a_firm_or_a_service_is_nobody(line: str) -> None:
    """Whose last word is a legal form, or whose first one an institution's in its language."""
    assert not signer.is_name(line)


@pytest.mark.parametrize(
    ("signature", "name"),
    [
        ("Distinti saluti\n\nChimica Adda S.p.A.\n\nrag. Ugo Pavesi", "rag. Ugo Pavesi"),
        ("Z wyrazami szacunku\n\nmgr Alina Kos\n\nkierownik działu", "mgr Alina Kos"),
    ],
)
def test_an_honour_in_small_letters_stands_before_a_name(signature: str, name: str) -> None:
    """Italian and Polish letters sign with it, below the firm."""
    found = signer.signed(signature)
    assert found is not None
    assert found[0] == name


@pytest.mark.parametrize(
    ("signature", "name"),
    [
        ("Miigwech,\nDawn", "Dawn"),
        ("Quentin Abbotsleigh KC", "Quentin Abbotsleigh"),
        ("Pozdrawiam serdecznie\nPaulina z Bukowego Domu", "Paulina"),
        ("Groeten\nFenna van Studio Wolk", "Fenna"),
        ("Fdo.: Elvira Montero", "Elvira Montero"),
        ("Deine Füchse", None),
        ("KR\nVolunteering & Jobs", None),
        ("Z poważaniem\nSekretarz Gminy", None),
    ],
)
def test_a_signature_is_read_below_any_closing(signature: str, name: str | None) -> None:
    """Without letters after the name and the firm behind it; a team and initials are nobody."""
    found = signer.signed(signature)
    assert (found[0] if found else None) == name


@pytest.mark.parametrize(
    ("end", "name"),
    [
        ("Blijf schrijven!\n\nGijs\nnamens de redactie", "Gijs"),
        ("That's all he said, sorry!\n\nJen, reception", "Jen"),
        ("Tot snel,\nFenna van Studio Wolk", "Fenna"),
        ("damy Pani odpowiedź.\n\nIrena Wójtowicz, kadry", "Irena Wójtowicz"),
    ],
)
def test_who_signs_for_a_desk_is_read_from_the_last_lines(end: str, name: str) -> None:
    """Where a text has no signature apart."""
    found = signer.signed_below(f"Dear Alex,\n\n{end}")
    assert found is not None
    assert found[0] == name


def test_a_family_name_that_is_no_title_makes_no_title_of_a_given_one() -> None:
    """ "Dean Horrocks" is somebody, "Dean of Studies" a title."""
    assert not signer.is_title_line("Dean Horrocks")
    assert signer.is_title_line("Dean of Studies")


@pytest.mark.parametrize(
    ("signature", "name"),
    [
        ("Herzlich\nAnnegret Mühlbauer, Leitung", "Annegret Mühlbauer"),
        ("Sláinte,\nPeatworks Distillery", None),
        ("Personaldezernat\nIm Auftrag\nDr. A. Petersohn", "Dr. A. Petersohn"),
    ],
)
def test_a_closing_word_alone_and_a_desk_are_nobody(signature: str, name: str | None) -> None:
    """In German and Irish."""
    found = signer.signed(signature)
    assert (found[0] if found else None) == name


def test_one_word_above_a_desk_signs() -> None:
    """ "Noeleen / Human Resources", at the end of a text that has no signature apart."""
    found = signer.signed_below(
        "Numbers 1 to 4 have been called.\n\nVelmira\nHuman Resources, County Council"
    )
    assert found is not None
    assert found[0] == "Velmira"


@pytest.mark.parametrize(
    ("signature", "name"),
    [
        ("fermín ochoa", "Fermín Ochoa"),
        ("Chief Dana Orr\nRidgevale Fire", "Chief Dana Orr"),
        ("pp Maureen Pike\nBursar", "Maureen Pike"),
        ("Marie de la Boulangerie Petit", "Marie"),
        ("Maureen in the office", "Maureen"),
        ("gr Sjaak", "Sjaak"),
    ],
)
def test_whoever_signs_is_read_however_they_write_it(signature: str, name: str) -> None:
    """In small letters, with a rank, for somebody else, with the house behind the name."""
    found = signer.signed(signature)
    assert found is not None
    assert found[0] == name


def test_a_name_above_the_hours_of_opening_signs() -> None:
    """ "Sofia, gerente" above "(aberto 24h)"."""
    text = "Recebemos o seu CV.\n\nSofia, gerente\n\n(aberto 24h)"
    found = signer.signed_below(text)
    assert found is not None
    assert found[0] == "Sofia"


@pytest.mark.parametrize("line", ["Chief Engineer", "Principal Consultant", "Chief of Staff"])
def test_a_title_that_begins_like_a_rank_is_a_title(line: str) -> None:
    """ "Chief Orr" is somebody, "Chief Engineer" is what somebody is."""
    assert signer.is_title_line(line)
    assert not signer.is_title_line("Chief Orr")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hi, we'll know Friday. Maureen", "Maureen"),
        ("We'll know on Friday.\n\nmarek", "Marek"),
        ("We'll know on Friday. Thanks", None),
    ],
)
def test_a_name_behind_the_last_sentence_signs(text: str, name: str | None) -> None:
    """Behind the last sentence, or below it in small letters; other words are nobody."""
    assert signer.last_name_in(text) == name


def test_a_team_behind_a_hyphen_is_nobody() -> None:
    """ "Karriere-Team der Bank Enns" is a desk."""
    assert not signer.is_name("Karriere-Team der Bank Enns")


@pytest.mark.parametrize(
    ("signature", "name"),
    [
        ("Abraço,\no Toni", "Toni"),
        ("Z poważaniem\nwz. Marta Zając\nr. pr.", "Marta Zając"),
        ("Respectfully,\n\nLt. D. Ramirez #4471\nBackgrounds Unit", "Lt. D. Ramirez"),
        ("Thanks!\nIngvild A.", "Ingvild A."),
        ("Best,\nTaylor from Rivet", "Taylor"),
    ],
)
def test_what_stands_around_a_signed_name_is_no_part_of_it(signature: str, name: str) -> None:
    """Articles, for whom one signs, the number of a badge, the firm; the letter of a family stays."""
    signed = signer.signed(signature)
    assert signed is not None
    assert signed[0] == name


def test_a_name_below_one_long_paragraph_signs() -> None:
    """However long the letter's only line is."""
    text = f"Hello Alex, {'she needs two references and ' * 8}that is all.\n\nPat\nLilac Bank"
    assert signer.signed_below(text) == ("Pat", None)


@pytest.mark.parametrize("button", ["Reschedule", "Cancel", "Verschieben", "Annuler"])
def test_a_button_below_a_text_signs_nothing(button: str) -> None:
    """A word of every day that is nobody's name."""
    assert signer.last_name_in(f"Your booking is confirmed.\n\n{button}") is None
