package site_test

import (
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/harness/site"
	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/realm"
)

const root = "../.."

// Every exercise of the guide does what the guide says that it does.
func TestExercises(t *testing.T) {
	if testing.Short() {
		t.Skip("it performs the commands of the guide, and some compile the repository anew; make full has it")
	}
	exercises, err := site.Exercises()
	if err != nil {
		t.Fatal(err)
	}
	if len(exercises) < 10 {
		t.Errorf("only %d exercises", len(exercises))
	}
	tools := build(t)
	for _, exercise := range exercises {
		if exercise.Deploys || exercise.Peers {
			continue // See TestDeployment and TestAnotherServer.
		}
		t.Run(exercise.Title, func(t *testing.T) {
			folder := t.TempDir()
			if exercise.Builds {
				folder = workshop(t)
				copyRepository(t, folder)
			}
			check(t, exercise, perform(t, exercise, folder, tools))
		})
	}
}

// build puts the command grantproof into a folder of its own.
func build(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	command := exec.CommandContext(t.Context(), "go", "build", "-o", filepath.Join(folder, "grantproof"), "./harness/cmd/grantproof")
	command.Dir = root
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	return folder
}

// perform runs the commands of an exercise against fresh demo servers.
func perform(t *testing.T, exercise site.Exercise, folder, tools string) string {
	t.Helper()
	fixture, err := impl.Start(impl.Config{AuthServer: "localhost:0", ResourceServer: "localhost:0", MCPServer: "localhost:0", Policy: realm.Policy{Documented: true, Registration: realm.RegistrationOpen}})
	if err != nil {
		t.Fatal(err)
	}
	defer fixture.Close()
	tools4002 := strings.TrimSuffix(fixture.MCP, realm.MCPEndpoint)
	moved := strings.NewReplacer("http://localhost:4000", fixture.Issuer, "http://localhost:4001", fixture.Resource, "http://localhost:4002", tools4002)
	command := exec.CommandContext(t.Context(), "bash", "-c", moved.Replace(exercise.Commands))
	command.Dir = folder
	command.Env = append(os.Environ(), "PATH="+tools+":"+os.Getenv("PATH"),
		"AUTH_SERVER_URL="+fixture.Issuer, "RESOURCE_SERVER_URL="+fixture.Resource)
	output, err := command.CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, output)
	}
	return strings.NewReplacer(
		fixture.Issuer, "http://localhost:4000", fixture.Resource, "http://localhost:4001", tools4002, "http://localhost:4002", url.QueryEscape(fixture.Issuer), "http%3A%2F%2Flocalhost%3A4000",
	).Replace(string(output))
}

// check finds each promised line in the output, in their order.
func check(t *testing.T, exercise site.Exercise, output string) {
	t.Helper()
	if exercise.Output == "" {
		t.Error("the exercise does not say what it prints")
	}
	rest := output
	for line := range strings.Lines(exercise.Output) {
		pattern := strings.ReplaceAll(regexp.QuoteMeta(strings.TrimSpace(line)), "…", "(.|\n)*?")
		at := regexp.MustCompile("(?m)" + pattern).FindStringIndex(rest)
		if at == nil {
			t.Fatalf("the output lacks %q; it is:\n%s", strings.TrimSpace(line), output)
		}
		rest = rest[at[1]:]
	}
}

// workshop is an empty folder, and always the same, as Go compiles a package
// anew in another place.
func workshop(t *testing.T) string {
	t.Helper()
	folder, err := filepath.Abs(filepath.Join(root, ".build", "exercise"))
	if err == nil {
		err = os.RemoveAll(folder)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	return folder
}

// copyRepository copies what git knows of, and what is new, but not what it
// ignores.
func copyRepository(t *testing.T, folder string) {
	t.Helper()
	list := exec.CommandContext(t.Context(), "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	list.Dir = root
	files, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	for name := range strings.SplitSeq(strings.TrimSuffix(string(files), "\x00"), "\x00") {
		content, err := os.ReadFile(filepath.Join(root, name))
		if os.IsNotExist(err) {
			continue // Deleted and not committed yet.
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(filepath.Dir(filepath.Join(folder, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
