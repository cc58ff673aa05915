package sql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// readers is how many connections read a SQLite database at the same time.
const readers = 4

// openSQLite opens the file at path, and makes it where it is missing. SQLite
// has one writer at a time: that is one connection, so that writers queue here
// and not by trying again.
func openSQLite(ctx context.Context, path string, options Options) (*DB, error) {
	if path == "" || strings.HasPrefix(path, ":") {
		return nil, errors.New("sqlite: needs the path of a file, such as sqlite:grantproof.db; `memory` keeps nothing")
	}
	if _, err := os.Stat(path); options.Existing && errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("the file %s is missing: %w", path, ErrNoStore)
	}
	if err := createPrivately(path); err != nil {
		return nil, err
	}
	seal, err := fileSeal(path+".key", options.Key)
	if err != nil {
		return nil, err
	}
	write, err := sqlitePool(path, options, "_txlock=immediate")
	if err != nil {
		return nil, err
	}
	write.SetMaxOpenConns(1)
	read, err := sqlitePool(path, options, "_pragma=query_only(1)")
	if err != nil {
		return nil, errors.Join(err, write.Close())
	}
	read.SetMaxOpenConns(readers)
	read.SetMaxIdleConns(readers)
	db := &DB{read: read, write: write, seal: seal, unavailable: sqliteUnavailable}
	if !options.Disposable {
		db.durability = sqliteDurability
	}
	if err := ping(ctx, write); err != nil {
		return nil, errors.Join(fmt.Errorf("the database %s cannot be opened: %w", path, err), db.Close())
	}
	return db, nil
}

// busyFor is how long others may have a database to themselves, and busyPoll how
// long one waits before it looks again.
const (
	busyFor  = 5 * time.Second
	busyPoll = 10 * time.Millisecond
)

// ping connects. Of many who open a new database at the same time, one makes its
// log; SQLite tells the others at once that it is busy, whatever its busy_timeout
// (https://www.sqlite.org/wal.html#sometimes_queries_return_sqlite_busy_in_wal_mode).
func ping(ctx context.Context, pool *sql.DB) error {
	limited, cancel := context.WithTimeout(ctx, busyFor)
	defer cancel()
	for {
		err := pool.PingContext(ctx)
		if failed := new(sqlite.Error); !errors.As(err, &failed) || failed.Code()&0xff != sqlite3.SQLITE_BUSY {
			return err
		}
		select {
		case <-time.After(busyPoll):
		case <-limited.Done():
			return err
		}
	}
}

// createPrivately makes the file, and its folder, so that nobody else reads it.
func createPrivately(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("the folder of the database cannot be made: %w", err)
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("the database cannot be opened: %w", err)
	}
	return file.Close()
}

func sqlitePool(path string, options Options, parameter string) (*sql.DB, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	// With FULL, what was answered is on the disk; with NORMAL it is in the
	// hands of the operating system.
	synchronous := "FULL"
	if options.Disposable {
		synchronous = "NORMAL"
	}
	query := "_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(" + synchronous + ")&" + parameter
	location := url.URL{Scheme: "file", Path: filepath.ToSlash(absolute), RawQuery: query}
	return sql.Open("sqlite", location.String())
}

// sqliteUnavailable: the disk is full, gone or held by another process.
func sqliteUnavailable(err error) bool {
	var failed *sqlite.Error
	if !errors.As(err, &failed) {
		return true
	}
	switch failed.Code() & 0xff {
	case sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_MISUSE, sqlite3.SQLITE_RANGE, sqlite3.SQLITE_TOOBIG:
		return false
	}
	return true
}
