"""The outside world behind the ports: IMAP, SQLite, secrets, SMTP, systemd, memory."""
