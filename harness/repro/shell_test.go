package repro

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/harness/exchange"
)

// The test program is curl and grantproof, too: a script finds it under these names.
func TestMain(m *testing.M) {
	switch filepath.Base(os.Args[0]) {
	case "curl":
		must(curl(os.Args[1:]))
	case "grantproof":
		must(grantproof(os.Args[1:]))
	default:
		_ = os.Setenv("GOGC", "off") // What the tests start ends soon, and collects nothing while it starts.
		os.Exit(m.Run())
	}
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	os.Exit(0)
}

// curl keeps its arguments, each ended by NUL, and gives the next answer. A file
// that an argument names stands in its place.
func curl(arguments []string) error {
	kept, err := filepath.Glob("sent/*")
	if err != nil {
		return err
	}
	n := len(kept)
	var sent bytes.Buffer
	for i, argument := range arguments {
		if file, named := strings.CutPrefix(argument, "@"); named && arguments[i-1] == "--data-binary" {
			content, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			argument = base64.StdEncoding.EncodeToString(content)
		}
		sent.WriteString(argument + "\x00")
	}
	if err := os.WriteFile(fmt.Sprintf("sent/%03d", n), sent.Bytes(), 0o600); err != nil {
		return err
	}
	answer, err := os.ReadFile(fmt.Sprintf("answers/%03d", n))
	if err != nil {
		return err
	}
	_, err = os.Stdout.Write(answer)
	return err
}

func grantproof(arguments []string) error {
	if arguments[0]+" "+arguments[1] == "answer outcome" {
		return ShowOutcome(os.Stdin, os.Stdout)
	}
	value, err := "", error(nil)
	switch command := arguments[0] + " " + arguments[1]; command {
	case "mint encoded":
		value = url.QueryEscape(arguments[3])
	case "mint json":
		value = JSON(arguments[3])
	case "mint basic":
		value = base64.StdEncoding.EncodeToString([]byte(url.QueryEscape(arguments[3]) + ":" + url.QueryEscape(arguments[4])))
	default:
		answer, problem := ReadAnswer(os.Stdin)
		if problem != nil {
			return problem
		}
		switch command {
		case "answer show":
			return answer.Show(os.Stdout)
		case "answer member":
			nth, _ := strconv.Atoi(arguments[4])
			value, err = answer.Member(arguments[3], nth)
		case "answer parameter":
			value, err = answer.Parameter(arguments[3])
		case "answer header":
			value, err = answer.HeaderField(arguments[3])
		case "answer cookie":
			value, err = answer.Cookie(arguments[3])
		case "answer field":
			nth, _ := strconv.Atoi(arguments[4])
			value, err = answer.Field(arguments[3], nth)
		case "answer path":
			nth, _ := strconv.Atoi(arguments[2])
			value, err = answer.Path(nth)
		default:
			return fmt.Errorf("an unknown command: %q", arguments)
		}
	}
	if err != nil {
		return err
	}
	_, err = io.WriteString(os.Stdout, value+"\n")
	return err
}

// execution is what a script did.
type execution struct {
	sent   []sent
	output string
	err    error
}

// sent is a request by the arguments of curl.
type sent struct {
	method, address string
	header          http.Header
	body            []byte
}

// shells are those that this machine has.
func shells() []string {
	found := map[string]string{}
	for _, name := range []string{"bash", "dash", "sh"} {
		if path, err := exec.LookPath(name); err == nil {
			file, _ := filepath.EvalSymlinks(path)
			found[file] = path
		}
	}
	return slices.Sorted(maps.Values(found))
}

// perform has a shell perform a script, with answers that may be others than those
// that the script was made of.
func perform(t *testing.T, shell, script string, answers []string) execution {
	t.Helper()
	folder := t.TempDir()
	for _, name := range []string{"bin", "sent", "answers", "temporary"} {
		if err := os.Mkdir(filepath.Join(folder, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"curl", "grantproof"} {
		if err := os.Symlink(program, filepath.Join(folder, "bin", name)); err != nil {
			t.Fatal(err)
		}
	}
	for i, answer := range answers {
		if err := os.WriteFile(filepath.Join(folder, "answers", fmt.Sprintf("%03d", i)), []byte(answer), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(folder, "repro.sh"), []byte(script), 0o600); err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), shell, "repro.sh")
	command.Dir = folder
	command.Env = []string{"PATH=" + filepath.Join(folder, "bin") + ":/usr/bin:/bin", "TMPDIR=" + filepath.Join(folder, "temporary"), "A_SECRET=" + aSecret, "answer=" + aSecret, "LANG=C.UTF-8",
		"GORACE=atexit_sleep_ms=0"} // With -race each of the many small programs would sleep a second at its end.
	output, err := command.CombinedOutput()
	done := execution{output: string(output), err: err}
	if left, _ := filepath.Glob(filepath.Join(folder, "*")); len(left) != 5 {
		t.Errorf("%s left %q behind", shell, left)
	}
	if left, _ := filepath.Glob(filepath.Join(folder, "temporary", "*")); len(left) != 0 {
		t.Errorf("%s left %q behind", shell, left)
	}
	files, _ := filepath.Glob(filepath.Join(folder, "sent", "*"))
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		done.sent = append(done.sent, sentBy(t, strings.Split(strings.TrimSuffix(string(content), "\x00"), "\x00")))
	}
	return done
}

const aSecret = "a-secret-of-$(touch pwned)-the-environment"

// sentBy reads the arguments of curl as it does.
func sentBy(t *testing.T, arguments []string) sent {
	t.Helper()
	request := sent{header: http.Header{}}
	for i := 0; i < len(arguments); i++ {
		value := func() string { i++; return arguments[i] }
		switch arguments[i] {
		case "-sS", "-i", "-g", "--path-as-is", "--suppress-connect-headers":
		case "--proto", "--max-time":
			value()
		case "-X":
			request.method = value()
		case "--head":
			request.method = http.MethodHead
		case "--url":
			request.address = value()
		case "-H":
			header := value()
			if name, empty := strings.CutSuffix(header, ";"); empty && !strings.Contains(name, ":") {
				request.header.Add(name, "")
			} else if name, content, ok := strings.Cut(header, ": "); ok {
				request.header[name] = append(request.header[name], content)
			} else if header != "Content-Type:" {
				t.Errorf("curl gets the header %q", header)
			}
		case "--data-raw":
			request.body = []byte(value())
		case "--data-binary":
			request.body, _ = base64.StdEncoding.DecodeString(value())
		default:
			t.Errorf("curl gets the argument %q of %q", arguments[i], arguments)
		}
	}
	return request
}

// raw is an answer as curl writes it.
func raw(e *exchange.Exchange) string {
	var text bytes.Buffer
	fmt.Fprintf(&text, "HTTP/1.1 %d %s\r\n", e.Status, http.StatusText(e.Status))
	_ = e.Answer.Write(&text)
	return text.String() + "\r\n" + string(e.Content)
}
