package site

import (
	"io/fs"
	"slices"

	"github.com/grantproof/grantproof/harness/citation"
)

// museum is the advisories of one role, the oldest first.
type museum struct {
	Role string
	Rows []advisoryRow
}

type advisoryRow struct {
	citation.Advisory
	Broken []brokenRequirement
}

// brokenRequirement is what a bug violates, with the scenarios that look at it.
type brokenRequirement struct {
	ID, Anchor string
	Cited      []citingScenario
}

// addAdvisories shows what broke elsewhere, and which scenario sees the same here.
func (s Site) addAdvisories(fsys fs.FS, features []Feature) error {
	advisories, err := citation.Advisories(fsys)
	if err != nil {
		return err
	}
	advisories = slices.DeleteFunc(advisories, citation.Advisory.Candidate)
	citing := scenariosByCitation(features)
	var rooms []museum
	unseen := 0
	for _, advisory := range advisories {
		if advisory.Unseen() {
			unseen++
		}
		i := slices.IndexFunc(rooms, func(m museum) bool { return m.Role == advisory.Party })
		if i < 0 {
			i, rooms = len(rooms), append(rooms, museum{Role: advisory.Party})
		}
		row := advisoryRow{Advisory: advisory}
		for _, id := range advisory.Violates {
			row.Broken = append(row.Broken, brokenRequirement{id, anchor(id), citing[id]})
		}
		rooms[i].Rows = append(rooms[i].Rows, row)
	}
	for _, room := range rooms {
		slices.SortStableFunc(room.Rows, func(a, b advisoryRow) int { return a.Year - b.Year })
	}
	return s.page("advisories/index.html", "advisories", "Advisories", map[string]any{
		"Rooms": rooms, "All": len(advisories), "Seen": len(advisories) - unseen, "Unseen": unseen,
		"AtFirstSight": atFirstSight(advisories),
	})
}

// firstSight counts what was seen when the faults ran for the first time.
type firstSight struct{ Known, OfKnown, Written, OfWritten int }

func atFirstSight(advisories []citation.Advisory) (count firstSight) {
	for _, advisory := range advisories {
		seen := 0
		if advisory.First == citation.SeenAtFirst || advisory.First == citation.WrittenAndSeen {
			seen = 1
		}
		switch advisory.First {
		case citation.SeenAtFirst:
			count.Known, count.OfKnown = count.Known+seen, count.OfKnown+1
		case citation.WrittenAndSeen, citation.WrittenAndUnseen:
			count.Written, count.OfWritten = count.Written+seen, count.OfWritten+1
		}
	}
	return count
}
