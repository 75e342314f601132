-- A later step; it may have more than one statement; and comments.
CREATE TABLE later (later BIGINT NOT NULL);

INSERT INTO later (later)
VALUES (7);
