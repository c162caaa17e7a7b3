-- The ledger. Entries are only ever inserted.
CREATE TABLE entries (
  municipality integer NOT NULL,
  position     bigint  NOT NULL,
  request_id   text    NOT NULL,
  subject      text    NOT NULL,
  entry        bytea   NOT NULL,
  PRIMARY KEY (municipality, position),
  UNIQUE (municipality, request_id)
);

-- Where each subject stands after its latest entry: what entries say, kept so
-- that it can be found. It can be made again from them.
CREATE TABLE subjects (
  municipality integer NOT NULL,
  subject      text    NOT NULL,
  position     bigint  NOT NULL,
  entry_name   text    NOT NULL,
  service      text    NOT NULL,
  subject_type text    NOT NULL,
  case_id      text    NOT NULL,
  provision    text    NOT NULL,
  experiment   text    NOT NULL,
  outcome      integer NOT NULL,
  state        integer NOT NULL,
  day          integer NOT NULL,
  PRIMARY KEY (municipality, subject)
);

CREATE INDEX subjects_by_case ON subjects (municipality, case_id) WHERE case_id <> '';
