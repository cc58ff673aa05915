// Package sql is the store that outlives its process, and that many replicas
// share: SQLite or PostgreSQL, with one text for both.
//
// Every row belongs to a realm, which is the first column of every key and $1
// of every statement. What a statement decides by has a column of its own; all
// else of a thing is a JSON document with the names of its Go fields, so that
// renaming a field needs a migration and adding one does not. What may be used
// once is taken by one statement.
//
// A further thing to remember is a file here, a migration, and a line in the
// list of tables.
package sql
