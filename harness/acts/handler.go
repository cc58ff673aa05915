package acts

import (
	"context"

	"github.com/cucumber/godog"
)

// handler and tableHandler give godog a function with as many parameters as
// the pattern has groups.
func handler(args int, do func(context.Context, []string) error) any {
	switch args {
	case 0:
		return func(ctx context.Context) error { return do(ctx, nil) }
	case 1:
		return func(ctx context.Context, a string) error { return do(ctx, []string{a}) }
	case 2:
		return func(ctx context.Context, a, b string) error { return do(ctx, []string{a, b}) }
	}
	return func(ctx context.Context, a, b, c string) error { return do(ctx, []string{a, b, c}) }
}

func tableHandler(args int, do func(context.Context, []string, *godog.Table) error) any {
	switch args {
	case 0:
		return func(ctx context.Context, t *godog.Table) error { return do(ctx, nil, t) }
	case 1:
		return func(ctx context.Context, a string, t *godog.Table) error { return do(ctx, []string{a}, t) }
	case 2:
		return func(ctx context.Context, a, b string, t *godog.Table) error { return do(ctx, []string{a, b}, t) }
	}
	return func(ctx context.Context, a, b, c string, t *godog.Table) error { return do(ctx, []string{a, b, c}, t) }
}
