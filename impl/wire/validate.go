package wire

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
)

// Validate holds the JSON bodies and parameters of requests against the
// specification before the generated code decodes them. A route that the
// specification does not know passes: the mux answers it.
func Validate(spec *openapi3.T, refuse func(http.ResponseWriter, *http.Request, *Error), next http.Handler) (http.Handler, error) {
	spec.Servers = nil
	router, err := gorillamux.NewRouter(spec)
	if err != nil {
		return nil, err
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		route, parameters, err := router.FindRoute(r)
		if err != nil {
			next.ServeHTTP(w, r)
			return
		}
		if refusal := validate(route, parameters, r); refusal != nil {
			refuse(w, r, refusal)
			return
		}
		next.ServeHTTP(w, r)
	}), nil
}

func validate(route *routers.Route, parameters map[string]string, r *http.Request) *Error {
	if route.Operation.RequestBody != nil {
		if err := jsonBody(r); err != nil {
			return err
		}
	}
	err := openapi3filter.ValidateRequest(r.Context(), &openapi3filter.RequestValidationInput{
		Request: r, PathParams: parameters, Route: route,
		Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, SkipSettingDefaults: true},
	})
	if err != nil {
		return InvalidRequest(reason(err))
	}
	return nil
}

func jsonBody(r *http.Request) *Error {
	if _, err := mediaType(r, []string{JSON}); err != nil {
		err.Status = http.StatusUnsupportedMediaType
		return err
	}
	body, refused := readBody(r)
	if refused != nil {
		return refused
	}
	if err := CheckJSON(body); err != nil {
		return err
	}
	setJSON(r, body)
	return nil
}

// readBody reads the whole body, up to MaxBody.
func readBody(r *http.Request) ([]byte, *Error) {
	body, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, MaxBody))
	if tooLarge := new(http.MaxBytesError); errors.As(err, &tooLarge) {
		return nil, TooLarge()
	} else if err != nil {
		return nil, InvalidRequest("the body could not be read")
	}
	return body, nil
}

// setJSON gives the request the body that was judged.
func setJSON(r *http.Request, body []byte) {
	r.Body = io.NopCloser(bytes.NewReader(body))
	r.ContentLength = int64(len(body))
	r.Header.Set("Content-Type", JSON)
}

// reason turns a validation error into one sentence without the value that
// was sent, which may be a secret.
func reason(err error) string {
	if schema := new(openapi3.SchemaError); errors.As(err, &schema) {
		if path := schema.JSONPointer(); len(path) > 0 {
			return strings.Join(path, ".") + ": " + schema.Reason
		}
		return schema.Reason
	}
	if request := new(openapi3filter.RequestError); errors.As(err, &request) {
		if request.Parameter != nil {
			return "the parameter " + request.Parameter.Name + " is not valid"
		}
		return "the body is not valid: " + request.Reason
	}
	return "the request is not valid"
}
