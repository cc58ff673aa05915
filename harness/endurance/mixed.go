//go:build linux

package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"sync/atomic"
	"time"
)

// What harness/postgres.sh says of the PostgreSQL that it runs: where it is,
// and the command that restarts it.
const (
	postgresURL     = "GRANTPROOF_TEST_POSTGRES"
	postgresRestart = "GRANTPROOF_TEST_POSTGRES_RESTART"
)

// mixed has clients do all that clients do on two replicas of the authorization
// server and an API on one PostgreSQL, which is restarted in the middle.
func mixed(ctx context.Context, long time.Duration, clients int) error {
	if os.Getenv(postgresURL) == "" || os.Getenv(postgresRestart) == "" {
		return errors.New("there is no PostgreSQL to restart; run this below harness/postgres.sh")
	}
	system, err := startSystem(ctx)
	if err != nil {
		return err
	}
	samples := make([][]sample, len(system.processes))
	watched, unwatch := context.WithCancel(ctx)
	var watching sync.WaitGroup
	for i, p := range system.processes {
		watching.Go(func() { samples[i] = p.watch(watched) })
	}
	restarted := make(chan error, 1)
	go func() {
		pause(ctx, long/2)
		restarted <- restart(ctx, &system.tally)
	}()
	system.load(ctx, long, clients)
	promises := system.tally.print()
	if err := <-restarted; err != nil {
		promises = append(promises, err.Error())
	}
	unwatch()
	watching.Wait()
	for i, p := range system.processes {
		printSamples(p.name, samples[i])
		promises = append(promises, flat(p.name, samples[i])...)
		if err := p.stop(); err != nil {
			promises = append(promises, err.Error())
		}
	}
	return broken(promises)
}

// outage is how many seconds PostgreSQL is away.
const outage = "5"

// restart stops PostgreSQL and starts it again.
func restart(ctx context.Context, tally *tally) error {
	began := time.Now()
	output, err := exec.CommandContext(ctx, os.Getenv(postgresRestart), outage).CombinedOutput()
	if err != nil {
		return fmt.Errorf("PostgreSQL was not restarted: %w: %s", err, bytes.TrimSpace(output))
	}
	tally.mu.Lock()
	defer tally.mu.Unlock()
	tally.restart = time.Since(began)
	return nil
}

// flat: memory at the end is not far above that of the first third, when
// everything is warm. What is below 20 MB more is noise.
func flat(name string, samples []sample) []string {
	warm, last := most(samples[:len(samples)/3+1]), samples[len(samples)-1].memory
	if last > warm+warm/2+20 {
		return []string{fmt.Sprintf("%s has %d MB at the end, and had at most %d MB in the first third", name, last, warm)}
	}
	return nil
}

// system is what the clients talk to: two replicas of the authorization server,
// of which the first serves the API too.
type system struct {
	processes []*process
	issuers   []string
	resource  string
	turn      atomic.Uint64
	tally     tally
}

func startSystem(ctx context.Context) (*system, error) {
	var addresses []string
	for range 3 {
		address, err := free()
		if err != nil {
			return nil, err
		}
		addresses = append(addresses, address)
	}
	s := &system{issuers: []string{"http://" + addresses[0], "http://" + addresses[1]}, resource: "http://" + addresses[2]}
	key := make([]byte, 32)
	_, _ = rand.Read(key) // never fails
	environment := []string{"GRANTPROOF_STORE=" + os.Getenv(postgresURL), "GRANTPROOF_STORE_KEY=" + base64.StdEncoding.EncodeToString(key)}
	common := []string{"--control", "", "--issuer", s.issuers[0], "--resource", s.resource, "--verify", "introspection"}
	for _, one := range []struct {
		name, base string
		args       []string
	}{
		{"first replica and API", s.issuers[0], []string{"serve", "--authserver", addresses[0], "--resourceserver", addresses[2], "--mcpserver", ""}},
		{"second replica", s.issuers[1], []string{"serve", "authserver", "--authserver", addresses[1]}},
	} {
		p, err := start(ctx, one.name, one.base, environment, append(one.args, common...)...)
		if err != nil {
			return nil, err
		}
		s.processes = append(s.processes, p)
	}
	return s, nil
}

// issuer is the replica whose turn it is.
func (s *system) issuer() string { return s.issuers[s.turn.Add(1)%uint64(len(s.issuers))] }

// load keeps clients busy for so long. Each has one grant that it refreshes all
// the while, and others that it revokes.
func (s *system) load(ctx context.Context, long time.Duration, clients int) {
	ctx, cancel := context.WithTimeout(ctx, long)
	defer cancel()
	var group sync.WaitGroup
	for range clients {
		group.Go(func() {
			lasting := &chain{system: s}
			for ctx.Err() == nil {
				s.useOwnToken(ctx)
				lasting.refresh(ctx)
				passing := &chain{system: s}
				passing.refresh(ctx)
				passing.refresh(ctx)
				passing.revoke(ctx)
			}
			s.tally.finished(lasting)
		})
	}
	group.Wait()
}
