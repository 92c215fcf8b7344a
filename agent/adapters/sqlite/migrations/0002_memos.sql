-- What the user says and gets beside mail: memos in their inbox, files, words at the terminal.

CREATE TABLE memos (
    key            TEXT PRIMARY KEY,
    application_id INTEGER NOT NULL REFERENCES applications (id),
    status         TEXT NOT NULL,
    due_at         TEXT NOT NULL,
    message_id     TEXT NOT NULL DEFAULT '',
    body           TEXT NOT NULL
) STRICT;
CREATE INDEX memos_due ON memos (status, due_at);
CREATE INDEX notes_application ON memos (application_id);
CREATE INDEX notes_message ON memos (message_id) WHERE message_id <> '';

-- The files that go with drafts, by a hash of what is in them.
CREATE TABLE files (
    ref  TEXT PRIMARY KEY,
    data BLOB NOT NULL
) STRICT;

-- Applications that a command has changed: whoever watches looks at them again.
CREATE TABLE nudges (
    application_id INTEGER PRIMARY KEY REFERENCES applications (id)
) STRICT;

-- Mails that fit several applications alike, kept until the user says which.
CREATE TABLE undecided (
    message_key TEXT PRIMARY KEY,
    body        TEXT NOT NULL
) STRICT, WITHOUT ROWID;
