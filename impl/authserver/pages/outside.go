package pages

import (
	"encoding/base64"
	"html/template"
	"strings"

	"github.com/grantproof/grantproof/impl/redirecturi"
)

// outside is an address outside of this server as a template writes it. The
// filter of html/template decides about every address but one whose scheme it
// cannot know: that of an app, which is judged again here. This is the only place
// that takes the word of somebody else for a URL.
func outside(address string) any {
	web := strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://")
	if !web && redirecturi.Leadable(address) {
		return template.URL(address)
	}
	return address
}

// Image is a picture as part of the page, so that the browser asks nobody else
// for it; the zero value is none.
type Image struct {
	MediaType string
	Content   []byte
}

// Shown tells whether there is a picture.
func (i Image) Shown() bool { return len(i.Content) > 0 }

// pictures are the media types of pictures without scripts.
var pictures = map[string]bool{"image/png": true, "image/jpeg": true, "image/gif": true}

// Source is what the browser shows. The content of a picture is base64 here, and
// its media type one of ours.
func (i Image) Source() any {
	if !pictures[i.MediaType] {
		return ""
	}
	return template.URL("data:" + i.MediaType + ";base64," + base64.StdEncoding.EncodeToString(i.Content))
}
