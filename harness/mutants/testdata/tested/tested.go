// Package tested has tests for one of its conditions.
package tested

// Judge has two conditions.
func Judge(n int) string {
	if n < 0 {
		return "negative"
	}
	if n > 99 {
		return "large"
	}
	return "small"
}
