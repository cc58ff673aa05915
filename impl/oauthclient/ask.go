package oauthclient

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"github.com/grantproof/grantproof/impl/strictjson"
)

// errAbsent marks an answer without the document that was asked for, so that
// the next place is tried.
var errAbsent = errors.New("absent")

// answer is what a server said, of bounded length.
type answer struct {
	status int
	body   []byte
}

const notJSON = "answered with something else than the JSON that it should be"

// advice is what helps against an answer: time, where the server has trouble of
// its own.
func (a answer) advice(otherwise string) string {
	if a.status >= http.StatusInternalServerError || a.status == http.StatusTooManyRequests {
		return "try again later"
	}
	return otherwise
}

// ask sends one request of a step. No step needs a redirect: it would carry
// codes and secrets, or the trust in a metadata document, to wherever it points.
func (h *Handler) ask(step Step, request *http.Request) (answer, error) {
	request.Header.Set("Accept", "application/json")
	address := bare(request.URL)
	response, err := h.http.Do(request)
	if err != nil {
		return answer{}, notReached(step, address, err)
	}
	defer response.Body.Close()
	body, err := readAll(response.Body)
	switch {
	case isTimeout(err):
		return answer{}, notReached(step, address, err)
	case err != nil:
		return answer{}, &StepError{Step: step, Layer: LayerNetwork, URL: address, err: errAbsent,
			Problem: fmt.Sprintf("gave an answer that cannot be read (%v)", err), Advice: "have its operator look at it"}
	case response.StatusCode/100 == 3:
		return answer{}, &StepError{Step: step, Layer: LayerHTTP, URL: address, err: errAbsent,
			Problem: fmt.Sprintf("redirects with status %d, which is not followed here", response.StatusCode), Advice: "have its operator answer at that URL itself"}
	}
	return answer{response.StatusCode, body}, nil
}

// document gets a metadata document.
func (h *Handler) document(ctx context.Context, step Step, address string, into any) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return &StepError{Step: step, URL: quotable(address, nil), Problem: "is no URL", Advice: "have its operator correct it"}
	}
	said, err := h.ask(step, request)
	if err != nil {
		return err
	}
	failed := &StepError{Step: step, URL: bare(request.URL), err: errAbsent, Advice: "have its operator publish the metadata there"}
	if said.status != http.StatusOK {
		failed.Layer, failed.Problem = LayerHTTP, fmt.Sprintf("answered with status %d", said.status)
		failed.Advice = said.advice(failed.Advice)
		return failed
	}
	if strictjson.Unmarshal(said.body, into) != nil {
		failed.Layer, failed.Problem = LayerJSON, notJSON
		return failed
	}
	return nil
}

// first gets the first document that is there. One that is there and may not
// be used is refused, and no other is looked for. What was wrong with those before
// is told too, as it may be the cause.
func first[P, T any](places []P, get func(P) (T, error)) (found T, err error) {
	var failed *StepError
	for _, place := range places {
		if found, err = get(place); err == nil {
			return found, nil
		}
		next := new(StepError)
		if !errors.As(err, &next) {
			return found, err
		}
		if failed == nil {
			failed = next
		} else {
			failed.Problem += ", and " + next.URL + " " + next.Problem
			failed.Advice, failed.err = next.Advice, next.err
		}
		if !errors.Is(err, errAbsent) {
			break
		}
	}
	return found, failed
}

// bare is a URL fit for an error: without a query, which may hold a code.
func bare(u *url.URL) string {
	shown := *u
	shown.RawQuery, shown.User, shown.Fragment = "", nil, ""
	return quotable(shown.String(), nil)
}
