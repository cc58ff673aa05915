package authserver

import (
	"context"
	"strings"

	"golang.org/x/text/language"

	"github.com/grantproof/grantproof/impl/authserver/pages"
	"github.com/grantproof/grantproof/impl/fault/faultname"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/wire"
)

// named is what people call a client: in a language of their browser, if the
// client has it, else as it is, in no language that anybody knows (RFC 7591
// section 2.2, https://www.rfc-editor.org/rfc/rfc7591#section-2.2).
func named(ctx context.Context, client store.Client) pages.Name {
	name := pages.Name{Text: nameOf(client)}
	if text, tag := translated(ctx, client, "client_name"); text != "" {
		name = pages.Name{Text: text, Language: tag}
	}
	if realm.From(ctx).Faults().Has(faultname.ForeignLettersDropped) {
		name.Text = strings.Map(func(r rune) rune {
			if r > 0x7e {
				return -1
			}
			return r
		}, name.Text)
	}
	return name
}

// linked is a page of a client in the same way.
func linked(ctx context.Context, client store.Client, name, page string) string {
	if text, _ := translated(ctx, client, name); text != "" {
		return text
	}
	return page
}

// translated finds the text of a member in the first language of the browser
// that the client has, with its tag. A tag is looked for as it is and then
// without its last part (RFC 4647 section 3.4,
// https://www.rfc-editor.org/rfc/rfc4647#section-3.4), in letters of any case.
func translated(ctx context.Context, client store.Client, member string) (text, tag string) {
	wanted, _, _ := language.ParseAcceptLanguage(wire.FromContext(ctx).Languages)
	same := strings.EqualFold
	if realm.From(ctx).Faults().Has(faultname.LanguageTagCaseMatters) {
		same = func(a, b string) bool { return a == b }
	}
	for _, preferred := range wanted {
		for tag := preferred.String(); tag != ""; tag = shorter(tag) {
			for name, text := range client.Localized {
				if of, known, _ := strings.Cut(name, "#"); of == member && same(known, tag) && text != "" {
					return text, known
				}
			}
		}
	}
	return "", ""
}

func shorter(tag string) string {
	return tag[:max(strings.LastIndex(tag, "-"), 0)]
}
