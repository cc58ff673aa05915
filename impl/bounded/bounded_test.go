package bounded

import (
	"strconv"
	"sync"
	"testing"
)

func has(c *Cache[string, int], key string) bool {
	_, ok := c.known[key]
	return ok
}

// What was used last stays.
func TestEntries(t *testing.T) {
	c := New[string, int](Limits{Entries: 2})
	c.Add("a", 1, Cost{})
	c.Add("b", 2, Cost{})
	if value, ok := c.Get("a"); !ok || value != 1 {
		t.Errorf("a is %d, %t", value, ok)
	}
	c.Add("c", 3, Cost{})
	if has(c, "b") || !has(c, "a") || !has(c, "c") {
		t.Errorf("there are %v", c.known)
	}
	c.Add("c", 4, Cost{})
	if value, _ := c.Get("c"); value != 4 || c.all.Len() != 2 {
		t.Errorf("c is %d, of %d", value, c.all.Len())
	}
	if _, ok := c.Get("b"); ok {
		t.Error("b is back")
	}
}

func TestBytes(t *testing.T) {
	c := New[string, int](Limits{Bytes: 10})
	for key, bytes := range map[string]int{"a": 4, "b": 4} {
		c.Add(key, 0, Cost{Bytes: bytes})
	}
	c.Add("c", 0, Cost{Bytes: 8})
	if entries, bytes := c.Size(); entries != 1 || bytes != 8 || !has(c, "c") {
		t.Errorf("%d entries with %d bytes", entries, bytes)
	}
	c.Add("c", 0, Cost{Bytes: 3})
	c.Add("too large", 0, Cost{Bytes: 11})
	if entries, bytes := c.Size(); entries != 1 || bytes != 3 {
		t.Errorf("%d entries with %d bytes", entries, bytes)
	}
	c.Add("c", 0, Cost{Bytes: 11})
	if entries, bytes := c.Size(); entries != 0 || bytes != 0 || len(c.owners) != 0 {
		t.Errorf("%d entries with %d bytes of %d owners", entries, bytes, len(c.owners))
	}
}

// Whoever fills the cache pushes nobody else out.
func TestShare(t *testing.T) {
	c := New[string, int](Limits{Entries: 10, Share: 3})
	var pushedOut []string
	c.Evicted = func(key string, _ int) { pushedOut = append(pushedOut, key) }
	c.Add("of another", 0, Cost{Owner: "other"})
	for i := range 100 {
		c.Add(strconv.Itoa(i), i, Cost{Owner: "greedy"})
	}
	if !has(c, "of another") || len(c.known) != 4 || len(pushedOut) != 97 || pushedOut[0] != "0" {
		t.Errorf("there are %v", c.known)
	}
	for i := range 100 {
		c.Add("free "+strconv.Itoa(i), i, Cost{})
	}
	if len(c.known) != 10 || len(c.owners) != 1 {
		t.Errorf("there are %d of %d owners", len(c.known), len(c.owners))
	}
}

func TestManyAtOnce(t *testing.T) {
	c := New[int, int](Limits{Entries: 50, Bytes: 500, Share: 20})
	var group sync.WaitGroup
	for worker := range 8 {
		group.Go(func() {
			for i := range 1000 {
				c.Add(i%97, i, Cost{Owner: strconv.Itoa(worker % 3), Bytes: i % 30})
				c.Get(i % 89)
			}
		})
	}
	group.Wait()
	sum, ours := 0, 0
	for _, e := range c.known {
		sum += e.cost.Bytes
	}
	for _, owned := range c.owners {
		if ours += owned.Len(); owned.Len() > 20 {
			t.Errorf("an owner has %d", owned.Len())
		}
	}
	if entries, bytes := c.Size(); entries > 50 || bytes > 500 || bytes != sum || entries != ours || entries != len(c.known) {
		t.Errorf("%d entries (%d of owners, %d known) with %d bytes (%d)", entries, ours, len(c.known), bytes, sum)
	}
}
