"""The tables of the catalogue and their indexes, in the SQL of SQLite."""

import hashlib

EMPTY = hashlib.sha256(b"").hexdigest()
"""The digest of a file with nothing in it."""

TABLES = f"""
CREATE TABLE files(path TEXT PRIMARY KEY, role TEXT, signature BLOB, digest BLOB, sheet BLOB) WITHOUT ROWID;
CREATE TABLE entries(n INTEGER PRIMARY KEY, id TEXT, kind TEXT, file TEXT, rank TEXT, ord INTEGER, owner TEXT,
    title TEXT, date TEXT, moment TEXT, since TEXT, until TEXT, attribution TEXT, words INTEGER,
    shadow INTEGER DEFAULT 0, record BLOB);
CREATE INDEX entries_id ON entries(id);
CREATE INDEX files_telling ON files(path) WHERE sheet <> x'';
CREATE INDEX files_empty ON files(path) WHERE digest = x'{EMPTY}';
CREATE TABLE names(name TEXT, entry TEXT, kind TEXT, file TEXT, found INTEGER);
CREATE TABLE links(n INTEGER PRIMARY KEY, source TEXT, relation TEXT, target TEXT, field TEXT, key TEXT, file TEXT,
    rank TEXT, ord INTEGER, date TEXT, record BLOB);
CREATE TABLE anchors(n INTEGER PRIMARY KEY, owner TEXT, ordinal INTEGER, entry TEXT, what TEXT, file TEXT,
    given TEXT, article TEXT, digest BLOB, status TEXT, start INTEGER, end INTEGER, noted INTEGER, wanted BLOB,
    record BLOB);
CREATE INDEX anchors_article ON anchors(article, start);
CREATE INDEX anchors_unnamed ON anchors(article) WHERE given = '';
CREATE TABLE locked(article TEXT PRIMARY KEY, lines BLOB) WITHOUT ROWID;
CREATE TABLE archive_locked(article TEXT PRIMARY KEY, lines BLOB) WITHOUT ROWID;
CREATE TABLE versions(path TEXT PRIMARY KEY, lines BLOB) WITHOUT ROWID;
CREATE TABLE articles(id TEXT PRIMARY KEY, path TEXT, digest BLOB, signature BLOB, problems BLOB) WITHOUT ROWID;
CREATE TABLE state(name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE checked(n INTEGER PRIMARY KEY, problems BLOB, unheld INTEGER);
CREATE TABLE explanations(key BLOB PRIMARY KEY, value BLOB);
CREATE TABLE link_counts(entry TEXT PRIMARY KEY, count INTEGER) WITHOUT ROWID;
CREATE TABLE status_counts(status TEXT PRIMARY KEY, count INTEGER) WITHOUT ROWID;
CREATE TABLE indexed(engine TEXT, unit TEXT, stamp BLOB, keys BLOB, PRIMARY KEY (engine, unit)) WITHOUT ROWID;
CREATE TABLE unweighed(what TEXT, id TEXT, PRIMARY KEY (what, id)) WITHOUT ROWID;
CREATE TABLE weighed(name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE stands(who TEXT, side TEXT, issue TEXT, statement TEXT, file TEXT, anchor INTEGER, source TEXT,
    mask INTEGER, attribution TEXT, date TEXT, since TEXT, day TEXT, lent INTEGER, origin TEXT, article TEXT,
    status TEXT, start INTEGER, end INTEGER, worst TEXT,
    PRIMARY KEY (who, side, issue, statement, file, anchor)) WITHOUT ROWID;
CREATE TABLE sums(side TEXT, issue TEXT, total BLOB, PRIMARY KEY (side, issue)) WITHOUT ROWID;
CREATE TABLE steps(side TEXT, issue TEXT, steps BLOB, PRIMARY KEY (side, issue)) WITHOUT ROWID;
"""
INDEXES = """
CREATE INDEX IF NOT EXISTS entries_file ON entries(file);
CREATE INDEX IF NOT EXISTS entries_kind ON entries(kind, shadow, rank, ord, owner, id);
CREATE INDEX IF NOT EXISTS entries_latest ON entries(kind, shadow, date = '', moment DESC, date DESC, rank, ord)
    WHERE kind = 'article' AND shadow = 0;
CREATE INDEX IF NOT EXISTS entries_words ON entries(words) WHERE words IS NOT NULL;
CREATE INDEX IF NOT EXISTS entries_shadow ON entries(n) WHERE shadow = 1;
CREATE INDEX IF NOT EXISTS names_file ON names(file);
CREATE INDEX IF NOT EXISTS links_source ON links(source, rank, ord, relation, target);
CREATE INDEX IF NOT EXISTS links_target ON links(target, rank, ord, relation, source);
CREATE INDEX IF NOT EXISTS links_file ON links(file, source);
CREATE INDEX IF NOT EXISTS links_parts ON links(target) WHERE field = 'parent';
CREATE INDEX IF NOT EXISTS links_members ON links(target) WHERE relation = 'member of';
CREATE INDEX IF NOT EXISTS links_dated ON links(date) WHERE date <> '';
CREATE INDEX IF NOT EXISTS anchors_owner ON anchors(owner, file, ordinal);
CREATE INDEX IF NOT EXISTS anchors_file ON anchors(file);
CREATE INDEX IF NOT EXISTS anchors_entry ON anchors(entry, article);
CREATE INDEX IF NOT EXISTS stands_source ON stands(source, file);
CREATE INDEX IF NOT EXISTS stands_day ON stands(day);
CREATE INDEX IF NOT EXISTS stands_side ON stands(side, issue);
"""
"""What only questions need: a first read does without."""
INDEXES_OF_FOUND = """
CREATE INDEX IF NOT EXISTS anchors_status ON anchors(status, owner);
CREATE INDEX IF NOT EXISTS anchors_new ON anchors(article) WHERE digest IS NULL;
"""
"""The same, of what was found of anchors."""
