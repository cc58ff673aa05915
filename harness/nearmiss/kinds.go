package nearmiss

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// ofEncoding writes the last letter of a text as its escape.
var ofEncoding = oneLetter(func(letter rune) string { return fmt.Sprintf("%%%02X", letter) })

// ofScopes are the ways for lists of names; one name is written otherwise, or they are
// parted otherwise.
var ofScopes = []way{
	{"a name longer at its end", onName(func(name string) string { return name + "x" })},
	{"a name longer at its beginning", onName(func(name string) string { return "x" + name })},
	{"the first part of a name", onName(func(name string) string { return name[:len(name)/2] })},
	{"the last part of a name", onName(func(name string) string { return name[len(name)/2:] })},
	{"a name in other case", onName(otherCase)},
	{"a wildcard for a name", onName(func(name string) string { return name[:len(name)/2] + "*" })},
	{"commas between the names", replacedAll(" ", ",")},
	{"tabs between the names", replacedAll(" ", "\t")},
	{"no blanks between the names", replacedAll(" ", "")},
}

// onName writes the last name otherwise and leaves the others.
func onName(change func(name string) string) func(string) (string, bool) {
	return func(right string) (string, bool) {
		names := strings.Fields(right)
		if len(names) == 0 || len(names[len(names)-1]) < 2 {
			return "", false
		}
		names[len(names)-1] = change(names[len(names)-1])
		return strings.Join(names, " "), true
	}
}

func replacedAll(old, by string) func(string) (string, bool) {
	return func(right string) (string, bool) {
		return strings.ReplaceAll(right, old, by), strings.Contains(right, old)
	}
}

// ofPaths are other spellings of a path.
var ofPaths = []way{
	{"in other case", always(otherCase)},
	{"one letter in other case", oneLetter(func(letter rune) string { return otherCase(string(letter)) })},
	{"a slash at its end", always(func(path string) string { return path + "/" })},
	{"two slashes before it", always(func(path string) string { return "/" + path })},
	{"two slashes at its end", always(func(path string) string { return path + "//" })},
	{"a dot segment before it", always(func(path string) string { return "/." + path })},
	{"a dot segment after it", always(func(path string) string { return path + "/." })},
	{"dot segments before it", always(func(path string) string { return "/other/.." + path })},
	{"encoded dot segments before it", always(func(path string) string { return "/other/%2E%2E" + path })},
	{"an encoded letter", ofEncoding},
	{"a letter encoded twice", oneLetter(func(letter rune) string { return fmt.Sprintf("%%25%02X", letter) })},
	{"an encoded slash", func(path string) (string, bool) {
		at := strings.LastIndexByte(path, '/')
		return path[:max(at, 0)] + "%2F" + path[at+1:], at > 0
	}},
	{"a backslash", func(path string) (string, bool) {
		at := strings.LastIndexByte(path, '/')
		return path[:max(at, 0)] + "%5C" + path[at+1:], at > 0
	}},
	{"parameters at its end", always(func(path string) string { return path + ";x=y" })},
	{"a dot at its end", always(func(path string) string { return path + "." })},
	{"an ending", always(func(path string) string { return path + ".json" })},
	{"an encoded NUL at its end", always(func(path string) string { return path + "%00" })},
	{"an encoded blank at its end", always(func(path string) string { return path + "%20" })},
	{"an encoded line break at its end", always(func(path string) string { return path + "%0A" })},
	{"an empty query", always(func(path string) string { return path + "?" })},
}

// ofJWTs change each part alone.
var ofJWTs = []way{
	{"its header changed", onPart(0, oneChanged)},
	{"its claims changed", onPart(1, oneChanged)},
	{"its signature changed", onPart(2, oneChanged)},
	{"its signature missing", onPart(2, func(string) string { return "" })},
	{"its signature in other case", onPart(2, otherCase)},
	{"its signature of half the length", onPart(2, func(part string) string { return part[:len(part)/2] })},
	{"a part more", func(right string) (string, bool) { return right + ".e30", strings.Count(right, ".") == 2 }},
	{"a part missing", func(right string) (string, bool) {
		return right[:max(0, strings.LastIndexByte(right, '.'))], strings.Count(right, ".") == 2
	}},
}

func onPart(index int, change func(part string) string) func(string) (string, bool) {
	return func(right string) (string, bool) {
		split := strings.Split(right, ".")
		if len(split) != 3 || len(split[index]) < 4 {
			return "", false
		}
		split[index] = change(split[index])
		return strings.Join(split, "."), true
	}
}

// ofTimes are times that a program could take for the right one.
var ofTimes = []way{
	{"in milliseconds", onTime(func(seconds int64) string { return strconv.FormatInt(seconds*1000, 10) })},
	{"a second less", onTime(func(seconds int64) string { return strconv.FormatInt(seconds-1, 10) })},
	{"a second more", onTime(func(seconds int64) string { return strconv.FormatInt(seconds+1, 10) })},
	{"negative", onTime(func(seconds int64) string { return strconv.FormatInt(-seconds, 10) })},
	{"beyond 32 bits", onTime(func(seconds int64) string { return strconv.FormatInt(seconds+1<<32, 10) })},
	{"as a date", onTime(func(seconds int64) string { return time.Unix(seconds, 0).UTC().Format(time.RFC3339) })},
}

func onTime(change func(seconds int64) string) func(string) (string, bool) {
	return func(right string) (string, bool) {
		seconds, err := strconv.ParseInt(right, 10, 40)
		return change(seconds), err == nil
	}
}
