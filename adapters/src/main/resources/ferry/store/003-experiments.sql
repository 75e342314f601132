-- Experiments, what happened to them, and where each of their trials stands. The record of events is the
-- truth; the other tables say the same for lists and are written in the same transaction.

CREATE TABLE experiments (
  id TEXT NOT NULL PRIMARY KEY,
  status TEXT NOT NULL,
  submitted BIGINT NOT NULL,
  summary TEXT NOT NULL
);

CREATE INDEX experiments_newest ON experiments (submitted, id);
CREATE INDEX experiments_in_status ON experiments (status, submitted, id);

CREATE TABLE experiment_plans (
  experiment TEXT NOT NULL PRIMARY KEY,
  body TEXT NOT NULL
);

-- A row holds what one turn added: events from this place on.
CREATE TABLE experiment_events (
  experiment TEXT NOT NULL,
  seq BIGINT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (experiment, seq)
);

-- The metric is text: a database has no not-a-number.
CREATE TABLE trials (
  experiment TEXT NOT NULL,
  number BIGINT NOT NULL,
  run TEXT NOT NULL,
  state TEXT NOT NULL,
  params TEXT NOT NULL,
  seed BIGINT NOT NULL,
  metric TEXT,
  length DOUBLE PRECISION NOT NULL,
  reports BIGINT NOT NULL,
  created BIGINT NOT NULL,
  ended BIGINT,
  reason TEXT NOT NULL,
  PRIMARY KEY (experiment, number)
);
