package mcpserver

import (
	"bytes"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/impl/fault/faultname"
	"github.com/grantproof/grantproof/impl/realm"
)

// opensByMethod is what a faulty server lets pass by what a message asks for,
// before it has looked at the token.
func opensByMethod(r *http.Request, in *realm.Realm) bool {
	faults, anonymous := in.Faults(), r.Header.Get("Authorization") == ""
	if r.Method != http.MethodPost || !forgetsSenders(faults) {
		return false
	}
	body, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(body))
	sent := messages(body)
	return len(sent) > 0 && !slices.ContainsFunc(sent, func(m message) bool {
		switch {
		case anonymous && faults.Has(faultname.NotificationWithoutToken):
			return !strings.HasPrefix(m.Method, "notifications/")
		case anonymous && faults.Has(faultname.HandshakeWithoutToken):
			return m.Method != "initialize" && m.Method != "server/discover" && m.Method != "ping"
		case !anonymous && faults.Has(faultname.ListsForAnyToken):
			return m.Method != "tools/list"
		}
		return true
	})
}

// forgetsSenders tells whether a faulty server holds no session against who began it.
func forgetsSenders(faults faultname.Set) bool {
	return faults.Has(faultname.NotificationWithoutToken) || faults.Has(faultname.HandshakeWithoutToken) || faults.Has(faultname.ListsForAnyToken)
}
