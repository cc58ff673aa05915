package oauthclient

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
)

// errAbsent marks an answer without the document that was asked for, so that
// the next place is tried.
var errAbsent = errors.New("absent")

// answer is what a server said, of bounded length.
type answer struct {
	status int
	body   []byte
}

// ask sends one request of a step. No step needs a redirect: it would carry
// codes and secrets, or the trust in a metadata document, to wherever it points.
func (h *Handler) ask(layer Layer, request *http.Request) (answer, error) {
	request.Header.Set("Accept", "application/json")
	address := bare(request.URL)
	response, err := h.http.Do(request)
	if err != nil {
		return answer{}, notReached(layer, address, err)
	}
	defer response.Body.Close()
	body, err := readAll(response.Body)
	switch {
	case isTimeout(err):
		return answer{}, notReached(layer, address, err)
	case err != nil:
		return answer{}, &StepError{Layer: layer, URL: address, err: errAbsent,
			Problem: fmt.Sprintf("gave an answer that cannot be read (%v)", err), Advice: "have its operator look at it"}
	case response.StatusCode/100 == 3:
		return answer{}, &StepError{Layer: layer, URL: address, err: errAbsent,
			Problem: fmt.Sprintf("redirects with status %d, which is not followed here", response.StatusCode), Advice: "have its operator answer at that URL itself"}
	}
	return answer{response.StatusCode, body}, nil
}

// document gets a metadata document.
func (h *Handler) document(ctx context.Context, layer Layer, address string, into any) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return &StepError{Layer: layer, URL: quotable(address, nil), Problem: "is no URL", Advice: "have its operator correct it"}
	}
	said, err := h.ask(layer, request)
	if err != nil {
		return err
	}
	problem := ""
	if said.status != http.StatusOK {
		problem = fmt.Sprintf("answered with status %d", said.status)
	} else if json.Unmarshal(said.body, into) != nil {
		problem = "answered with something else than the JSON that it should be"
	}
	if problem != "" {
		return &StepError{Layer: layer, URL: bare(request.URL), err: errAbsent, Problem: problem, Advice: "have its operator publish the metadata there"}
	}
	return nil
}

// first gets the first document that is there. One that is there and may not
// be used is refused, and no other is looked for.
func first[P, T any](places []P, get func(P) (T, error)) (found T, err error) {
	failed := new(StepError)
	for _, place := range places {
		if found, err = get(place); !errors.Is(err, errAbsent) {
			return found, err
		}
		next := new(StepError)
		if errors.As(err, &next); failed.URL == "" {
			failed = next
		} else {
			failed.Problem += ", and " + next.URL + " " + next.Problem
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
