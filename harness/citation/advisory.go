package citation

import "io/fs"

// Advisory is a public report of a bug in a party, in our words.
type Advisory struct {
	ID       string   // CVE-…, GHSA-…, or the URL of the report.
	Year     int      // Of the number or the report.
	Party    string   // The role of the party that shows it.
	Product  string   // Where it was found.
	Wrong    string   // What the party does wrong.
	Violates []string // The requirements that it breaks.
	Faults   []string // What shows the same behavior in the reference system.
	Read     string   // yes if the text behind Link was read for the entry.
	Link     string
	// First is what happened when the faults ran for the first time; it is empty for an
	// advisory without a fault.
	First string
	// Seen is no where a fault of the bug is not in the catalogue, because no scenario
	// sees it yet, for Reason.
	Seen   string
	Reason string
}

// What happened when the faults ran for the first time.
const (
	SeenAtFirst      = "seen"           // The catalogue had the fault.
	WrittenAndSeen   = "written-seen"   // The fault was written for the advisory.
	WrittenAndUnseen = "written-unseen" // The same, and no scenario saw it.
)

// Unseen tells whether no scenario sees the bug yet.
func (a Advisory) Unseen() bool { return a.Seen == "no" }

// Candidate tells whether the text of the advisory was not read yet, so that nothing may
// be said from it.
func (a Advisory) Candidate() bool { return a.Read != "yes" }

// Advisories reads the advisories of the registry, candidates included.
func Advisories(fsys fs.FS) (advisories []Advisory, err error) {
	return advisories, readList(fsys, advisoriesFile, &advisories)
}
