"""The real servers, for the tests of what talks to them."""

from tests.servers.fixtures import courier, cyrus, dovecot, pymap

__all__ = ["courier", "cyrus", "dovecot", "pymap"]
