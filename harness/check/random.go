package check

import "math"

// RandomBits is how many bits of values can be random at most: for each place,
// the bits that its letters can hold, were all letters of the alphabet in use
// equally likely; nothing for a place where all values agree. Two equal values
// hold none, nor does no value.
func RandomBits(values []string) float64 {
	if len(values) == 0 {
		return 0
	}
	alphabet, shortest, seen := map[byte]bool{}, len(values[0]), map[string]bool{}
	for _, value := range values {
		if seen[value] {
			return 0
		}
		seen[value] = true
		shortest = min(shortest, len(value))
	}
	places := 0
	for i := range shortest {
		letters := map[byte]bool{}
		for _, value := range values {
			letters[value[i]] = true
		}
		if len(letters) > 1 {
			places++
			for letter := range letters {
				alphabet[letter] = true
			}
		}
	}
	return float64(places) * math.Log2(float64(max(1, len(alphabet))))
}
