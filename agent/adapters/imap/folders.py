"""Which folder is Drafts and which is Sent: configured, told by the server, or known by name.

In this order: the user's own word; the special-use flag (RFC 6154), in any letter case
as Cyrus writes `\\drafts`; a name that mail programs and providers use, in many
languages, at the top, below "INBOX", or below Gmail's own root. Pure: no I/O.
"""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from imapclient.imap_utf7 import decode as decode_utf7

from agent.adapters.imap.settings import ImapSettings
from agent.errors import ProtocolError
from agent.ports import Folders

DRAFTS, SENT = "drafts", "sent"

# Thunderbird, Outlook, Apple Mail, Gmail, GMX, web.de, Orange, Libero, Yandex, Roundcube …
KNOWN_NAMES = {
    DRAFTS: (
        "Drafts", "Draft", "Draft Messages", "Entwürfe", "Entwurf", "Brouillons", "Brouillon",
        "Borradores", "Borrador", "Esborranys", "Bozze", "Concepten", "Rascunhos",
        "Rascunho", "Kladder", "Kladde", "Utkast", "Luonnokset", "Kopie robocze",
        "Wersje robocze", "Szkice", "Robocze", "Koncepty", "Rozepsané", "Rozpísané", "Piszkozatok",
        "Vázlatok", "Ciorne", "Nacrti", "Skice", "Osnutki", "Чернови", "Черновики", "Чернетки",
        "Πρόχειρα", "Taslaklar", "Juodraščiai", "Melnraksti", "Mustandid", "Drög", "Zirriborroak",
        "טיוטות", "مسودات", "المسودات", "下書き", "草稿", "草稿箱", "임시 보관함", "임시보관함",
        "Konsep", "Bản nháp", "Thư nháp", "แบบร่าง", "ร่างจดหมาย",
    ),
    SENT: (
        "Sent", "Sent Mail", "Sent Items", "Sent Messages", "Sent-Mail", "Gesendet",
        "Gesendete Objekte", "Gesendete Elemente", "Gesendete Nachrichten",
        "Envoyés", "Messages envoyés", "Éléments envoyés", "Courrier envoyé",
        "Enviados", "Elementos enviados", "Mensajes enviados", "Enviats", "Correo enviado",
        "Inviata", "Posta inviata", "Inviati", "Elementi inviati", "Verzonden", "Verzonden items",
        "Verzonden berichten", "Itens enviados", "E-mails enviados", "Mensagens enviadas",
        "Sendt", "Sendt post", "Sendte elementer", "Skickat", "Skickade", "Skickade objekt",
        "Lähetetyt", "Lähetetyt viestit", "Wysłane", "Elementy wysłane", "Odeslané",
        "Odeslaná pošta", "Odoslané", "Odoslaná pošta", "Elküldött", "Elküldött elemek",
        "Elküldött üzenetek", "Trimise", "Mesaje trimise", "Poslano", "Poslane stavke",
        "Poslana pošta", "Изпратени", "Отправленные", "Надіслані", "Απεσταλμένα",
        "Gönderilmiş", "Gönderilen", "Gönderilmiş Öğeler", "Gönderilmiş Postalar", "Išsiųsta",
        "Išsiųstieji", "Nosūtītās", "Saadetud", "Saadetud kirjad", "Sendir hlutir", "Bidalita",
        "נשלח", "הודעות שנשלחו", "المرسل", "البريد المرسل", "送信済み", "送信済みメール",
        "送信済みトレイ", "已发送", "已发送邮件", "寄件備份", "寄件備份匣", "보낸 편지함",
        "보낸편지함", "Terkirim", "Đã gửi", "Thư đã gửi", "ส่งแล้ว", "จดหมายที่ส่งแล้ว",
    ),
}  # fmt: skip

_ROOTS = ("", "inbox", "[gmail]", "[google mail]")
_NOT_A_FOLDER = frozenset({"\\noselect", "\\nonexistent"})


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder as LIST told it; `name` is decoded, `raw` is the server's own spelling."""

    name: str
    raw: str
    delimiter: str
    flags: frozenset[str]

    @property
    def selectable(self) -> bool:
        """Whether it can hold messages at all."""
        return not self.flags & _NOT_A_FOLDER

    @property
    def parts(self) -> tuple[str, ...]:
        """The path, outermost first."""
        return tuple(self.name.split(self.delimiter)) if self.delimiter else (self.name,)


@dataclass(frozen=True, slots=True)
class Found:
    """The folders of an account, and for each name how it was found."""

    folders: Folders
    sources: dict[str, str]


def listed(flags: Sequence[bytes], delimiter: str, raw: bytes) -> Folder:
    """One line of LIST; a name that is no modified UTF-7 stays as it is spelled."""
    try:
        name = decode_utf7(raw)
    except (UnicodeDecodeError, ValueError):
        name = raw.decode("latin-1")
    return Folder(
        name="INBOX" if name.upper() == "INBOX" else name,
        raw=raw.decode("latin-1"),
        delimiter=delimiter,
        flags=frozenset(flag.decode("latin-1").lower() for flag in flags),
    )


def choose(folders: Sequence[Folder], settings: ImapSettings) -> Found:
    """The folders of the account.

    Raises ProtocolError, naming the nearest names there are, for one that is missing.
    """
    usable = [folder for folder in folders if folder.selectable]
    drafts, drafts_source = _special(usable, settings, DRAFTS, settings.drafts)
    sent, sent_source = _special(usable, settings, SENT, settings.sent)
    inbox = tuple(_configured(usable, settings, name) for name in settings.inbox)
    sources = dict.fromkeys(inbox, "from the configuration")
    return Found(
        Folders(inbox=inbox, drafts=drafts, sent=sent),
        sources | {drafts: drafts_source, sent: sent_source},
    )


def _special(
    folders: Sequence[Folder], settings: ImapSettings, role: str, configured: str | None
) -> tuple[str, str]:
    if configured:
        return _configured(folders, settings, configured), "from the configuration"
    flagged = [folder for folder in folders if f"\\{role}" in folder.flags]
    if flagged:
        return min(flagged, key=_depth).name, "told by the server (special-use)"
    named = [folder for folder in folders if _rank(folder, role) is not None]
    if named:
        best = min(named, key=lambda folder: (_rank(folder, role), _depth(folder)))
        return best.name, "known by its name"
    raise ProtocolError(
        f"{settings.place} (account {settings.account}) has no folder that looks like "
        f"{role.capitalize()}: create one, or set {role} in [accounts.{settings.account}]. "
        f"There are: {_some(folder.name for folder in folders)}."
    )


def _configured(folders: Sequence[Folder], settings: ImapSettings, wanted: str) -> str:
    """The folder the user means: its exact name, else but for letter case and "INBOX."."""
    by_name = {folder.name: folder.name for folder in folders}
    by_name |= {"INBOX": "INBOX"}  # always there (RFC 3501, 5.1), listed or not
    if wanted in by_name:
        return by_name[wanted]
    for folder in folders:
        below_inbox = f"INBOX{folder.delimiter}{wanted}"
        if folder.name.casefold() in (wanted.casefold(), below_inbox.casefold()):
            return folder.name
    if wanted.casefold() == "inbox":
        return "INBOX"
    raise missing(wanted, list(by_name), settings)


def missing(wanted: str, names: Sequence[str], settings: ImapSettings) -> ProtocolError:
    """The error for a folder that is not there, with the nearest names there are."""
    near = nearest(wanted, names)
    hint = f"Did you mean {_some(near)}?" if near else f"There are: {_some(names)}."
    return ProtocolError(
        f'There is no folder "{wanted}" at {settings.place} (account {settings.account}). {hint}'
    )


def nearest(wanted: str, names: Sequence[str]) -> list[str]:
    """Up to three names like the wanted one, the likest first."""
    by_folded = {name.casefold(): name for name in names}
    near = difflib.get_close_matches(wanted.casefold(), list(by_folded), n=3, cutoff=0.5)
    return [by_folded[folded] for folded in near]


def _rank(folder: Folder, role: str) -> int | None:
    """How well-known the folder's name is for a role, 0 best; None for a stranger's folder."""
    *root, last = folder.parts
    if folder.delimiter.join(root).casefold() not in _ROOTS:
        return None
    folded = [name.casefold() for name in KNOWN_NAMES[role]]
    return folded.index(last.casefold()) if last.casefold() in folded else None


def _depth(folder: Folder) -> tuple[int, int]:
    return len(folder.parts), len(folder.name)


def _some(names: Iterable[str]) -> str:
    listed_names = sorted(names)
    shown = ", ".join(listed_names[:12])
    return f"{shown} …" if len(listed_names) > 12 else shown
