// Command decide has a condition of each kind and prints what they decided.
package main // A comment stays.

import "fmt"

const always = 1 < 2

var isLong = func(text string) bool { return len(text) > 3 }

func main() {
	fmt.Println(choose(1), among(2), isLong("word"), !isLong("no"), loops(), generic(1, 1), always)
}

func choose(n int) string {
	if n == 1 ||
		n == 2 && isLong("") {
		return "yes"
	}
	return "no"
}

func among(n int) string {
	switch {
	case n < 1, n > 9:
		return "outside"
	}
	return "inside"
}

func loops() (turns int) {
	for turns < 2 {
		turns++
	}
	return turns
}

func generic[T comparable](a, b T) bool { return a == b }
