package acts

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/world"
)

// The phrases about the lists of the metadata.
var _ = phrases(Then, []step{
	{says: `"([^"]*)" (lists|does not list|lists nothing but) "([^"]*)"`, do: listsValue},
})

// listsValue looks for one of several values in a list of the metadata.
func listsValue(_ context.Context, w *world.World, args []string, _ world.Table) error {
	object, err := answeredObject(w)
	if err != nil {
		return err
	}
	if args[1] == "lists nothing but" {
		return listsOnly(object, args[0], args[2])
	}
	listed, alternatives := textsOf(object[args[0]]), strings.Split(args[2], " or ")
	if len(listed) == 0 && args[1] == "does not list" {
		return &check.NotApplicable{Reason: "the metadata has no " + args[0], Lacks: args[0]}
	}
	has := slices.ContainsFunc(alternatives, func(value string) bool { return slices.Contains(listed, value) })
	if has == (args[1] == "lists") {
		return nil
	}
	return check.Fail(fmt.Sprintf("%s: %v", args[0], listed), fmt.Sprintf("%s that %s %s", args[0], args[1], args[2]))
}

func listsOnly(object map[string]any, member, known string) error {
	list, listed := object[member].([]any)
	if !listed {
		return &check.NotApplicable{Reason: "the metadata has no " + member, Lacks: member}
	}
	for _, value := range list {
		if text, ok := value.(string); !ok || !slices.Contains(strings.Split(known, ", "), text) {
			return check.Fail(fmt.Sprintf("%s with %v", member, value), member+" with nothing but "+known)
		}
	}
	return nil
}

// algorithmsListed: where a method with a JWT is listed, so are its algorithms,
// and none is not one (RFC 8414 section 2,
// https://www.rfc-editor.org/rfc/rfc8414#section-2).
func algorithmsListed(_ context.Context, w *world.World) error {
	object, err := answeredObject(w)
	if err != nil {
		return err
	}
	var errs []error
	applies := false
	for _, endpoint := range []string{"token", "introspection", "revocation"} {
		methods := textsOf(object[endpoint+"_endpoint_auth_methods_supported"])
		if !slices.Contains(methods, "private_key_jwt") && !slices.Contains(methods, "client_secret_jwt") {
			continue
		}
		applies = true
		member := endpoint + "_endpoint_auth_signing_alg_values_supported"
		if listed := textsOf(object[member]); len(listed) == 0 || slices.Contains(listed, "none") {
			errs = append(errs, check.Fail(fmt.Sprintf("%s: %v", member, listed), member+" with algorithms, and without none"))
		}
	}
	if !applies {
		return &check.NotApplicable{Reason: "the metadata lists no method with a JWT", Lacks: "private_key_jwt"}
	}
	return check.All(errs...)
}

func textsOf(list any) []string {
	values, _ := list.([]any)
	var texts []string
	for _, value := range values {
		texts = append(texts, fmt.Sprint(value))
	}
	return texts
}

func secretHasBytes(w *world.World, named string) error {
	least, err := strconv.Atoi(named)
	if err != nil {
		return err
	}
	if got := len(w.Client.Secret); got < least {
		return check.Fail(fmt.Sprintf("a client secret of %d bytes", got), "a client secret of at least "+named+" bytes")
	}
	return nil
}
