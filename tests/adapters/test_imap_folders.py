"""Which folder is Drafts and which is Sent, on servers of every kind."""

import pytest

from agent.adapters.imap import ImapSettings
from agent.adapters.imap.folders import Folder, Found, choose, listed
from agent.errors import ProtocolError
from tests.adapters.scripts import mailbox_on
from tests.adapters.worlds import on_server
from tests.servers.dovecot import Dovecot
from tests.servers.outsider import NOON, Outsider


def settings(**changes: object) -> ImapSettings:
    """An account with folder settings."""
    return ImapSettings("work", "imap.acme.example", "me", **changes)  # type: ignore[arg-type]


def folders(*names: str, delimiter: str = "/", **flagged: str) -> list[Folder]:
    """Folders by name; `drafts="Name"` gives that one the special use."""
    by_name = {name: role for role, name in flagged.items()}
    return [
        Folder(
            name,
            name,
            delimiter,
            frozenset({f"\\{by_name[name]}"}) if name in by_name else frozenset(),
        )
        for name in names
    ]


def chosen(*names: str, delimiter: str = "/", **flagged: str) -> Found:
    """What is chosen among them, without any word of the user's."""
    return choose(folders(*names, delimiter=delimiter, **flagged), settings())


def test_special_use_goes_before_names() -> None:
    """The server's flag wins over a folder that is merely called so."""
    found = chosen("INBOX", "Drafts", "Sent", "Mine", "Gone", drafts="Mine", sent="Gone")
    assert (found.folders.drafts, found.folders.sent) == ("Mine", "Gone")
    assert "special-use" in found.sources["Mine"]


def test_special_use_in_lower_case_counts() -> None:
    """Cyrus writes `\\drafts`."""
    line = listed((b"\\HasNoChildren", b"\\DRAFTS"), "/", b"Elsewhere")
    sent = listed((b"\\sent",), "/", b"Sent")
    assert choose([line, sent], settings()).folders.drafts == "Elsewhere"


@pytest.mark.parametrize(
    ("drafts", "sent"),
    [
        ("Entwürfe", "Gesendet"),
        ("Entwürfe", "Gesendete Elemente"),
        ("Brouillons", "Messages envoyés"),
        ("Brouillons", "Éléments envoyés"),
        ("Borradores", "Enviados"),
        ("Bozze", "Posta inviata"),
        ("Concepten", "Verzonden items"),
        ("Rascunhos", "Itens enviados"),
        ("Kopie robocze", "Wysłane"),
        ("Utkast", "Skickat"),
        ("Черновики", "Отправленные"),
        ("下書き", "送信済みメール"),
        ("草稿箱", "已发送"),
        ("drafts", "SENT ITEMS"),
    ],
)
def test_known_names_in_many_languages(drafts: str, sent: str) -> None:
    """Without special use, a name that mail programs give is enough."""
    found = chosen("INBOX", "Archive", sent, drafts)
    assert (found.folders.drafts, found.folders.sent) == (drafts, sent)
    assert "name" in found.sources[drafts]


def test_courier_keeps_everything_below_inbox() -> None:
    """`INBOX.Drafts` with "." between."""
    found = chosen("INBOX", "INBOX.Sent", "INBOX.Drafts", delimiter=".")
    assert (found.folders.drafts, found.folders.sent) == ("INBOX.Drafts", "INBOX.Sent")


def test_gmail_keeps_them_below_a_root_of_its_own() -> None:
    """`[Gmail]/Entwürfe`, where the special use is not told."""
    found = chosen("INBOX", "[Gmail]/Gesendet", "[Gmail]/Entwürfe")
    assert found.folders.drafts == "[Gmail]/Entwürfe"


def test_the_better_known_name_wins() -> None:
    """A mailbox that met several mail programs."""
    found = chosen("INBOX", "Entwürfe", "Drafts", "Sent Messages", "Sent")
    assert (found.folders.drafts, found.folders.sent) == ("Drafts", "Sent")


def test_a_folder_of_somebody_elses_is_not_ours() -> None:
    """Shared mailboxes have Drafts, too."""
    with pytest.raises(ProtocolError, match="Drafts"):
        chosen("INBOX", "Other Users/bob/Drafts", "Sent")


def test_a_folder_that_holds_no_messages_is_passed_over() -> None:
    """`\\Noselect` names are only branches."""
    branch = Folder("Drafts", "Drafts", "/", frozenset({"\\noselect"}))
    found = choose([branch, *folders("INBOX", "Entwürfe", "Sent")], settings())
    assert found.folders.drafts == "Entwürfe"


def test_the_users_own_word_goes_first() -> None:
    """`drafts` and `sent` of the configuration override everything."""
    named = folders("INBOX", "Drafts", "Sent", "Jobs/Out", drafts="Drafts")
    found = choose(named, settings(drafts="Jobs/Out"))
    assert found.folders.drafts == "Jobs/Out"
    assert "configuration" in found.sources["Jobs/Out"]


@pytest.mark.parametrize("written", ["drafts", "INBOX.drafts", "Drafts"])
def test_the_users_word_may_be_a_little_off(written: str) -> None:
    """Letter case, and "INBOX." in front, are forgiven."""
    named = folders("INBOX", "INBOX.Drafts", "INBOX.Sent", delimiter=".")
    assert choose(named, settings(drafts=written)).folders.drafts == "INBOX.Drafts"


def test_a_folder_that_is_missing_is_named_with_the_nearest() -> None:
    """A slip of the pen is answered with what was meant."""
    with pytest.raises(ProtocolError, match=r'"Darfts".*Did you mean .*Drafts') as caught:
        choose(folders("INBOX", "Drafts", "Sent"), settings(drafts="Darfts"))
    assert "account work" in str(caught.value)


def test_a_mailbox_without_drafts_says_what_to_do() -> None:
    """The sentence names the setting and the folders there are."""
    with pytest.raises(ProtocolError, match=r"set drafts in \[accounts.work\].*Archive"):
        chosen("INBOX", "Archive", "Sent")


def test_inbox_in_any_letter_case() -> None:
    """INBOX is one name however it is written (RFC 3501, 5.1)."""
    found = choose(folders("INBOX", "Drafts", "Sent"), settings(inbox=("Inbox",)))
    assert found.folders.inbox == ("INBOX",)


def test_several_inbox_folders() -> None:
    """Filters may sort mail into others."""
    found = choose(folders("INBOX", "Jobs", "Drafts", "Sent"), settings(inbox=("INBOX", "jobs")))
    assert found.folders.inbox == ("INBOX", "Jobs")


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b"Entw&APw-rfe", "Entwürfe"),
        (b"A&-B", "A&B"),
        (b"&U,BTFw-", "台北"),
        (b"broken &!!!", "broken &!!!"),
        (b"iNbOx", "INBOX"),
    ],
)
def test_names_are_decoded_and_broken_ones_kept(raw: bytes, name: str) -> None:
    """Modified UTF-7 (RFC 3501, 5.1.3); what is none stays as it is spelled."""
    assert listed((), "/", raw).name == name


async def test_a_localised_folder_on_dovecot(dovecot: Dovecot) -> None:
    """A folder with an umlaut is found by its name, and written to."""
    outsider = Outsider(dovecot.host, dovecot.port, *dovecot.new_user())
    outsider.folder("Entw&APw-rfe")
    world = on_server(outsider, drafts="Entwürfe")
    assert (await world.mailbox.connect()).drafts == "Entwürfe"
    placed = await world.mailbox.append_draft("Entwürfe", b"Subject: x\r\n\r\nx\r\n", NOON)
    assert list(await world.mailbox.uids("Entwürfe")) == [placed.uid]
    assert "Entwürfe" in await world.mailbox.folder_names()
    await world.mailbox.close()


async def test_special_use_is_asked_for_where_list_is_silent() -> None:
    """Some servers tell it only to LIST … RETURN (SPECIAL-USE) (RFC 6154, 2)."""

    def listing(dialogue, tag: bytes, rest: bytes) -> None:  # type: ignore[no-untyped-def]
        flag = b"\\Drafts" if b"RETURN" in rest else b""
        dialogue.say(b'* LIST (%b) "/" Odd\r\n* LIST () "/" Sent\r\n' % flag)
        dialogue.say(tag + b" OK done\r\n")

    capability = b"* CAPABILITY IMAP4rev1 SPECIAL-USE LIST-EXTENDED\r\n{tag} OK done\r\n"
    async with mailbox_on({"CAPABILITY": capability, "LIST": listing}) as (mailbox, _):
        assert mailbox.folder_sources["Odd"] == "told by the server (special-use)"


async def test_the_servers_own_spelling_is_sent_back() -> None:
    """A name whose encoding is not canonical is selected as the server wrote it."""
    raw = b"&AOkA4A-Drafts"
    answers = {
        "LIST": b'* LIST (\\Drafts) "/" "' + raw + b'"\r\n* LIST () "/" Sent\r\n{tag} OK done\r\n'
    }
    async with mailbox_on(answers) as (mailbox, server):
        await mailbox.state("éàDrafts")
        assert server.heard(b'EXAMINE "' + raw + b'"')
