package authserver

import (
	"context"
	"strings"

	"golang.org/x/text/language"

	"github.com/grantproof/grantproof/impl/authserver/pages"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/wire"
)

// named is what people call a client.
func named(ctx context.Context, client store.Client) pages.Name {
	return ClientName.In(realm.From(ctx))(ctx, client)
}

// ClientName is the name of a client: in a language of the browser, if the client has
// it, else as it is, in no language that anybody knows (RFC 7591 section 2.2,
// https://www.rfc-editor.org/rfc/rfc7591#section-2.2).
var ClientName = rule.New(func(ctx context.Context, client store.Client) pages.Name {
	if text, tag := translated(ctx, client, "client_name"); text != "" {
		return pages.Name{Text: text, Language: tag}
	}
	return pages.Name{Text: nameOf(client)}
})

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
// https://www.rfc-editor.org/rfc/rfc4647#section-3.4).
func translated(ctx context.Context, client store.Client, member string) (text, tag string) {
	wanted, _, _ := language.ParseAcceptLanguage(wire.FromContext(ctx).Languages)
	same := SameLanguage.In(realm.From(ctx))
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

// SameLanguage compares language tags, in letters of any case (RFC 7591 section 2.2,
// https://www.rfc-editor.org/rfc/rfc7591#section-2.2).
var SameLanguage = rule.New(strings.EqualFold)

func shorter(tag string) string {
	return tag[:max(strings.LastIndex(tag, "-"), 0)]
}
