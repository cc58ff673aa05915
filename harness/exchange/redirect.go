package exchange

import (
	"bytes"
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// refreshes is the value of Refresh, in a header or a meta element (HTML section
// 4.2.5.3).
var refreshes = regexp.MustCompile(`(?i)^\s*[\d.]+\s*[;,]\s*(?:url\s*=\s*)?['"]?([^'"]+)['"]?\s*$`)

// Redirect is where the answer sends a browser on its own: by Location, or by a page
// that refreshes itself; "" where it stays (RFC 6749 section 1.7,
// https://www.rfc-editor.org/rfc/rfc6749#section-1.7).
func (e *Exchange) Redirect() string {
	if location := e.Answer.Get("Location"); location != "" && e.Status/100 == 3 {
		return location
	}
	refresh := e.Answer.Get("Refresh")
	if refresh == "" && e.IsHTML() {
		refresh = e.refresh()
	}
	if found := refreshes.FindStringSubmatch(refresh); found != nil {
		return strings.TrimSpace(found[1])
	}
	return ""
}

// refresh is that of a meta element.
func (e *Exchange) refresh() string {
	root, err := html.Parse(bytes.NewReader(e.Content))
	if err != nil {
		return ""
	}
	for node := range root.Descendants() {
		if node.Type == html.ElementNode && node.Data == "meta" && strings.EqualFold(attribute(node, "http-equiv"), "refresh") {
			return attribute(node, "content")
		}
	}
	return ""
}

// LeavesServer tells whether the answer sends a browser to another host.
func (e *Exchange) LeavesServer() bool {
	from, err := url.Parse(e.URL)
	if err != nil || e.Redirect() == "" {
		return false
	}
	to, err := from.Parse(e.Redirect())
	return err != nil || to.Scheme != from.Scheme || to.Host != from.Host
}
