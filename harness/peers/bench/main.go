// Bench compares the speed of the reference authorization server with others
// and with the least that the work takes. Each contender runs in a process of
// its own on loopback and gets the same load from 16 connections; what counts
// is answers a second, and the server's CPU time an answer. It judges nothing.
//
//	go run . [-requests N] [-long N]
//
// It is run from its own folder.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"text/tabwriter"
)

func main() {
	serve := flag.String("serve", "", "be this contender (used by the benchmark itself)")
	address := flag.String("address", "", "listen there, with -serve")
	requests := flag.Int("requests", 20_000, "requests to each contender")
	long := flag.Int("long", 0, "besides, so many tokens from the reference server, for its memory")
	flag.Parse()
	if *serve != "" {
		log.Fatal(be(*serve, *address))
	}
	if err := run(*requests, *long); err != nil {
		log.Fatal(err)
	}
}

// run builds the program as people have it, for the contender grantproof.
func run(requests, long int) error {
	folder, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	binary = filepath.Join(folder, "grantproof")
	if output, err := exec.Command("go", "build", "-C", "../../..", "-o", binary, "./harness/cmd/grantproof").CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, output)
	}
	return compare(context.Background(), requests, long)
}

// A race is one kind of request and who answers it; all are compared with the
// reference server, which comes first.
type race struct {
	title      string
	contenders []string
	prepare    func(ctx context.Context, contender, base string) (load, error)
}

var races = []race{
	{"access tokens by client credentials, client_secret_basic, ES256", []string{"grantproof", "bare", "go-oauth2"}, tokenLoad},
	{"introspection of a JWT access token", []string{"grantproof", "zitadel"}, introspectionLoad},
	{"JSON Web Key Set", []string{"grantproof", "static"}, getLoad("/.well-known/jwks.json")},
	{"authorization server metadata", []string{"grantproof", "static"}, getLoad("/.well-known/oauth-authorization-server")},
}

func compare(ctx context.Context, requests, long int) error {
	for _, race := range races {
		fmt.Printf("\n%s, %d requests on 16 connections\n", race.title, requests)
		table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
		fmt.Fprintln(table, "contender\tanswers/s\tgrantproof is\tCPU µs/answer\tmemory MB\t")
		var first result
		for _, contender := range race.contenders {
			got, err := measure(ctx, race, contender, requests)
			if err != nil {
				return fmt.Errorf("%s: %w", contender, err)
			}
			if first.perSecond == 0 {
				first = got
			}
			fmt.Fprintf(table, "%s\t%.0f\t%.2f ×\t%.0f\t%d\t\n", contender, got.perSecond, first.perSecond/got.perSecond, got.cpu, got.memory)
		}
		if err := table.Flush(); err != nil {
			return err
		}
	}
	if long == 0 {
		return nil
	}
	got, err := measure(ctx, races[0], "grantproof", long)
	if err == nil {
		fmt.Printf("\nafter %d tokens the reference server has %d MB\n", long, got.memory)
	}
	return err
}

// free returns an address that nobody listens on.
func free() (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return listener.Addr().String(), listener.Close()
}
