-- A client that registered itself ends at unused_until if nothing was granted to
-- it by then; 0 is never.

-- +goose Up
ALTER TABLE clients ADD COLUMN unused_until BIGINT NOT NULL DEFAULT 0;
CREATE INDEX clients_unused ON clients (realm, unused_until);
