package acts

import (
	"errors"
	"fmt"

	"github.com/grantproof/grantproof/generated/report"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
)

const moreRequests = "more requests"

// LimitedAt says that a target takes no more requests at an endpoint for now.
func LimitedAt(endpoint exchange.Endpoint) *check.NotApplicable {
	return &check.NotApplicable{
		Reason: fmt.Sprintf("the target takes no more requests for now: status 429 from the %s endpoint; limits.requests_per_second in the target file makes the run slower", endpoint),
		Class:  report.LacksTime, Lacks: moreRequests,
	}
}

// IsLimited tells whether an error is that the target takes no more requests.
func IsLimited(err error) bool {
	unfit := new(check.NotApplicable)
	return errors.As(err, &unfit) && unfit.Lacks == moreRequests
}
