-- The agendas of the rehabilitation team (docs/adr/0009). team_meeting and item
-- hold the whole of a day or an item; the other columns are what it is found
-- by. A version counts up with every change.
CREATE TABLE team_meetings (
  municipality INTEGER NOT NULL,
  name         TEXT    NOT NULL,
  date         TEXT    NOT NULL,
  version      INTEGER NOT NULL,
  team_meeting BLOB    NOT NULL,
  PRIMARY KEY (municipality, name)
) STRICT, WITHOUT ROWID;

CREATE INDEX team_meetings_by_date ON team_meetings (municipality, date, name);

CREATE TABLE agenda_items (
  municipality INTEGER NOT NULL,
  name         TEXT    NOT NULL,
  case_id      TEXT    NOT NULL,
  team_meeting TEXT    NOT NULL,
  date         TEXT    NOT NULL,
  place        INTEGER NOT NULL,
  version      INTEGER NOT NULL,
  item         BLOB    NOT NULL,
  PRIMARY KEY (municipality, name)
) STRICT, WITHOUT ROWID;

CREATE INDEX agenda_items_by_date ON agenda_items (municipality, date, place, name);
CREATE INDEX agenda_items_by_day ON agenda_items (municipality, team_meeting);
CREATE INDEX agenda_items_by_case ON agenda_items (municipality, case_id);

-- Who has a place: the key gives it once.
CREATE TABLE agenda_places (
  municipality INTEGER NOT NULL,
  team_meeting TEXT    NOT NULL,
  number       INTEGER NOT NULL,
  item         TEXT    NOT NULL,
  PRIMARY KEY (municipality, team_meeting, number)
) STRICT, WITHOUT ROWID;

-- The item of a case that is not withdrawn: the key gives it one.
CREATE TABLE agenda_cases (
  municipality INTEGER NOT NULL,
  case_id      TEXT    NOT NULL,
  item         TEXT    NOT NULL,
  PRIMARY KEY (municipality, case_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE agenda_requests (
  municipality INTEGER NOT NULL,
  request_id   TEXT    NOT NULL,
  digest       BLOB    NOT NULL,
  open         INTEGER NOT NULL,
  answer       BLOB    NOT NULL,
  PRIMARY KEY (municipality, request_id)
) STRICT, WITHOUT ROWID;
