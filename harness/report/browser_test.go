//go:build full

package report_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"github.com/grantproof/grantproof/harness"
	"github.com/grantproof/grantproof/harness/report"
)

// A person who opens the report of a faulty server in a browser finds what
// failed, why, and how to repeat it; filters, search and deep links work; the
// page fits a phone and asks nobody for anything.
func TestReportInBrowser(t *testing.T) {
	page := faultyReport(t)
	ctx := browser(t)
	requested := watchRequests(t, ctx)
	show(t, ctx, chromedp.EmulateViewport(1280, 900), chromedp.Navigate("file://"+page))
	screenshot(t, ctx, "desktop")

	problem := evaluate[string](t, ctx, `document.querySelector("article").innerText`)
	for _, part := range []string{"failed", "requirement", "expected", "actual", "grantproof run --fault code-accepted-twice", "--only", "--repro"} {
		if !strings.Contains(strings.ToLower(problem), part) {
			t.Errorf("the first problem does not say %q: %s", part, problem)
		}
	}
	if arrows := evaluate[int](t, ctx, `document.querySelectorAll("article svg g").length`); arrows < 4 {
		t.Errorf("its diagram has %d arrows", arrows)
	}

	type rows struct{ Shown, All int }
	count := `(() => { const all = [...document.querySelectorAll("table.scenarios tr")]; return {Shown: all.filter((r) => !r.hidden).length, All: all.length}; })()`
	enter := func(field, value string) rows {
		return evaluate[rows](t, ctx, `(() => { const f = document.querySelector("#`+field+`"); f.value = "`+value+`"; f.dispatchEvent(new Event("input")); return `+count+`; })()`)
	}
	failed := enter("verdict", "failed")
	if failed.Shown == 0 || failed.Shown >= failed.All {
		t.Errorf("the filter for what failed shows %d of %d", failed.Shown, failed.All)
	}
	found := enter("search", "single-use")
	if found.Shown == 0 || found.Shown >= failed.Shown {
		t.Errorf("the search for single-use among %d that failed shows %d", failed.Shown, found.Shown)
	}
	if odd := evaluate[int](t, ctx, `[...document.querySelectorAll("table.scenarios tr")].filter((r) => !r.hidden && !r.textContent.includes("single-use")).length`); odd != 0 {
		t.Errorf("the search for single-use shows %d rows that do not have it", odd)
	}
	if hash := evaluate[string](t, ctx, `location.hash`); !strings.Contains(hash, "verdict=failed") {
		t.Errorf("the filter is not in the address: %s", hash)
	}

	show(t, ctx, chromedp.Navigate("about:blank"), chromedp.Navigate("file://"+page+"#rfc6749-4-1-2_single-use"))
	if open := evaluate[bool](t, ctx, `document.getElementById("rfc6749-4-1-2_single-use").closest("details").open`); !open {
		t.Error("a deep link to a requirement does not open its specification")
	}

	show(t, ctx, chromedp.EmulateViewport(390, 844, chromedp.EmulateMobile), chromedp.Navigate("about:blank"), chromedp.Navigate("file://"+page))
	screenshot(t, ctx, "phone")
	if wide := evaluate[int](t, ctx, `document.documentElement.scrollWidth`); wide > 390 {
		t.Errorf("on a phone of 390 pixels the page is %d wide", wide)
	}
	pdf, err := chromedp.Run(ctx, chromedp.PrintToPDF())
	if err != nil || len(pdf) == 0 {
		t.Errorf("it cannot be printed: %v", err)
	}
	for _, address := range requested() {
		if !strings.HasPrefix(address, "file://"+page) && address != "about:blank" {
			t.Errorf("the page asks for %s", address)
		}
	}
}

// A comparison of targets says at once which of them differ, fits a phone and
// asks nobody for anything.
func TestComparisonInBrowser(t *testing.T) {
	only := []string{"authorization_server/authorization_code.feature"}
	compared, err := harness.RunAll(t.Context(), []harness.Examination{
		{Name: "broken", Config: harness.Config{Only: only, Faults: []string{"code-accepted-twice"}}}, {Name: "sound", Config: harness.Config{Only: only}},
	}, 2)
	if err != nil {
		t.Fatal(err)
	}
	page := filepath.Join(t.TempDir(), "comparison.html")
	file, err := report.CreateComparison(page)
	if err != nil {
		t.Fatal(err)
	}
	if err := file.Write(compared); err != nil {
		t.Fatal(err)
	}
	ctx := browser(t)
	requested := watchRequests(t, ctx)
	show(t, ctx, chromedp.EmulateViewport(1280, 900), chromedp.Navigate("file://"+page))
	screenshot(t, ctx, "comparison-desktop")
	if shown := evaluate[int](t, ctx, `[...document.querySelectorAll("table.compared tbody tr")].filter((r) => r.checkVisibility()).length`); shown == 0 || shown > 10 {
		t.Errorf("%d requirements are shown; want those alone that differ", shown)
	}
	if verdicts := evaluate[string](t, ctx, `[...document.querySelector("table.compared tbody tr").querySelectorAll(".verdict")].map((v) => v.textContent).join(" ")`); verdicts != "failed passed" {
		t.Errorf("the first requirement that differs is %q", verdicts)
	}
	show(t, ctx, chromedp.EmulateViewport(390, 844, chromedp.EmulateMobile), chromedp.Navigate("about:blank"), chromedp.Navigate("file://"+page))
	screenshot(t, ctx, "comparison-phone")
	if wide := evaluate[int](t, ctx, `document.documentElement.scrollWidth`); wide > 390 {
		t.Errorf("on a phone of 390 pixels the page is %d wide", wide)
	}
	for _, address := range requested() {
		if !strings.HasPrefix(address, "file://"+page) && address != "about:blank" {
			t.Errorf("the page asks for %s", address)
		}
	}
}

func faultyReport(t *testing.T) string {
	t.Helper()
	result, err := harness.Run(t.Context(), harness.Config{Faults: []string{"code-accepted-twice", "lifetime-missing"}})
	if err != nil {
		t.Fatal(err)
	}
	page := filepath.Join(t.TempDir(), "report.html")
	file, err := report.Create(page)
	if err != nil {
		t.Fatal(err)
	}
	if err := file.Write(result); err != nil {
		t.Fatal(err)
	}
	return page
}

// browser starts a headless Chromium with a fresh profile.
func browser(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-background-networking", true))
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	return ctx
}

func watchRequests(t *testing.T, ctx context.Context) func() []string {
	t.Helper()
	show(t, ctx, chromedp.Navigate("about:blank"))
	seen := make(chan string, 1000)
	err := chromedp.Listen(ctx, func(event any) {
		if sent, ok := event.(*network.EventRequestWillBeSent); ok {
			seen <- sent.Request.URL
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return func() []string {
		var all []string
		for len(seen) > 0 {
			all = append(all, <-seen)
		}
		if len(all) == 0 {
			t.Error("the browser's requests were not seen")
		}
		return all
	}
}

func show(t *testing.T, ctx context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatalf("the browser failed; is Chromium installed? %v", err)
	}
}

func evaluate[T any](t *testing.T, ctx context.Context, expression string) T {
	t.Helper()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return value
}

// screenshot keeps a picture of what the screen shows for people to look at, in the
// folder that GRANTPROOF_SCREENSHOTS names.
func screenshot(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	folder := os.Getenv("GRANTPROOF_SCREENSHOTS")
	picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil || len(picture) == 0 {
		t.Fatalf("no screenshot: %v", err)
	}
	if folder == "" {
		return
	}
	if err := os.WriteFile(filepath.Join(folder, "report-"+name+".png"), picture, 0o644); err != nil {
		t.Fatal(err)
	}
}
