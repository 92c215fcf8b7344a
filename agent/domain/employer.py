"""Employers by name: when two spellings mean one."""

import re
import unicodedata

#: Legal forms and decorations that do not tell two employers apart.
_FORMS = frozenset(
    "inc incorporated corp corporation co company llc llp lp ltd limited plc gmbh ag se kg kgaa "
    "ug ohg ev sa sas sarl srl spa bv nv ab as asa oy oyj aps sl slu lda sp zoo pty pvt pte "
    "group holding holdings the "
    # What a department that hires adds to the name it signs with.
    "careers career recruiting recruitment talent jobs hiring".split()
)
_WORD = re.compile(r"[^\W_]+")


def company_key(name: str | None) -> str:
    """What is left of a name when case, accents, dots and legal forms are gone; "" for none.

    "Acme, Inc." and "ACME" give one key; "Meta" and "Metaverse" do not.
    """
    if not name:
        return ""
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c)).replace(".", "")
    words = _WORD.findall(plain.replace("&", " and "))
    kept = [word for word in words if word not in _FORMS]
    return " ".join(kept or words)
