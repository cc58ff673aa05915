package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"github.com/grantproof/grantproof/harness/interview"
	"github.com/grantproof/grantproof/harness/shell"
)

func newInit() *cobra.Command {
	config := interview.Config{}
	var file string
	var force bool
	cmd := &cobra.Command{
		Use:   "init",
		Short: "Ask a few questions and write a target file",
		Long: `Ask what to examine, read the metadata of its servers, and write a target file with
comments. An empty answer takes the default in brackets; "none" leaves a value out. The
file holds no secrets, only the names of the environment variables that do.`,
		Example: `  grantproof init
  grantproof init --issuer https://as.example.com
  grantproof init --mcp https://mcp.example.com/mcp --yes -o mcp.yaml`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			config.In, config.Out, config.Echo = cmd.InOrStdin(), cmd.OutOrStdout(), !term.IsTerminal(os.Stdin.Fd())
			if _, err := os.Stat(file); err == nil && !force {
				return fmt.Errorf("%s exists already; choose another name with -o, or overwrite it with --force", file)
			}
			described, err := interview.Hold(cmd.Context(), config)
			if err != nil {
				return err
			}
			content, err := interview.File(described)
			if err != nil {
				return err
			}
			if err := writeAnew(file, content, force); err != nil {
				return err
			}
			sayNext(config.Out, file, interview.Variables(content))
			return nil
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&config.Issuer, "issuer", "", "examine the authorization server with this issuer `URL`")
	flags.StringVar(&config.Resource, "resource", "", "examine the protected resource with this `URL`")
	flags.StringVar(&config.MCP, "mcp", "", "examine the MCP server with this endpoint `URL`")
	flags.StringVarP(&file, "output", "o", "target.yaml", "write this `file`")
	flags.BoolVarP(&config.Yes, "yes", "y", false, "ask nothing, and take every default")
	flags.BoolVar(&force, "force", false, "overwrite the file")
	return cmd
}

// writeAnew never takes the place of another file, unless that is forced.
func writeAnew(name string, content []byte, force bool) error {
	how := os.O_WRONLY | os.O_CREATE | os.O_EXCL
	if force {
		how = os.O_WRONLY | os.O_CREATE | os.O_TRUNC
	}
	file, err := os.OpenFile(name, how, 0o644)
	if err != nil {
		return fmt.Errorf("the target file cannot be written: %w", err)
	}
	_, err = file.Write(content)
	return errors.Join(err, file.Close())
}

func sayNext(out io.Writer, file string, variables []string) {
	fmt.Fprintf(out, "\nWrote %s.", file)
	if len(variables) > 0 {
		fmt.Fprint(out, " Set its secrets in the environment:\n")
	}
	for _, name := range variables {
		fmt.Fprintf(out, "\n  export %s=…", name)
	}
	fmt.Fprintln(out)
	fmt.Fprintf(out, "\nThen check the file and examine the target:\n\n  grantproof doctor --target %[1]s\n  grantproof run --target %[1]s --report report.html\n", shell.Quote(file))
}
