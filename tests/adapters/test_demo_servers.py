"""The servers inside the process: a real IMAP and a real SMTP dialogue on loopback."""

import asyncio
import imaplib
import smtplib

import pytest

from agent.adapters.demo_servers import pymap_server, smtp_sink


async def test_each_user_has_a_mailbox_with_drafts_and_sent() -> None:
    """Folders are there before the first sign-in, and users do not see each other's mail."""

    def look(host: str, port: int) -> list[tuple[int, bytes]]:
        seen = []
        for user in ("alice", "bob"):
            with imaplib.IMAP4(host, port, timeout=10) as client:
                client.login(user, f"{user}'s secret")
                if user == "alice":
                    client.append("Drafts", r"(\Draft)", None, b"Subject: x\r\n\r\nx\r\n")
                _, folders = client.list()
                _, (count,) = client.select("Drafts", readonly=True)
                seen.append((len(folders), count))
        return seen

    async with pymap_server({"alice": "alice's secret", "bob": "bob's secret"}) as (host, port):
        assert await asyncio.to_thread(look, host, port) == [(3, b"1"), (3, b"0")]


async def test_a_wrong_password_is_refused() -> None:
    """It is a real server."""

    def try_it(host: str, port: int) -> None:
        with imaplib.IMAP4(host, port, timeout=10) as client:
            client.login("alice", "wrong")

    async with pymap_server({"alice": "secret"}) as (host, port):
        with pytest.raises(imaplib.IMAP4.error):
            await asyncio.to_thread(try_it, host, port)


async def test_the_server_ends_with_its_block() -> None:
    """Whoever is still connected is cut off, and the port is free."""
    async with pymap_server({"alice": "secret"}) as (host, port):
        reader, writer = await asyncio.open_connection(host, port)
        assert (await reader.readline()).startswith(b"* OK")
    rest = await asyncio.wait_for(reader.read(), 5)
    assert rest == b"" or rest.startswith(b"* BYE")
    writer.close()
    with pytest.raises(OSError, match="Connect"):
        await asyncio.open_connection(host, port)


async def test_the_sink_keeps_what_it_is_given() -> None:
    """A mail that is sent lies there, with its envelope."""

    def send(host: str, port: int) -> None:
        with smtplib.SMTP(host, port, timeout=10) as client:
            client.sendmail(
                "me@home.example", ["me@home.example"], "Subject: Hi\r\n\r\nGrüße".encode()
            )

    async with smtp_sink() as sink:
        await asyncio.to_thread(send, sink.host, sink.port)
        (mail,) = sink.mails
    assert mail.sender == "me@home.example"
    assert mail.recipients == ("me@home.example",)
    assert "Grüße".encode() in mail.data
