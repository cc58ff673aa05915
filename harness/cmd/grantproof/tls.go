package main

import (
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"path/filepath"

	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/certificate"
	"github.com/grantproof/grantproof/impl/wire"
)

// encrypt configures TLS and whom to believe where a request came from.
func (f serveFlags) encrypt(config *impl.Config) error {
	files, err := f.certificates()
	if err != nil {
		return err
	}
	if files != nil {
		files.Failed = func(err error) { slog.Warn(err.Error()) }
		if config.TLS, err = files.Config(); err != nil {
			return err
		}
	}
	if f.selfSigned {
		if config.RootCAs, err = files.Pool(); err != nil {
			return err
		}
	}
	for _, text := range f.trustedProxies {
		prefix, err := proxyOf(text)
		if err != nil {
			return err
		}
		if err := wire.CheckProxy(prefix); err != nil {
			return fmt.Errorf("--trusted-proxy %s: %w", text, err)
		}
		config.TrustedProxies = append(config.TrustedProxies, prefix)
	}
	return nil
}

// certificates are those that the flags name, nil for none.
func (f serveFlags) certificates() (*certificate.Files, error) {
	switch {
	case f.selfSigned && f.tlsCert+f.tlsKey != "":
		return nil, errors.New("--tls-self-signed makes its own certificate; leave --tls-cert and --tls-key out")
	case f.selfSigned:
		folder, err := dataFolder()
		if err != nil {
			return nil, err
		}
		return certificate.ForDevelopment(filepath.Join(folder, "grantproof"))
	case (f.tlsCert == "") != (f.tlsKey == ""):
		return nil, errors.New("--tls-cert and --tls-key go together")
	case f.tlsCert == "":
		return nil, nil
	}
	return &certificate.Files{Certificate: f.tlsCert, Key: f.tlsKey}, nil
}

func proxyOf(text string) (netip.Prefix, error) {
	if prefix, err := netip.ParsePrefix(text); err == nil {
		return prefix, nil
	}
	address, err := netip.ParseAddr(text)
	if err != nil {
		return netip.Prefix{}, fmt.Errorf("--trusted-proxy %s: give an address or a range, such as 10.0.0.5 or 10.0.0.0/24", text)
	}
	return netip.PrefixFrom(address, address.BitLen()), nil
}
