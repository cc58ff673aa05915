package printable

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// Names of people and programs in every script are names.
func TestLawfulNames(t *testing.T) {
	for _, name := range []string{
		"", "Notes", "Größe – «№ 1»", "مدير المهام", "منصة ١٢٣", "مدیر می\u200cخواهم", "מנהל משימות", "टास्क क्ष", "क्\u200dष", "ශ්\u200dරී", "ผู้จัดการ", "任务管理器", "タスク　管理", "葛󠄀城", "작업 관리자",
		"👩\u200d👩\u200d👧\u200d👦", "❤️\u200d🔥", "🏳️\u200d🌈", "1️⃣", "👍🏽", "é", "a\u00a0b", "\u0600١٢", "Ω≈ç√", "C:\\new", `"quoted"`,
	} {
		if !Is(name) || Line(name) != name {
			t.Errorf("%q becomes %q", name, Line(name))
		}
	}
}

// What moves, turns, breaks or hides is written out.
func TestUnseenCharacters(t *testing.T) {
	for text, want := range map[string]string{
		"a\x00b": `a\u0000b`, "\x1b[2J": `\u001b[2J`, "\x1b]8;;http://evil.example\x07x": `\u001b]8;;http://evil.example\u0007x`, "a\u009b31mb": `a\u009b31mb`, "a\u0085b": `a\u0085b`, "a\x7fb": `a\u007fb`,
		"a\nb": `a\nb`, "a\r\nb": `a\r\nb`, "a\tb": `a\tb`, "a\u2028b\u2029c": `a\u2028b\u2029c`,
		"a\u202eb": `a\u202eb`, "a\u2066b\u2069": `a\u2066b\u2069`, "a\u200fb": `a\u200fb`, "a\u061cb": `a\u061cb`,
		"pay\u200bpal": `pay\u200bpal`, "pay\u200dpal": `pay\u200dpal`, "pay\u200cpal": `pay\u200cpal`, "\ufeffa": `\ufeffa`, "a\u2060b": `a\u2060b`, "a\u00adb": `a\u00adb`,
		"a\u3164b": `a\u3164b`, "a\ufe0f\ufe0fb": "a\ufe0f" + `\ufe0fb`, "a \ufe0fb": `a \ufe0fb`, "a\U000e0041b": `a\udb40\udc41b`, "a\uffffb": `a\uffffb`,
		"a\xffb\xc3": `a\ufffdb\ufffd`, "👩\u200d": `👩\u200d`, "\u200d👩": `\u200d👩`,
	} {
		if got := Line(text); got != want || Is(text) {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
	if got := Text("a\n\tb\rc\x1b"); got != "a\n\tb"+`\rc\u001b` {
		t.Errorf("lines become %q", got)
	}
}

func FuzzLine(f *testing.F) {
	for _, text := range []string{"plain", "a\x1b[31m\u202e\n", "\xff\xf0\x9f", "👩\u200d👩\u200d👧", "\u200d\ufe0f\U000e0100"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		line := Line(text)
		if !utf8.ValidString(line) || strings.ContainsFunc(line, func(r rune) bool {
			return unicode.In(r, unicode.Cc, unicode.Zl, unicode.Zp) || unicode.Is(unicode.Bidi_Control, r)
		}) {
			t.Errorf("%q becomes %q", text, line)
		}
		if Line(line) != line {
			t.Errorf("%q becomes %q and then %q", text, line, Line(line))
		}
		checkJSON(t, text)
	})
}

// A document of JSON stays the same document.
func checkJSON(t *testing.T, text string) {
	t.Helper()
	document, err := json.Marshal(map[string]string{"text": text})
	if err != nil {
		t.Fatal(err)
	}
	var written bytes.Buffer
	writer := NewWriter(&written)
	for i := range document { // In the smallest pieces.
		if _, err := writer.Write(document[i : i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	var want, got map[string]string
	if json.Unmarshal(document, &want) != nil || json.Unmarshal(written.Bytes(), &got) != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%s became %s", document, written.Bytes())
	}
}

// Colours are ours and stay; nothing else of a terminal does, however it is cut.
func TestWriter(t *testing.T) {
	const text = "\x1b[1;31mred\x1b[m\tline\n\x1b[2J\x1b]52;c;eA==\x07\r\u009bK é👩\u200d👧 \u202e \xff\x1b[3"
	const want = "\x1b[1;31mred\x1b[m\tline\n" + `\u001b[2J\u001b]52;c;eA==\u0007\r\u009bK é👩` + "\u200d👧" + ` \u202e \ufffd\u001b[3`
	var whole bytes.Buffer
	writer := NewWriter(&whole)
	n, err := writer.Write([]byte(text))
	if err != nil || n != len(text) || writer.Close() != nil || whole.String() != want {
		t.Errorf("%d %v: %q", n, err, whole.String())
	}
	if Under(writer) != &whole || Under(&whole) != &whole {
		t.Error("what is under a writer is lost")
	}
}

// A name has something to see.
func TestIsName(t *testing.T) {
	for name, want := range map[string]bool{
		"Notes": true, "é": true, "1": true, "…": true, "☃": true, "名": true, "": false, " ": false, "\u00a0\u2003": false, "\u2800": false, "\u0301": false, "\ue000": false, "a\nb": false,
	} {
		if got := IsName(name); got != want {
			t.Errorf("%q is a name: %v", name, got)
		}
	}
}
