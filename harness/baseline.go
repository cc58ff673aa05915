package harness

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/grantproof/grantproof/harness/report"
	"github.com/grantproof/grantproof/harness/target"
)

// BaselineUpdate is what a run says about a baseline.
type BaselineUpdate struct {
	New       []report.Row   // They fail, and no entry knows.
	Stale     []target.Known // They fail no more, or are gone.
	Expired   []target.Known // They fail, and their time is up.
	Unseen    []target.Known // They did not come to a verdict: nobody knows.
	Undecided []report.Row   // They are inconclusive, which no entry excuses.
}

// UpdateBaseline runs without the baseline of config and says what its entries
// have to be.
func UpdateBaseline(ctx context.Context, config Config) (update BaselineUpdate, err error) {
	known := config.Baseline
	config.Baseline = nil
	suite, err := NewSuite(ctx, config)
	if err != nil {
		return update, err
	}
	defer suite.Close()
	result, err := suite.Run(ctx)
	if err != nil {
		return update, err
	}
	worst := worstByID(result)
	for _, id := range slices.Sorted(maps.Keys(worst)) {
		_, excused := known[id]
		switch row := worst[id]; {
		case row.Verdict == report.Failed && !excused:
			update.New = append(update.New, row)
		case row.Verdict == report.Inconclusive:
			update.Undecided = append(update.Undecided, row)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(known)) {
		update.judge(known[id], worst[id].Verdict, suite.Plan.ByID(id) != nil)
	}
	return update, nil
}

func (u *BaselineUpdate) judge(known target.Known, verdict report.Verdict, exists bool) {
	switch {
	case !exists || verdict == report.Passed || verdict == report.Warned:
		u.Stale = append(u.Stale, known)
	case verdict != report.Failed:
		u.Unseen = append(u.Unseen, known)
	case known.Expired(time.Now()):
		u.Expired = append(u.Expired, known)
	}
}

// worstByID takes a rule and the scenario that states it, which share an id, as
// one.
func worstByID(r report.Report) map[string]report.Row {
	worst := map[string]report.Row{}
	for _, row := range report.Rows(r) {
		before, twice := worst[row.ID]
		if !twice || report.Worst(before.Verdict, row.Verdict) != before.Verdict {
			worst[row.ID] = row
		}
	}
	return worst
}
