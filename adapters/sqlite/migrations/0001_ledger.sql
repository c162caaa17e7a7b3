-- The ledger. Entries are only ever inserted.
CREATE TABLE entries (
  municipality INTEGER NOT NULL,
  position     INTEGER NOT NULL,
  request_id   TEXT    NOT NULL,
  subject      TEXT    NOT NULL,
  entry        BLOB    NOT NULL,
  UNIQUE (municipality, position),
  UNIQUE (municipality, request_id)
) STRICT;

-- Where each subject stands after its latest entry: what entries say, kept so
-- that it can be found. It can be made again from them.
CREATE TABLE subjects (
  municipality INTEGER NOT NULL,
  subject      TEXT    NOT NULL,
  position     INTEGER NOT NULL,
  entry_name   TEXT    NOT NULL,
  service      TEXT    NOT NULL,
  subject_type TEXT    NOT NULL,
  case_id      TEXT    NOT NULL,
  provision    TEXT    NOT NULL,
  experiment   TEXT    NOT NULL,
  outcome      INTEGER NOT NULL,
  state        INTEGER NOT NULL,
  day          INTEGER NOT NULL,
  PRIMARY KEY (municipality, subject)
) STRICT, WITHOUT ROWID;

CREATE INDEX subjects_by_case ON subjects (municipality, case_id) WHERE case_id <> '';
