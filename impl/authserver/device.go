package authserver

import (
	"context"
	"net/http"

	"github.com/grantproof/grantproof/impl/realm"
)

// device is what a browser says about itself besides its session: the secret
// of its device cookie. Who has it signed in with this browser before, and is
// not locked out by the guesses of others
// (https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies).
// The cookie proves nothing else: it signs nobody in, and outlives signing out.
type device struct {
	secret string
	answer http.Header
}

type deviceKey struct{}

// deviceCookie is bound to the issuer as the cookie of the session is.
func deviceCookie(r *realm.Realm) http.Cookie {
	cookie := http.Cookie{HttpOnly: true, SameSite: http.SameSiteLaxMode, MaxAge: int(realm.KnownFor.Seconds())}
	cookie.Name, cookie.Path, cookie.Secure = cookieOf(r.Issuer)
	cookie.Name += "-device"
	return cookie
}

// withDevice reads the device cookie of a request, and lets a new one be set.
func withDevice(w http.ResponseWriter, r *http.Request) *http.Request {
	d := device{answer: w.Header()}
	if cookie, err := r.Cookie(deviceCookie(realm.From(r.Context())).Name); err == nil {
		d.secret = cookie.Value
	}
	return r.WithContext(context.WithValue(r.Context(), deviceKey{}, d))
}

// deviceOf is the secret of the device; empty without a cookie.
func deviceOf(ctx context.Context) string {
	d, _ := ctx.Value(deviceKey{}).(device)
	return d.secret
}

// rememberDevice gives the browser a new device cookie, for the user who signed
// in with it. It is a new one each time, so that nobody who planted a cookie in
// the browser holds one that is known.
func rememberDevice(ctx context.Context, username string) error {
	r := realm.From(ctx)
	secret, err := r.SignIns.NewDevice(ctx, username)
	if err != nil {
		return err
	}
	if d, ok := ctx.Value(deviceKey{}).(device); ok {
		cookie := deviceCookie(r)
		cookie.Value = secret
		d.answer.Add("Set-Cookie", cookie.String())
	}
	return nil
}
