// Package target owns what is examined: where it is and what it offers. It
// does not examine anything.
package target

// Target is a system under examination.
type Target struct {
	// Capabilities are what it can do, by the names of the @needs tags.
	Capabilities map[string]bool
	Name         string
	Issuer       string
	Resource     string
	// Control is the control plane of the fixture; a target without one can
	// neither mint tokens nor move time.
	Control Control
	// Probes are requests to the protected resource that succeed with a scope.
	Probes []Probe
}

// Control is where the fixture is arranged.
type Control struct{ URL, Token string }

// Probe is a harmless request to a protected resource.
type Probe struct{ Method, Path, Scope string }

// TaskAPI are the probes of the reference resource server.
var TaskAPI = []Probe{
	{Method: "GET", Path: "/api/tasks", Scope: "tasks:read"},
	{Method: "GET", Path: "/api/user", Scope: "user:read"},
}
