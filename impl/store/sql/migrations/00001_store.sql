-- Both engines read this text. What is decided in SQL has a column; the rest is
-- a JSON document. Times are milliseconds since 1970, and 0 is no time.

-- +goose Up
CREATE TABLE clients (
  realm TEXT NOT NULL,
  id TEXT NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (realm, id)
);

CREATE TABLE users (
  realm TEXT NOT NULL,
  id TEXT NOT NULL,
  username TEXT NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (realm, id)
);
CREATE INDEX users_name ON users (realm, username);

CREATE TABLE grants (
  realm TEXT NOT NULL,
  id TEXT NOT NULL,
  client_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  revoked BOOLEAN NOT NULL,
  expires_at BIGINT NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (realm, id)
);
CREATE INDEX grants_client ON grants (realm, client_id);
CREATE INDEX grants_user ON grants (realm, user_id);
CREATE INDEX grants_expiry ON grants (realm, expires_at);

CREATE TABLE codes (
  realm TEXT NOT NULL,
  hash BYTEA NOT NULL,
  used BOOLEAN NOT NULL,
  expires_at BIGINT NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (realm, hash)
);
CREATE INDEX codes_expiry ON codes (realm, expires_at);

CREATE TABLE refresh_tokens (
  realm TEXT NOT NULL,
  hash BYTEA NOT NULL,
  used_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (realm, hash)
);
CREATE INDEX refresh_tokens_expiry ON refresh_tokens (realm, expires_at);

CREATE TABLE marks (
  realm TEXT NOT NULL,
  hash BYTEA NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (realm, hash)
);
CREATE INDEX marks_expiry ON marks (realm, expires_at);

CREATE TABLE sessions (
  realm TEXT NOT NULL,
  hash BYTEA NOT NULL,
  expires_at BIGINT NOT NULL,
  data BYTEA NOT NULL,
  PRIMARY KEY (realm, hash)
);
CREATE INDEX sessions_expiry ON sessions (realm, expires_at);

CREATE TABLE consents (
  realm TEXT NOT NULL,
  user_id TEXT NOT NULL,
  client_id TEXT NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (realm, user_id, client_id)
);

CREATE TABLE tasks (
  realm TEXT NOT NULL,
  id TEXT NOT NULL,
  number BIGINT NOT NULL,
  user_id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (realm, id)
);
CREATE INDEX tasks_user ON tasks (realm, user_id);

CREATE TABLE counters (
  realm TEXT NOT NULL,
  name TEXT NOT NULL,
  value BIGINT NOT NULL,
  PRIMARY KEY (realm, name)
);

CREATE TABLE signing_keys (
  realm TEXT NOT NULL,
  algorithm TEXT NOT NULL,
  generation BIGINT NOT NULL,
  id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  private BYTEA NOT NULL,
  PRIMARY KEY (realm, algorithm, generation)
);

CREATE TABLE events (
  realm TEXT NOT NULL,
  at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  document TEXT NOT NULL
);
CREATE INDEX events_time ON events (realm, at);
CREATE INDEX events_expiry ON events (realm, expires_at);
