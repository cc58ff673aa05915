package world

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/generated/report"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
)

// limited tells that the target takes no more requests for now (RFC 6585 section
// 4, https://www.rfc-editor.org/rfc/rfc6585#section-4), which says nothing about
// the request. Only of a realm of ours it is known what the limit is.
func (w *World) limited(e *exchange.Exchange) error {
	if w.control != nil || e == nil || e.Status != http.StatusTooManyRequests {
		return nil
	}
	return &check.NotApplicable{
		Reason: fmt.Sprintf("the target takes no more requests for now: status 429 from the %s endpoint; limits.requests_per_second in the target file makes the run slower", e.Endpoint),
		Class:  report.LacksTime, Lacks: moreRequests,
	}
}

const moreRequests = "more requests"

// IsLimited tells whether an error is that the target takes no more requests.
func IsLimited(err error) bool {
	unfit := new(check.NotApplicable)
	return errors.As(err, &unfit) && unfit.Lacks == moreRequests
}

// remember keeps the client that registered itself for scenarios that need one
// of its kind, when the target registers no more: if it is not deleted at the end
// of this one, and its keys are not published by it.
func (w *World) remember(kind string, request control.ClientRequest) {
	if _, managed := answerOf(w.Last)["registration_client_uri"]; !managed && request.JwksURI == nil {
		w.Run.registered.Store(kind, *w.Client)
	}
}

// recall lets a client act that registered itself before.
func (w *World) recall(kind string) bool {
	known, ok := w.Run.registered.Load(kind)
	if ok {
		client := known.(Client)
		w.Client = &client
		w.Log.Plant(client.Secret)
	}
	return ok
}
