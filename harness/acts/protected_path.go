package acts

import (
	"context"
	"mime"
	"strings"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/world"
)

// pathSpellings are the ways to write a path that some servers read as the same.
var pathSpellings = map[string]func(path string) string{
	"with a repeated slash":         func(path string) string { return "/" + path },
	"with dot segments":             func(path string) string { return "/x/.." + path },
	"with an encoded question mark": func(path string) string { return path + "%3F" },
	"with an encoded hash":          func(path string) string { return path + "%23" },
}

// givesNothing: whatever it says, it is not the answer to a request with a token (RFC
// 6749 section 7, https://www.rfc-editor.org/rfc/rfc6749#section-7). A page about
// something else is no such answer.
func givesNothing(ctx context.Context, w *world.World) error {
	got, err := answered(w)
	if err != nil {
		return err
	}
	if got.Status/100 != 2 {
		return nil
	}
	entitled := w.Fork()
	entitled.Grant.AccessToken = ""
	if err := CallResource(ctx, entitled, nil); err != nil {
		return err
	}
	want, err := answered(entitled)
	if err != nil {
		return err
	}
	if want.Status/100 != 2 || mediaType(got) != mediaType(want) {
		return nil
	}
	return check.Fail(check.Describe(got), "any answer but that to a request with a token")
}

func mediaType(e *exchange.Exchange) string {
	kind, _, err := mime.ParseMediaType(e.Answer.Get("Content-Type"))
	if err != nil {
		return strings.ToLower(e.Answer.Get("Content-Type"))
	}
	return kind
}
