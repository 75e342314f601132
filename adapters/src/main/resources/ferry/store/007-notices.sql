-- What is to be told of runs that have ended: a notice stays until it was delivered, or was tried too often. `due` is when
-- it is tried next.

CREATE TABLE notices (
  run TEXT NOT NULL,
  target TEXT NOT NULL,
  due BIGINT NOT NULL,
  tries BIGINT NOT NULL,
  created BIGINT NOT NULL,
  PRIMARY KEY (run, target)
);

CREATE INDEX notices_due ON notices (due);
