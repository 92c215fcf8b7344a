"""The configuration of somebody with one account, as they would write it."""


def one_account(host: str, port: int, user: str, **more: str) -> str:
    """Its text; `more` are further lines of the account's table. No hour of it is quiet."""
    account = "".join(f'{key} = "{value}"\n' for key, value in more.items())
    return f"""\
[identity]
name = "Me Myself"
addresses = ["me@home.example"]
timezone = "UTC"
country = "US"

[accounts.home]
host = "{host}"
port = {port}
username = "{user}"
{account}
[schedule]
quiet_from = "00:00"
quiet_until = "00:00"
"""
