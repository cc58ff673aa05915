package oauthclient

// tokens are those that are held, from the store at first.
func (h *Handler) tokens() (Tokens, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.loaded {
		return h.held, nil
	}
	return h.load()
}

// reload looks whether another process has got other tokens.
func (h *Handler) reload() (Tokens, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.load()
}

func (h *Handler) load() (Tokens, error) {
	if !h.storing {
		return h.held, nil
	}
	saved, err := h.config.Store.Load()
	if err != nil {
		return Tokens{}, &StepError{Step: StepToken, Layer: LayerComputer, URL: h.resource, Problem: "may have a token already, but " + err.Error(), Advice: "then try again", err: err}
	}
	kept, first := saved.Tokens[h.resource], !h.loaded
	h.loaded = true
	if (first || kept.AccessToken != h.held.AccessToken) && h.isOwn(kept, saved.Registrations[kept.Issuer]) {
		h.held = kept
	}
	return h.held, nil
}

// isOwn tells whether tokens were issued to the client of the configuration: in
// one store there may be those of several.
func (h *Handler) isOwn(kept Tokens, registered Registration) bool {
	if kept.Grant != h.config.Grant {
		return false
	}
	if i := h.credentialsFor(kept.Issuer); i >= 0 {
		own := h.config.Credentials[i].ClientID == kept.ClientID
		if own {
			h.config.Credentials[i].Issuer = kept.Issuer // Whoever issued tokens was found before.
		}
		return own
	}
	return kept.ClientID == h.config.MetadataURL || h.config.Registration != nil && kept.ClientID == registered.ClientID
}

// keep puts tokens in the store, and then in use.
func (h *Handler) keep(next Tokens) {
	err := h.config.Store.Update(func(s *Saved) { s.Tokens[h.resource] = next })
	h.stored(next, err)
}

// replace keeps tokens in the place of others. Where another process has authorized
// the client anew meanwhile, what it kept stays, and is used here too.
func (h *Handler) replace(old, next Tokens) {
	h.mu.Lock()
	storing := h.storing
	h.mu.Unlock()
	err := h.config.Store.Update(func(s *Saved) {
		if found := s.Tokens[h.resource]; storing && found.isNewerThan(old) {
			next = found
		}
		s.Tokens[h.resource] = next
	})
	h.stored(next, err)
}

// isNewerThan: the same client has other tokens.
func (t Tokens) isNewerThan(old Tokens) bool {
	return t.AccessToken != "" && t.Issuer == old.Issuer && t.ClientID == old.ClientID && t.Grant == old.Grant &&
		(t.AccessToken != old.AccessToken || t.RefreshToken != old.RefreshToken)
}

func (h *Handler) stored(next Tokens, err error) {
	if err != nil {
		h.log.Warn("tokens kept in memory only", "error", err)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.held, h.loaded, h.storing = next, true, err == nil
	h.log.Info("token kept", "issuer", next.Issuer, "client_id", next.ClientID, "scope", next.Scope, "expires_at", next.ExpiresAt)
}
