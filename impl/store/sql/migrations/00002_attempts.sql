-- Guesses at passwords and client secrets, over all replicas. There is no index
-- on expires_at, so that PostgreSQL can count without writing an index; the
-- table is bounded, and one sweep a minute reads it.

-- +goose Up
CREATE TABLE attempts (
  realm TEXT NOT NULL,
  hash BYTEA NOT NULL,
  pending BIGINT NOT NULL,
  pending_until BIGINT NOT NULL,
  wrong BIGINT NOT NULL,
  wrong_until BIGINT NOT NULL,
  known_until BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (realm, hash)
);
