"""The real servers, for the tests of what talks to them."""

from tests.servers.fixtures import dovecot, pymap

__all__ = ["dovecot", "pymap"]
