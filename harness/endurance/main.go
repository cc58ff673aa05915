//go:build linux

// Endurance measures what the servers stand for long: ten thousand connections
// at a time, and a mixed load on PostgreSQL that is restarted in the middle. It
// owns the load and the figures; what the servers must do is for the scenarios
// to say. It runs by hand, as it takes as long as it is told.
//
//	go run ./harness/endurance -binary .build/grantproof connections -minutes 5 -connections 10000
//	harness/postgres.sh go run ./harness/endurance -binary .build/grantproof mixed -minutes 60
//
// It exits with 1 where a promise was broken: a refresh token lost, a token
// accepted after its revocation, memory that grows, a good client unanswered.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "endurance:", err)
		os.Exit(1)
	}
}

// binary is the program under load.
var binary string

const usage = "name one: `connections` (-minutes, -connections), or `mixed` (-minutes, -clients), which runs below harness/postgres.sh"

func run(ctx context.Context, args []string) error {
	common := flag.NewFlagSet("endurance", flag.ContinueOnError)
	common.StringVar(&binary, "binary", ".build/grantproof", "the program under load")
	if err := common.Parse(args); err != nil {
		return err
	}
	if common.NArg() == 0 {
		return errors.New(usage)
	}
	flags := flag.NewFlagSet(common.Arg(0), flag.ContinueOnError)
	minutes := flags.Float64("minutes", 1, "how long the load lasts")
	connections := flags.Int("connections", 10_000, "how many connections at a time")
	clients := flags.Int("clients", 16, "how many clients at a time")
	if err := flags.Parse(common.Args()[1:]); err != nil {
		return err
	}
	long := time.Duration(*minutes * float64(time.Minute))
	switch common.Arg(0) {
	case "connections":
		return crowded(ctx, long, *connections)
	case "mixed":
		return mixed(ctx, long, *clients)
	}
	return errors.New(usage)
}

// broken turns the promises that were broken into one error.
func broken(promises []string) error {
	if len(promises) == 0 {
		fmt.Println("\nEvery promise was held.")
		return nil
	}
	return errors.New("broken:\n  " + strings.Join(promises, "\n  "))
}
