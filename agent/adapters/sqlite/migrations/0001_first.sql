-- Facts are appended and never changed; applications and keys are derived from them.

CREATE TABLE applications (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    account TEXT NOT NULL,
    stage   TEXT NOT NULL,
    heard   TEXT NOT NULL,              -- when the newest fact arrived, UTC
    wake_at TEXT NOT NULL DEFAULT ''    -- when to look again without news; '' for never
) STRICT;
CREATE INDEX applications_wake ON applications (wake_at) WHERE wake_at <> '';

CREATE TABLE facts (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    application_id INTEGER NOT NULL REFERENCES applications (id),
    at             TEXT NOT NULL,
    kind           TEXT NOT NULL,
    message_id     TEXT NOT NULL DEFAULT '',
    body           TEXT NOT NULL        -- the whole fact, as JSON
) STRICT;
CREATE INDEX facts_application ON facts (application_id, at);

-- What a message can be matched by: the ids of its thread, calendar UIDs, names, addresses.
CREATE TABLE keys (
    what           TEXT NOT NULL,       -- message | uid | company | email
    value          TEXT NOT NULL,
    application_id INTEGER NOT NULL REFERENCES applications (id),
    PRIMARY KEY (what, value, application_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE followups (
    key            TEXT PRIMARY KEY,
    application_id INTEGER NOT NULL REFERENCES applications (id),
    status         TEXT NOT NULL,
    due_at         TEXT NOT NULL,
    message_id     TEXT NOT NULL DEFAULT '',
    body           TEXT NOT NULL
) STRICT;
CREATE INDEX followups_due ON followups (status, due_at);
CREATE INDEX followups_application ON followups (application_id);
CREATE INDEX followups_message ON followups (message_id) WHERE message_id <> '';

CREATE TABLE tasks (
    key            TEXT PRIMARY KEY,
    application_id INTEGER NOT NULL REFERENCES applications (id),
    status         TEXT NOT NULL,
    body           TEXT NOT NULL
) STRICT;
CREATE INDEX tasks_application ON tasks (application_id);

-- How far each folder has been read.
CREATE TABLE cursors (
    account     TEXT NOT NULL,
    folder      TEXT NOT NULL,
    uidvalidity INTEGER NOT NULL,
    uid         INTEGER NOT NULL,
    PRIMARY KEY (account, folder)
) STRICT;

-- Every message that has been dealt with, so that a folder read anew counts nothing twice.
CREATE TABLE seen (
    account     TEXT NOT NULL,
    message_key TEXT NOT NULL,
    at          TEXT NOT NULL,
    PRIMARY KEY (account, message_key)
) STRICT, WITHOUT ROWID;

-- Messages that could not be read at all.
CREATE TABLE aside (
    account     TEXT NOT NULL,
    folder      TEXT NOT NULL,
    uidvalidity INTEGER NOT NULL,
    uid         INTEGER NOT NULL,
    why         TEXT NOT NULL,
    PRIMARY KEY (account, folder, uidvalidity, uid)
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
