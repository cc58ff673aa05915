package harness_test

import (
	"os/exec"
	"strings"
	"testing"
)

const module = "github.com/grantproof/grantproof/"

// allowed says what of ours each package may import: the first pattern that
// matches counts, a trailing / is a prefix.
var allowed = []struct{ importer, imports string }{
	{"api", ""}, {"features", ""}, {"generated", ""}, {"generated/oauth", ""},
	{"generated/", "generated/oauth"},
	{"impl/bounded", ""}, {"impl/strictjson", ""}, {"impl/certificate", ""}, {"impl/outbound", ""},
	{"impl/wire", "generated/oauth impl/bounded impl/strictjson"},
	{"impl/rule", ""},
	{"impl/seam", "generated/oauth impl/authserver impl/oauthclient impl/realm impl/rule impl/store impl/token impl/wire"},
	{"impl/fault", "generated/ impl/"}, {"impl/variant", "generated/ impl/"},
	{"impl/token", "generated/oauth impl/bounded impl/wire impl/rule impl/outbound impl/strictjson"},
	{"impl/store", "generated/oauth impl/token"},
	{"impl/store/", "generated/oauth impl/store impl/token"},
	{"impl/redirecturi", "impl/rule"},
	{"impl/clientmetadata", "impl/rule impl/redirecturi impl/store impl/token"},
	{"impl/cimd", "generated/oauth impl/bounded impl/clientmetadata impl/redirecturi impl/printable impl/store impl/token impl/rule impl/wire impl/outbound impl/strictjson"},
	{"impl/administration", "generated/oauth impl/audit impl/authserver impl/password impl/printable impl/realm impl/store impl/token impl/strictjson"},
	{"impl/turns", ""}, {"impl/password", "impl/turns"},
	{"impl/audit", "impl/printable impl/store impl/wire"},
	{"impl/metrics", "impl/audit impl/store"},
	{"impl/realm", "generated/oauth impl/audit impl/cimd impl/password impl/store impl/store/ impl/token impl/turns impl/rule impl/wire"},
	{"impl/bearer", "generated/oauth impl/realm impl/token impl/rule impl/wire impl/strictjson"},
	{"impl/oauthclient", "generated/ impl/outbound impl/printable impl/token impl/wire impl/strictjson"},
	{"impl/control", "generated/control generated/oauth impl/realm impl/store impl/rule impl/fault impl/variant impl/token impl/wire impl/strictjson"},
	{"impl/authserver/pages", "impl/redirecturi"},
	{"impl/authserver", "generated/ impl/audit impl/cimd impl/clientmetadata impl/redirecturi impl/authserver/pages impl/password impl/printable impl/realm impl/store impl/store/ impl/token impl/rule impl/wire impl/strictjson"},
	{"impl/", "generated/ impl/printable impl/bearer impl/bounded impl/audit impl/realm impl/store impl/store/ impl/token impl/rule impl/wire impl/oauthclient impl/strictjson"},
	{"impl", "impl/ generated/"},
	// A filter of text is no oracle: the examiner shares it with the examined.
	{"impl/printable", ""}, {"impl/nearest", ""}, {"harness/shell", ""},
	{"harness/exchange", ""}, {"harness/proof", ""},
	{"harness/citation", "generated/report impl/nearest"}, {"harness/report", "generated/report harness/report/sequence harness/shell impl/nearest impl/printable"}, {"harness/report/sequence", ""}, {"harness/target", "impl/nearest impl/printable"},
	{"harness/check", "generated/report harness/exchange harness/proof api"},
	{"harness/useragent", "harness/exchange impl/printable"}, {"harness/reach", ""},
	{"harness/world", "generated/report harness/reach harness/exchange harness/useragent harness/target harness/proof harness/check generated/control"},
	{"harness/setting", "generated/report generated/control harness/acts harness/world harness/exchange harness/useragent harness/target harness/proof harness/check"},
	{"harness/doctor", "impl/printable harness/reach harness/acts harness/world harness/setting harness/useragent harness/target harness/check harness/exchange harness/proof"},
	{"harness/interview", "impl/printable harness/reach harness/acts harness/world harness/setting harness/target harness/exchange"},
	{"harness/words", "impl/nearest"}, {"harness/nearmiss", ""},
	{"harness/acts", "generated/report harness/target impl/nearest harness/nearmiss harness/words harness/world harness/useragent harness/check harness/exchange harness/proof generated/control"},
	{"harness/plan", "impl/nearest generated/report harness/citation features harness/target"},
	{"harness/fixture", "impl impl/ generated/oauth harness/acts harness/target harness/world harness/setting"},
	{"harness/repro", "harness/exchange harness/shell impl/printable"}, {"harness/endurance", ""},
	{"harness/proving", "harness harness/report"},
	{"harness/mutation", "harness harness/proving harness/report"},
	{"harness/fairness", "harness harness/proving harness/report"},
	{"harness/mutants", "harness harness/report harness/mutants/condition"}, {"harness/mutants/condition", ""},
	{"harness/obligations", "harness/citation impl/nearest"},
	{"harness/baseline", "harness harness/report harness/target impl/printable"},
	{"harness/preview", "harness harness/plan harness/target impl/printable"},
	{"harness/site", "harness harness/ api features"},
	{"harness/cmd/mutants", "harness/mutants harness/report impl/printable"},
	{"harness/cmd/godog", "harness features impl/printable"},
	{"harness/cmd/grantproof", "harness harness/ impl impl/ features api generated/oauth"},
	{"harness", "impl/printable features generated/report generated/control harness/citation harness/plan harness/exchange harness/world harness/setting harness/acts harness/check harness/report harness/repro harness/fixture harness/target harness/useragent"},
}

// Nobody imports what is not theirs to know: above all, the examiner never the
// examined.
func TestImports(t *testing.T) {
	output, err := exec.Command("go", "list", "-f", `{{.ImportPath}}: {{join .Imports " "}}`, module+"...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(output)) {
		importer, imports, _ := strings.Cut(line, ":")
		importer = strings.TrimPrefix(importer, module)
		rule, found := ruleFor(importer)
		if !found {
			t.Errorf("%s: no rule says what it may import", importer)
			continue
		}
		for imported := range strings.FieldsSeq(imports) {
			ours, isOurs := strings.CutPrefix(imported, module)
			if isOurs && !permits(rule, ours) {
				t.Errorf("%s imports %s; it may import %q", importer, ours, rule)
			}
		}
	}
}

func ruleFor(importer string) (string, bool) {
	for _, rule := range allowed {
		if rule.importer == importer || strings.HasSuffix(rule.importer, "/") && strings.HasPrefix(importer, rule.importer) {
			return rule.imports, true
		}
	}
	return "", false
}

func permits(rule, imported string) bool {
	for pattern := range strings.FieldsSeq(rule) {
		if pattern == imported || strings.HasSuffix(pattern, "/") && strings.HasPrefix(imported, pattern) {
			return true
		}
	}
	return false
}
