package sql

import (
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"fmt"
)

// document is a value in its JSON form: what it is made of as a parameter, a
// pointer to it as a column.
type document struct{ value any }

var (
	_ driver.Valuer = document{}
	_ sql.Scanner   = document{}
)

// Value implements driver.Valuer.
func (d document) Value() (driver.Value, error) {
	encoded, err := json.Marshal(d.value)
	return string(encoded), err
}

// Scan implements sql.Scanner.
func (d document) Scan(column any) error {
	switch column := column.(type) {
	case string:
		return json.Unmarshal([]byte(column), d.value)
	case []byte:
		return json.Unmarshal(column, d.value)
	}
	return fmt.Errorf("a document is stored as %T", column)
}
