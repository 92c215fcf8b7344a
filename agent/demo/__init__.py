"""A sample job hunt, played to the real daemon on a real IMAP server inside the process."""
