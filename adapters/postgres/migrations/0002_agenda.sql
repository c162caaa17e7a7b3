-- The agendas of the rehabilitation team (docs/adr/0009). team_meeting and item
-- hold the whole of a day or an item; the other columns are what it is found
-- by. A version counts up with every change.
CREATE TABLE team_meetings (
  municipality integer NOT NULL,
  name         text    NOT NULL,
  date         text    NOT NULL,
  version      bigint  NOT NULL,
  team_meeting bytea   NOT NULL,
  PRIMARY KEY (municipality, name)
);

CREATE INDEX team_meetings_by_date ON team_meetings (municipality, date, name);

CREATE TABLE agenda_items (
  municipality integer NOT NULL,
  name         text    NOT NULL,
  case_id      text    NOT NULL,
  team_meeting text    NOT NULL,
  date         text    NOT NULL,
  place        integer NOT NULL,
  version      bigint  NOT NULL,
  item         bytea   NOT NULL,
  PRIMARY KEY (municipality, name)
);

CREATE INDEX agenda_items_by_date ON agenda_items (municipality, date, place, name);
CREATE INDEX agenda_items_by_day ON agenda_items (municipality, team_meeting);
CREATE INDEX agenda_items_by_case ON agenda_items (municipality, case_id);

-- Who has a place: the key gives it once.
CREATE TABLE agenda_places (
  municipality integer NOT NULL,
  team_meeting text    NOT NULL,
  number       integer NOT NULL,
  item         text    NOT NULL,
  PRIMARY KEY (municipality, team_meeting, number)
);

-- The item of a case that is not withdrawn: the key gives it one.
CREATE TABLE agenda_cases (
  municipality integer NOT NULL,
  case_id      text    NOT NULL,
  item         text    NOT NULL,
  PRIMARY KEY (municipality, case_id)
);

CREATE TABLE agenda_requests (
  municipality integer NOT NULL,
  request_id   text    NOT NULL,
  digest       bytea   NOT NULL,
  open         integer NOT NULL,
  answer       bytea   NOT NULL,
  PRIMARY KEY (municipality, request_id)
);
