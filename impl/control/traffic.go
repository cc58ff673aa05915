package control

import (
	"context"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/impl/wire"
)

// Traffic shows what the realm's servers received.
func (s *Server) Traffic(_ context.Context, request control.TrafficRequestObject) (control.TrafficResponseObject, error) {
	found, err := s.find(request.Realm)
	if err != nil {
		return nil, err
	}
	received, forgotten := found.Traffic.All()
	list := control.Traffic200JSONResponse{Requests: []control.Request{}, Forgotten: forgotten, Log: found.Journal.Lines()}
	for _, seen := range received {
		list.Requests = append(list.Requests, requestOf(seen))
	}
	return list, nil
}

func requestOf(seen wire.Seen) control.Request {
	headers, parameters, repeated := map[string]string{}, map[string]string{}, []string{}
	for name := range seen.Header {
		headers[name] = seen.Header.Get(name)
	}
	for name := range seen.Parameters {
		if parameters[name] = seen.Parameters.Get(name); len(seen.Parameters[name]) > 1 {
			repeated = append(repeated, name)
		}
	}
	var departures *[]string
	if len(seen.Departures) > 0 {
		departures = &seen.Departures
	}
	var refusal *string
	if seen.Refusal != "" {
		refusal = &seen.Refusal
	}
	return control.Request{
		Role: seen.Role, Method: seen.Method, Path: seen.Path, Status: seen.Status,
		Headers: &headers, Parameters: &parameters, Repeated: &repeated, Query: &seen.Query, Departures: departures, Refusal: refusal,
	}
}
