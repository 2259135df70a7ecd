"""The schema of the database, as named steps; each runs once, in this order, and is never changed after release."""

from __future__ import annotations

STATE = """
-- What a verdict depends on besides the content: library, settings, program. reading: what the parsing depends on.
CREATE TABLE contexts (
    key TEXT PRIMARY KEY, library_fingerprint TEXT NOT NULL, library_version TEXT NOT NULL,
    settings TEXT NOT NULL, program_version TEXT NOT NULL, reading TEXT NOT NULL, used_at TEXT NOT NULL
) STRICT;

-- One row a file. sha256 is empty and outcome filled where the file itself could not be read.
CREATE TABLE files (
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, modified TEXT NOT NULL, stamp TEXT NOT NULL,
    sha256 TEXT NOT NULL, suffix TEXT NOT NULL, context TEXT NOT NULL, present INTEGER NOT NULL,
    outcome TEXT, exit_code INTEGER, reason TEXT, advice TEXT, noted_at TEXT
) STRICT;
CREATE INDEX files_by_content ON files (sha256, suffix);

-- One row a content and context. report: compressed JSON; statuses: JSON, requirement -> status;
-- named: the file name that reason speaks of.
CREATE TABLE results (
    sha256 TEXT NOT NULL, suffix TEXT NOT NULL, context TEXT NOT NULL, judged_path TEXT NOT NULL, named TEXT NOT NULL,
    outcome TEXT NOT NULL, exit_code INTEGER NOT NULL, reason TEXT NOT NULL, advice TEXT NOT NULL,
    scanned_at TEXT NOT NULL, statuses TEXT, report BLOB,
    PRIMARY KEY (sha256, suffix, context)
) STRICT;

-- The parsed text, from which `rescan` judges without the file. body: compressed JSON of Document.
CREATE TABLE documents (
    sha256 TEXT NOT NULL, suffix TEXT NOT NULL, reading TEXT NOT NULL, body BLOB NOT NULL,
    PRIMARY KEY (sha256, suffix, reading)
) STRICT;
CREATE TABLE clauses (
    id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, suffix TEXT NOT NULL, reading TEXT NOT NULL,
    ordinal INTEGER NOT NULL, path TEXT NOT NULL, heading TEXT NOT NULL, text TEXT NOT NULL,
    UNIQUE (sha256, suffix, reading, ordinal)
) STRICT;
-- The clauses of what the files say now; older readings stay in the table above.
CREATE VIEW current_clauses AS
    SELECT c.* FROM clauses c WHERE EXISTS (
        SELECT 1 FROM files f JOIN contexts x ON x.key = f.context
        WHERE f.sha256 = c.sha256 AND f.suffix = c.suffix AND x.reading = c.reading);

-- A requirement whose status in unchanged content became another under another context.
CREATE TABLE status_changes (
    path TEXT NOT NULL, requirement TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL,
    context_before TEXT NOT NULL, context_after TEXT NOT NULL, noted_at TEXT NOT NULL,
    PRIMARY KEY (path, requirement, context_before, context_after)
) STRICT;

-- Files that the program itself wrote (workbooks ...): never scanned.
CREATE TABLE outputs (path TEXT PRIMARY KEY) STRICT;
"""

SEARCH = """
-- Trigrams find Chinese, which has no blanks between words. The text itself stays in clauses.
CREATE VIRTUAL TABLE clause_search USING fts5(
    heading, text, content = 'clauses', content_rowid = 'id', tokenize = 'trigram');
INSERT INTO clause_search (clause_search) VALUES ('rebuild');
CREATE TRIGGER clauses_added AFTER INSERT ON clauses BEGIN
    INSERT INTO clause_search (rowid, heading, text) VALUES (new.id, new.heading, new.text);
END;
CREATE TRIGGER clauses_removed AFTER DELETE ON clauses BEGIN
    INSERT INTO clause_search (clause_search, rowid, heading, text) VALUES ('delete', old.id, old.heading, old.text);
END;
CREATE TRIGGER clauses_changed AFTER UPDATE ON clauses BEGIN
    INSERT INTO clause_search (clause_search, rowid, heading, text) VALUES ('delete', old.id, old.heading, old.text);
    INSERT INTO clause_search (rowid, heading, text) VALUES (new.id, new.heading, new.text);
END;
"""

MIGRATIONS: tuple[tuple[str, str], ...] = (("0001_state", STATE), ("0002_search", SEARCH))
