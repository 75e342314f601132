-- Runs, what happened to them, and where each of their steps stands. The log of events is the truth;
-- the other tables say the same for lists and are written in the same transaction.
-- Times are milliseconds since 1970 in UTC, JSON is text, ids are made by the program.

CREATE TABLE runs (
  id TEXT NOT NULL PRIMARY KEY,
  workflow TEXT NOT NULL,
  backend TEXT NOT NULL,
  status TEXT NOT NULL,
  submitted BIGINT NOT NULL,
  ended BIGINT,
  submitter TEXT NOT NULL,
  command TEXT NOT NULL,
  steps BIGINT NOT NULL,
  done BIGINT NOT NULL
);

CREATE INDEX runs_newest ON runs (submitted, id);
CREATE INDEX runs_of_workflow ON runs (workflow, submitted, id);
CREATE INDEX runs_in_status ON runs (status, submitted, id);
CREATE INDEX runs_of_workflow_in_status ON runs (workflow, status, submitted, id);

-- Apart from the runs: a plan may be long, and a run's row is written often.
CREATE TABLE plans (
  run TEXT NOT NULL PRIMARY KEY,
  digest TEXT NOT NULL,
  body TEXT NOT NULL
);

CREATE TABLE run_events (
  run TEXT NOT NULL,
  seq BIGINT NOT NULL,
  at BIGINT NOT NULL,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (run, seq)
);

CREATE TABLE step_runs (
  run TEXT NOT NULL,
  idx BIGINT NOT NULL,
  name TEXT NOT NULL,
  step TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  cached BIGINT NOT NULL,
  PRIMARY KEY (run, idx)
);

CREATE TABLE attempts (
  run TEXT NOT NULL,
  idx BIGINT NOT NULL,
  number BIGINT NOT NULL,
  state TEXT NOT NULL,
  started BIGINT,
  ended BIGINT,
  exit_code BIGINT,
  reason TEXT NOT NULL,
  cpu_seconds DOUBLE PRECISION,
  peak_memory BIGINT,
  PRIMARY KEY (run, idx, number)
);

CREATE TABLE results (
  cache_key TEXT NOT NULL PRIMARY KEY,
  run TEXT NOT NULL,
  step_run TEXT NOT NULL,
  at BIGINT NOT NULL,
  put_out TEXT NOT NULL
);

CREATE INDEX results_of_run ON results (run);

CREATE TABLE schedules (
  name TEXT NOT NULL PRIMARY KEY,
  plan TEXT NOT NULL,
  paused BIGINT NOT NULL,
  since BIGINT NOT NULL,
  fired BIGINT,
  run TEXT,
  problem TEXT
);
