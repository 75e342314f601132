-- Tracked runs: runs and step runs of Ferry, and what scripts open themselves through MLflow's API. A group is what
-- MLflow calls an experiment; every workflow has one of its name.
-- Numbers are made by the program: they keep the large tables small.

CREATE TABLE run_groups (
  no BIGINT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  artifacts TEXT NOT NULL,
  created BIGINT NOT NULL,
  updated BIGINT NOT NULL,
  deleted BIGINT NOT NULL
);

CREATE UNIQUE INDEX run_groups_by_name ON run_groups (name);

INSERT INTO run_groups (no, name, artifacts, created, updated, deleted)
VALUES (0, 'Default', 'mlflow-artifacts:/0', 0, 0, 0);

CREATE TABLE run_group_tags (
  grp BIGINT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (grp, name)
);

-- `run` is the run of Ferry that it is, or is a part of; `deleted` is 0, or when it was put away.
CREATE TABLE tracked_runs (
  no BIGINT NOT NULL PRIMARY KEY,
  id TEXT NOT NULL,
  grp BIGINT NOT NULL,
  name TEXT NOT NULL,
  submitter TEXT NOT NULL,
  status TEXT NOT NULL,
  started BIGINT NOT NULL,
  ended BIGINT,
  deleted BIGINT NOT NULL,
  parent TEXT,
  run TEXT
);

CREATE UNIQUE INDEX tracked_runs_by_id ON tracked_runs (id);
CREATE INDEX tracked_runs_newest ON tracked_runs (grp, deleted, started, id);
CREATE INDEX tracked_runs_of_run ON tracked_runs (run);

CREATE TABLE run_params (
  run BIGINT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (run, name)
);

-- Values may be long: of each only the beginning is in the index.
CREATE INDEX run_params_by_value ON run_params (name, substr(value, 1, 100), run);

CREATE TABLE run_tags (
  run BIGINT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (run, name)
);

CREATE INDEX run_tags_by_value ON run_tags (name, substr(value, 1, 100), run);

-- What is true of all points of one key: value, step and at are the newest point's (nan = 1 and value = 0 where it is not
-- a number); last_at and last_step the highest seen, which tell that a point is new without a look at the others.
-- loose counts the pieces that were not packed together yet.
CREATE TABLE metric_series (
  no BIGINT NOT NULL PRIMARY KEY,
  run BIGINT NOT NULL,
  name TEXT NOT NULL,
  value DOUBLE PRECISION NOT NULL,
  nan BIGINT NOT NULL,
  step BIGINT NOT NULL,
  at BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  last_step BIGINT NOT NULL,
  points BIGINT NOT NULL,
  next_piece BIGINT NOT NULL,
  loose BIGINT NOT NULL
);

CREATE UNIQUE INDEX metric_series_of_run ON metric_series (run, name);
CREATE INDEX metric_series_by_value ON metric_series (name, nan, value, run);

-- Points lie packed: a row holds those of one batch, or some thousands once they are packed together. BYTEA is what
-- PostgreSQL calls bytes; SQLite keeps bytes under any name.
CREATE TABLE metric_pieces (
  series BIGINT NOT NULL,
  piece BIGINT NOT NULL,
  points BIGINT NOT NULL,
  first_at BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  first_step BIGINT NOT NULL,
  last_step BIGINT NOT NULL,
  body BYTEA NOT NULL,
  PRIMARY KEY (series, piece)
);
