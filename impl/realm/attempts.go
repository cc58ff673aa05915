package realm

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/turns"
	"github.com/grantproof/grantproof/impl/wire"
)

// Attempts limits guesses at secrets of one kind: passwords, or the secrets of
// clients. A guess takes a place before it is judged and gives it back unless it
// was wrong, so that of many guesses at the same time, at all replicas together,
// no more are judged than the limit. Wrong guesses count for attemptsWindow.
//
// A stranger cannot lock the owner of a name out. Guesses are counted
//   - of a device that has proven this secret before, by the device alone,
//   - from a network that has proven this secret of late, by the network alone,
//   - and of everybody else by the network, and for all of them together.
//
// Device cookies are the scheme of OWASP
// (https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies).
//
// Right secrets are never refused for being many: whoever finds no place free
// that is not taken by a wrong guess waits for one. Guesses at different names
// do not wait for each other.
type Attempts struct {
	kind  string // Keeps a client apart from a user with its name.
	realm *Realm
	// As many guesses at one name as go on at once in own may be wrong from one
	// network or of one device, and as many as in shared from all unknown networks
	// together. Loopback is a network as any other: a proxy on this machine that
	// is not declared would otherwise turn the limits off.
	own, shared turns.Line
	// judging is how long judging may take, from the first place on.
	judging time.Duration
}

const (
	attemptsWindow = 15 * time.Minute
	// patience is how long a guess waits for a place, and settling what the
	// statements of a store may take once it was judged. A place that a process
	// left behind when it was killed is free after a lease, which is shorter than
	// the patience with clients: they send many requests at the same time.
	patience        = 8 * time.Second
	judgingPassword = 8 * time.Second // Waiting for the turn of the hash included.
	judgingSecret   = 4 * time.Second
	settling        = 2 * time.Second
	// waiting is how many guesses may wait for a place in one process, and
	// pollEvery how often one looks again whose places other replicas hold.
	waiting   = 1000
	pollEvery = 20 * time.Millisecond
	// KnownFor is how long a device or a network stays known.
	KnownFor = 30 * 24 * time.Hour
	// knownAnew is the age at which that is written again.
	knownAnew = 24 * time.Hour
)

// limit says what is guessed at and how long judging may take.
func (a *Attempts) limit(r *Realm, kind string, judging time.Duration) {
	a.realm, a.kind, a.judging = r, kind, judging
	a.own.Waiting, a.shared.Waiting = waiting, waiting
}

// Guess is a secret that somebody presents.
type Guess struct {
	Name    string // Of the user or client whose secret it would be.
	Address string // Where it comes from.
	Device  string // The secret of the device cookie; empty without one.
}

// Verdict is what became of a guess.
type Verdict int

// The verdicts.
const (
	Unjudged Verdict = iota // It was not judged, or failed for another reason.
	Wrong
	Right
)

// ErrBusy says that a guess found no place in time, and was not judged.
var ErrBusy = errors.New("too many guesses are being judged at the moment")

// Locked says that there were too many wrong guesses; this one was not judged.
type Locked struct{ For time.Duration }

// Error implements error.
func (l *Locked) Error() string { return fmt.Sprintf("too many wrong guesses; wait for %s", l.For) }

// Judge has judge decide about a guess, if there may be one more. Judge hears
// whether the guess is of a known device or network, and gets a context that ends
// when the guess must be judged.
func (a *Attempts) Judge(ctx context.Context, guess Guess, judge func(ctx context.Context, known bool) (Verdict, error)) error {
	patient, stop := context.WithTimeout(ctx, patience+a.judging)
	defer stop()
	err := a.judge(patient, guess, judge)
	if errors.Is(err, turns.ErrTooMany) || errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		return ErrBusy
	}
	return err
}

func (a *Attempts) judge(ctx context.Context, guess Guess, judge func(ctx context.Context, known bool) (Verdict, error)) error {
	held, known, err := a.takeOwn(ctx, guess)
	if err != nil {
		return err
	}
	ctx, stop := context.WithTimeout(ctx, a.judging)
	defer stop()
	if !known {
		if held, err = a.take(ctx, held, a.key("anywhere", "", guess.Name), &a.shared); err != nil {
			return err
		}
	}
	defer held.leave()
	verdict, err := judge(ctx, known)
	// A guess that could not be counted is not answered.
	if unsettled := a.settle(ctx, held, verdict); unsettled != nil {
		return unsettled
	}
	if verdict == Right {
		return errors.Join(err, a.know(ctx, held[0], a.ofNetwork(guess)))
	}
	return err
}

// key is what a guess is counted under; fields are told apart by NUL, which is
// in no address and no secret of ours, and the name comes last.
func (a *Attempts) key(by, who, name string) token.Hash {
	return token.HashOf(strings.Join([]string{a.kind, by, who, name}, "\x00"))
}

func (a *Attempts) ofDevice(g Guess) token.Hash { return a.key("device", g.Device, g.Name) }

func (a *Attempts) ofNetwork(g Guess) token.Hash {
	return a.key("network", wire.Network(g.Address), g.Name)
}

// takeOwn takes the place of a guess among those of its device or its network,
// and tells whether that is known.
func (a *Attempts) takeOwn(ctx context.Context, guess Guess) (held places, known bool, err error) {
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	now := a.realm.Clock.Now()
	if guess.Device != "" {
		until, err := a.realm.Store().KnownUntil(ctx, a.ofDevice(guess))
		if err != nil {
			return nil, false, err
		}
		if until.After(now) {
			held, err = a.take(ctx, nil, a.ofDevice(guess), &a.own)
			return held, true, err
		}
	}
	if held, err = a.take(ctx, nil, a.ofNetwork(guess), &a.own); err != nil {
		return nil, false, err
	}
	return held, held[0].reserved.KnownUntil.After(now), nil
}

// settle gives the places back, or counts them.
func (a *Attempts) settle(ctx context.Context, held places, verdict Verdict) error {
	var wrongUntil time.Time
	if verdict == Wrong {
		wrongUntil = a.realm.Clock.Now().Add(attemptsWindow)
	}
	var errs []error
	for _, p := range held {
		p.At = a.realm.Clock.Now()
		errs = append(errs, a.realm.Store().Settle(ctx, p.Attempt, wrongUntil))
	}
	return errors.Join(errs...)
}

// know remembers from which network, or of which device, a secret was proven,
// and forgets the wrong guesses of it. The network of a known device is known
// too, so that its owner may lose the cookie.
func (a *Attempts) know(ctx context.Context, own place, network token.Hash) error {
	now := a.realm.Clock.Now()
	fresh := func(until time.Time) bool { return until.After(now.Add(KnownFor - knownAnew)) }
	if own.reserved.Wrong > 0 || !fresh(own.reserved.KnownUntil) {
		if err := a.realm.Store().Know(ctx, own.Key, now.Add(KnownFor)); err != nil {
			return err
		}
	}
	if own.Key == network {
		return nil
	}
	until, err := a.realm.Store().KnownUntil(ctx, network)
	if err != nil || fresh(until) {
		return err
	}
	return a.realm.Store().Know(ctx, network, now.Add(KnownFor))
}

// NewDevice returns the secret of a device that has proven the secret of name.
func (a *Attempts) NewDevice(ctx context.Context, name string) (string, error) {
	device := token.NewSecret()
	return device, a.realm.Store().Know(ctx, a.ofDevice(Guess{Name: name, Device: device}), a.realm.Clock.Now().Add(KnownFor))
}
