// Package bounded owns memory that strangers can fill: a cache that is bounded in
// number and in bytes, and of which one owner has no more than a share: an owner
// who fills it pushes out their own entries first.
//
// It does not know what it keeps, nor when that is out of date.
package bounded

import (
	"container/list"
	"sync"
)

// Limits bound a cache; 0 is no limit.
type Limits struct {
	Entries int
	Bytes   int
	Share   int // Entries of one owner.
}

// Cost says whose an entry is and how large. The owner "" has no share and may
// have all.
type Cost struct {
	Owner string
	Bytes int
}

// Cache keeps what was used last. It is safe for use by many at once.
type Cache[K comparable, V any] struct {
	// Evicted is called with what was pushed out, afterwards; nil is allowed. It is set
	// before the cache is used.
	Evicted func(K, V)

	limits Limits
	mu     sync.Mutex
	known  map[K]*entry[K, V]
	all    *list.List            // Of *entry, the one that was used last in front.
	owners map[string]*list.List // Of the same by owner.
	bytes  int
}

type entry[K comparable, V any] struct {
	key         K
	value       V
	cost        Cost
	inAll, ours *list.Element
}

// New returns an empty cache.
func New[K comparable, V any](limits Limits) *Cache[K, V] {
	return &Cache[K, V]{limits: limits, known: map[K]*entry[K, V]{}, all: list.New(), owners: map[string]*list.List{}}
}

// Get returns what is kept under a key, which counts as a use.
func (c *Cache[K, V]) Get(key K) (value V, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	found, ok := c.known[key]
	if !ok {
		return value, false
	}
	c.use(found)
	return found.value, true
}

// Add keeps a value in the place of the one under its key. One that is larger
// than the whole cache may be is not kept.
func (c *Cache[K, V]) Add(key K, value V, cost Cost) {
	c.mu.Lock()
	pushedOut := c.add(&entry[K, V]{key: key, value: value, cost: cost})
	c.mu.Unlock()
	c.tell(pushedOut)
}

// GetOrAdd returns what is kept under a key, or else keeps value there and returns
// it, in one step.
func (c *Cache[K, V]) GetOrAdd(key K, value V, cost Cost) V {
	c.mu.Lock()
	if found, ok := c.known[key]; ok {
		c.use(found)
		c.mu.Unlock()
		return found.value
	}
	pushedOut := c.add(&entry[K, V]{key: key, value: value, cost: cost})
	c.mu.Unlock()
	c.tell(pushedOut)
	return value
}

func (c *Cache[K, V]) tell(pushedOut []*entry[K, V]) {
	if c.Evicted == nil {
		return
	}
	for _, e := range pushedOut {
		c.Evicted(e.key, e.value)
	}
}

// use, add and all below are for callers that hold the lock.
func (c *Cache[K, V]) use(found *entry[K, V]) {
	c.all.MoveToFront(found.inAll)
	c.owners[found.cost.Owner].MoveToFront(found.ours)
}

func (c *Cache[K, V]) add(e *entry[K, V]) (pushedOut []*entry[K, V]) {
	if before, known := c.known[e.key]; known {
		c.remove(before)
	}
	if over(e.cost.Bytes, c.limits.Bytes) {
		return nil
	}
	ours, known := c.owners[e.cost.Owner]
	if !known {
		ours = list.New()
		c.owners[e.cost.Owner] = ours
	}
	e.inAll, e.ours = c.all.PushFront(e), ours.PushFront(e)
	c.known[e.key] = e
	c.bytes += e.cost.Bytes
	for e.cost.Owner != "" && over(ours.Len(), c.limits.Share) {
		pushedOut = append(pushedOut, c.pushOut(ours))
	}
	for over(c.all.Len(), c.limits.Entries) || over(c.bytes, c.limits.Bytes) {
		pushedOut = append(pushedOut, c.pushOut(c.all))
	}
	return pushedOut
}

func over(has, limit int) bool { return limit > 0 && has > limit }

func (c *Cache[K, V]) pushOut(from *list.List) *entry[K, V] {
	last := from.Back().Value.(*entry[K, V])
	c.remove(last)
	return last
}

func (c *Cache[K, V]) remove(e *entry[K, V]) {
	delete(c.known, e.key)
	c.all.Remove(e.inAll)
	ours := c.owners[e.cost.Owner]
	if ours.Remove(e.ours); ours.Len() == 0 {
		delete(c.owners, e.cost.Owner)
	}
	c.bytes -= e.cost.Bytes
}

// Size is how many entries there are, and their bytes.
func (c *Cache[K, V]) Size() (entries, bytes int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.all.Len(), c.bytes
}
