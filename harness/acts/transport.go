package acts

import (
	"net/url"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/world"
)

// transport is the rows of a table that are about HTTP and not about the
// parameters: "(method)", "(path)", "(query)", "(body)", "(transfer)" and headers by their names.
type transport world.Table

// split takes the rows about HTTP out of a table.
func split(table world.Table) (transport, world.Table) {
	var about transport
	var rest world.Table
	for _, row := range table {
		if row.Name == "(method)" || row.Name == "(path)" || row.Name == "(query)" || row.Name == "(body)" || row.Name == "(transfer)" || isHeader(row.Name) {
			about = append(about, row)
		} else {
			rest = append(rest, row)
		}
	}
	return about, rest
}

func isHeader(name string) bool {
	return slices.Contains([]string{"Content-Type", "Authorization", "Accept", "Origin", "Forwarded", "User-Agent"}, name) || strings.HasPrefix(name, "X-")
}

// naming puts an access token in the place of its name.
func (t transport) naming(accessToken string) transport {
	var named transport
	for _, row := range t {
		row.Value = strings.ReplaceAll(row.Value, "(access_token)", accessToken)
		named = append(named, row)
	}
	return named
}

func (t transport) apply(request *exchange.Request) {
	for _, row := range t {
		switch row.Name {
		case "(method)":
			request.Method = row.Value
		case "(path)": // What is added to it.
			request.URL += row.Value
		case "(transfer)":
			request.Chunked = row.Value == "chunked"
		case "(body)":
			request.Body = []byte(row.Value)
		case "(query)":
			moveToQuery(request, row.Value)
		default:
			if row.Value == "(omitted)" {
				request.Header.Del(row.Name)
			} else {
				_, credentials, _ := strings.Cut(request.Header.Get(row.Name), " ")
				request.Header.Set(row.Name, strings.ReplaceAll(row.Value, "(valid)", credentials))
			}
		}
	}
}

// moveToQuery takes the named parameters, or "all", out of the form and puts
// them into the URL.
func moveToQuery(request *exchange.Request, names string) {
	form, err := url.ParseQuery(string(request.Body))
	if err != nil {
		return
	}
	moved := url.Values{}
	for name, values := range form {
		if names == "all" || strings.Contains(" "+names+" ", " "+name+" ") {
			moved[name] = values
			delete(form, name)
		}
	}
	request.URL += "?" + moved.Encode()
	request.Body = []byte(form.Encode())
}
