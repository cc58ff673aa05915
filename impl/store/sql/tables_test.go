package sql

import (
	"path/filepath"
	"slices"
	"testing"
)

// The list of tables is whole: what has a realm is forgotten with it, and what
// expires is swept.
func TestTables(t *testing.T) {
	db, err := Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "store.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for column, listed := range map[string][]string{"realm": tables, "expires_at": expiring} {
		rows, err := db.read.QueryContext(t.Context(), `SELECT m.name FROM sqlite_master m, pragma_table_info(m.name) c
			WHERE m.type = 'table' AND c.name = $1`, column)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		var found []string
		for rows.Next() {
			var name string
			if err := rows.Scan(&name); err != nil {
				t.Fatal(err)
			}
			found = append(found, name)
		}
		if slices.Sort(found); !slices.Equal(found, slices.Sorted(slices.Values(listed))) {
			t.Errorf("these tables have a column %s: %q; listed are %q", column, found, listed)
		}
	}
}
