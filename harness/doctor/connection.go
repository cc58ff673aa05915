package doctor

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os/exec"
	"strings"
	"syscall"
	"time"

	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/reach"
	"github.com/grantproof/grantproof/harness/world"
)

// client looks for the program that is examined as a client.
func (e *examination) client() {
	command := e.run.Target.MCPClient.Command
	if len(command) == 0 {
		return
	}
	f := Finding{Name: "client's program", Status: OK, Key: "mcp_client.command", Tried: "to find " + command[0]}
	path, err := exec.LookPath(command[0])
	f.CameBack = path
	if err != nil {
		f.Status, f.CameBack, f.Change = Error, err.Error(), "give the path of the program, and each argument as a separate entry"
	}
	e.found(f)
}

// connections reaches every server that the target names, and tells whether all
// of them answer.
func (e *examination) connections(ctx context.Context) bool {
	t, reached := e.run.Target, true
	for _, server := range []struct{ name, key, address, document string }{
		{"authorization server", "authorization_server.issuer", t.AuthorizationServer.Issuer, "oauth-authorization-server"},
		{"resource server", "resource_server.url", t.ResourceServer.URL, "oauth-protected-resource"},
		{"MCP server", "mcp_server.url", t.MCPServer.URL, "oauth-protected-resource"},
	} {
		if server.address != "" {
			reached = e.connect(ctx, server.name, server.key, world.WellKnown(server.address, server.document)) && reached
		}
	}
	return reached && e.controlPlane(ctx)
}

// connect asks for a document that may or may not be there.
func (e *examination) connect(ctx context.Context, name, key, address string) bool {
	reachable := Finding{Name: name + " reachable", Status: OK, Key: key, Tried: "GET " + address}
	answer, err := e.get(ctx, address)
	trouble := explain(err)
	if trouble.tls {
		reachable.CameBack = "a connection"
		e.found(reachable)
		e.found(Finding{Name: name + " TLS", Status: Error, Key: key, Tried: reachable.Tried, CameBack: trouble.cameBack, Change: trouble.change})
		return false
	}
	if err != nil {
		reachable.Status, reachable.CameBack, reachable.Change = Error, trouble.cameBack, trouble.change
		e.found(reachable)
		return false
	}
	reachable.CameBack = fmt.Sprintf("status %d", answer.Status)
	if answer.Status == http.StatusBadRequest && strings.HasPrefix(address, "http:") && strings.Contains(string(answer.Content), "HTTPS") {
		reachable.Status, reachable.CameBack, reachable.Change = Error, "an answer that asks for TLS", "write https:// instead of http://"
	}
	e.found(reachable)
	if reachable.Status == OK {
		e.transport(name, key, address)
	}
	return reachable.Status == OK
}

// transport tells how what answered is protected.
func (e *examination) transport(name, key, address string) {
	parsed, err := url.Parse(address)
	if err != nil {
		return
	}
	if state := e.seen.tlsOf(parsed.Host); state != nil {
		e.found(Finding{Name: name + " TLS", Status: OK, Key: key, Tried: "a handshake with " + parsed.Host,
			CameBack: fmt.Sprintf("%s, a certificate until %s", tls.VersionName(state.Version), state.PeerCertificates[0].NotAfter.Format(time.DateOnly))})
	} else if !isLoopback(parsed.Hostname()) {
		e.found(Finding{Name: name + " TLS", Status: Warning, Key: key, Tried: "a request to " + parsed.Host, CameBack: "an answer without TLS",
			Change: "write https:// if the server supports TLS; secrets and tokens now cross the network in the clear"})
	}
}

// examiner listens where the target is told to fetch what clients publish.
func (e *examination) examiner() {
	address := e.run.Target.Examiner.Listen
	if address == "" {
		return
	}
	f := Finding{Name: "examiner", Status: OK, Key: "examiner.listen", Tried: "to listen at " + address, CameBack: "it can be listened at"}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		f.Status, f.CameBack, f.Change = Error, err.Error(), "choose a free port and a host of this machine"
	} else {
		_ = listener.Close()
	}
	e.found(f)
}

// controlPlane makes a realm, as scenarios do.
func (e *examination) controlPlane(ctx context.Context) bool {
	control := e.run.Target.Control
	if control.URL == "" {
		return true
	}
	f := Finding{Name: "control plane", Status: OK, Key: "control.url", Tried: "to make a realm by " + control.URL, CameBack: "a realm"}
	w, err := e.world(ctx, nil)
	if err != nil {
		f.Status, f.CameBack, f.Change = Error, err.Error(), "give the URL of the control plane that `grantproof serve` prints"
		sent := w.Log.Everything()
		switch last := sent[len(sent)-1]; {
		case last.Problem != nil:
			trouble := explain(err)
			f.CameBack, f.Change = trouble.cameBack, trouble.change
		case last.Status == http.StatusUnauthorized:
			f.Key, f.CameBack, f.Change = "control.token", "status 401", "set "+e.variable(control.Token)+" to the bearer token that `grantproof serve` prints at startup"
		}
	}
	e.found(f)
	return f.Status == OK
}

func (e *examination) get(ctx context.Context, address string) (*exchange.Exchange, error) {
	return e.send(ctx, exchange.Request{Endpoint: exchange.Metadata, Method: http.MethodGet, URL: address, Header: http.Header{}})
}

func (e *examination) send(ctx context.Context, request exchange.Request) (*exchange.Exchange, error) {
	log := &exchange.Log{Client: e.run.HTTP}
	return log.Send(ctx, request)
}

// trouble is why no answer came.
type trouble struct {
	cameBack, change string
	tls              bool
}

// explain tells the ways apart in which no answer comes.
func explain(err error) trouble {
	var dns *net.DNSError
	var network net.Error
	var refusal *reach.Refusal
	switch {
	case err == nil:
		return trouble{}
	case errors.As(err, &refusal):
		return trouble{cameBack: refusal.Because, change: fmt.Sprintf("correct it in the server, or allow the examiner to go there: add %q to reach in the target file", refusal.Address)}
	case errors.As(err, &dns) && !dns.IsTimeout:
		return trouble{cameBack: "DNS does not know the name " + dns.Name, change: "correct the name, or check whether it needs a VPN or a line in /etc/hosts"}
	case errors.Is(err, syscall.ECONNREFUSED):
		return trouble{cameBack: "the connection was refused: nothing listens there", change: "start the server, or correct host and port"}
	case errors.As(err, &network) && network.Timeout():
		return trouble{cameBack: "no answer in time", change: "check for a firewall or a proxy; for a slow server, raise limits.timeout"}
	}
	if ofTLS := explainTLS(err); ofTLS.tls {
		return ofTLS
	}
	return trouble{cameBack: cause(err).Error(), change: "check that the port speaks HTTP; if it speaks TLS, write https://"}
}

func explainTLS(err error) trouble {
	var unknown x509.UnknownAuthorityError
	var host x509.HostnameError
	var invalid x509.CertificateInvalidError
	var alert tls.AlertError
	switch {
	case errors.Is(err, http.ErrSchemeMismatch), strings.Contains(err.Error(), "first record does not look like a TLS handshake"):
		return trouble{"an answer without TLS", "write http:// instead of https://", true}
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return trouble{fmt.Sprintf("a certificate that is valid from %s to %s only", day(invalid.Cert.NotBefore), day(invalid.Cert.NotAfter)),
			"renew the certificate of the server, or correct the clock of this machine", true}
	case errors.As(err, &host):
		return trouble{fmt.Sprintf("a certificate for another name than %s: for %s", host.Host, strings.Join(namesOf(host.Certificate), ", ")),
			"use a host that the certificate names, or get a certificate for this host", true}
	case errors.As(err, &unknown):
		return trouble{"a certificate that this machine does not trust: " + unknown.Error(),
			"save the certificate of its authority as PEM and set SSL_CERT_FILE to the file (on macOS and Windows, add it to the trusted certificates of the system)", true}
	case errors.As(err, &invalid), errors.As(err, &alert), strings.Contains(err.Error(), "tls: "):
		return trouble{cause(err).Error(), "correct the TLS of the server, or the host and port", true}
	}
	return trouble{}
}

// cause is an error without what was said of the request already.
func cause(err error) error {
	var ofURL *url.Error
	if errors.As(err, &ofURL) {
		return ofURL.Err
	}
	return err
}

func day(t time.Time) string { return t.Format(time.DateOnly) }

func namesOf(certificate *x509.Certificate) []string {
	names := certificate.DNSNames
	for _, ip := range certificate.IPAddresses {
		names = append(names, ip.String())
	}
	if len(names) == 0 {
		return []string{"no name at all"}
	}
	return names
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || ip != nil && ip.IsLoopback()
}
