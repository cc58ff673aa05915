package main

import (
	"cmp"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/certificate"
	"github.com/grantproof/grantproof/impl/realm"
)

// operation are the flags of serve about how it is run.
type operation struct {
	hardened                bool
	tlsCert, tlsKey         string
	selfSigned              bool
	proxies                 []string
	metrics, audit          string
	auditKeep, drain        time.Duration
	addressRate, clientRate int
}

func (o *operation) register(f *pflag.FlagSet) {
	f.BoolVar(&o.hardened, "hardened", false, "run in earnest: see above")
	f.StringVar(&o.tlsCert, "tls-cert", "", "PEM `file` with the certificate; it is read again when it changes")
	f.StringVar(&o.tlsKey, "tls-key", "", "PEM `file` with the key of --tls-cert")
	f.BoolVar(&o.selfSigned, "tls-self-signed", false, "serve https with a certificate for development, made beside the data")
	f.StringArrayVar(&o.proxies, "trusted-proxy", nil, "`network` of a reverse proxy, such as 127.0.0.1/32, whose X-Forwarded-For and X-Forwarded-Proto are believed; may be repeated")
	f.StringVar(&o.metrics, "metrics", "", "loopback `address` of the metrics for Prometheus, such as 127.0.0.1:9090 (default: none)")
	f.StringVar(&o.audit, "audit", "-", "`file` to which the lines about security are added; - is standard error")
	f.DurationVar(&o.auditKeep, "audit-keep", audit.Kept, "how long the store keeps events; 0 keeps none")
	f.DurationVar(&o.drain, "drain", 0, "how long /ready is 503 before the servers stop (default with --hardened: 5s)")
	f.IntVar(&o.addressRate, "address-rate", 50, "how many requests a second one address may send that proves to be no client; 0 is no limit")
	f.IntVar(&o.clientRate, "client-rate", 500, "how many requests a second one client may send; 0 is no limit")
}

// scheme is that of the servers where nobody says their URL.
func (o operation) scheme() string {
	if o.selfSigned || o.tlsCert != "" {
		return "https://"
	}
	return "http://"
}

// apply says in config what the flags say.
func (o operation) apply(config *impl.Config, log io.Writer) error {
	config.Metrics, config.AuditKept, config.Drain = o.metrics, o.auditKeep, o.drain
	config.Policy.Rates = realm.Rates{Address: o.addressRate, Client: o.clientRate, SpareLoopback: true}
	var errs []error
	if o.addressRate < 0 || o.clientRate < 0 || o.auditKeep < 0 || o.drain < 0 {
		errs = append(errs, errors.New("--address-rate, --client-rate, --audit-keep and --drain: use 0 or more"))
	}
	return errors.Join(append(errs, o.setAudit(config, log), o.setProxies(config), o.setTLS(config))...)
}

func (o operation) setAudit(config *impl.Config, log io.Writer) error {
	config.Audit = log
	if o.audit == "-" {
		return nil
	}
	file, err := os.OpenFile(o.audit, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("--audit: the file cannot be written: %w", err)
	}
	config.Audit = file // Until the process ends.
	return nil
}

func (o operation) setProxies(config *impl.Config) error {
	for _, given := range o.proxies {
		network, err := netip.ParsePrefix(given)
		if err != nil {
			return fmt.Errorf("--trusted-proxy %s: use a network such as 127.0.0.1/32 or 10.0.0.0/8", given)
		}
		config.Front.Proxies = append(config.Front.Proxies, network.Masked())
	}
	return nil
}

func (o operation) setTLS(config *impl.Config) error {
	switch {
	case (o.tlsCert == "") != (o.tlsKey == ""):
		return errors.New("--tls-cert and --tls-key: give both, or neither")
	case o.tlsCert != "" && o.selfSigned:
		return errors.New("--tls-cert and --tls-self-signed: give one of them")
	case o.tlsCert != "":
		files, err := certificate.Open(o.tlsCert, o.tlsKey)
		if err == nil {
			config.TLS = files.Config()
		}
		return err
	case o.selfSigned && !o.hardened:
		return setSelfSigned(config)
	}
	return nil
}

// setSelfSigned serves a certificate for development, which the resource server
// believes to be the issuer's.
func setSelfSigned(config *impl.Config) error {
	folder, err := besideData(config.Store)
	if err != nil {
		return err
	}
	files, err := certificate.Development(folder, hostsOf(*config))
	if err != nil {
		return err
	}
	config.TLS, config.Roots = files.Config(), x509.NewCertPool()
	config.Roots.AddCert(files.Leaf())
	config.Fingerprint = certificate.Fingerprint(files.Leaf())
	return nil
}

// besideData is the folder of a SQLite store, else the default one.
func besideData(store string) (string, error) {
	if path, ok := strings.CutPrefix(store, "sqlite:"); ok {
		return filepath.Dir(path), nil
	}
	folder, err := dataFolder()
	return filepath.Join(folder, "grantproof"), err
}

// hostsOf are the names under which the servers are reached.
func hostsOf(config impl.Config) []string {
	hosts := []string{"localhost", "127.0.0.1", "::1"}
	for _, address := range []string{config.AuthServer, config.ResourceServer} {
		if host, _, err := net.SplitHostPort(address); err == nil && host != "" {
			hosts = append(hosts, host)
		}
	}
	for _, identifier := range []string{config.Issuer, config.Resource} {
		if parsed, err := url.Parse(cmp.Or(identifier, "/")); err == nil && parsed.Hostname() != "" {
			hosts = append(hosts, parsed.Hostname())
		}
	}
	return hosts
}
