package main

import (
	"io"
	"os"
	"time"

	"charm.land/lipgloss/v2"
	"github.com/spf13/cobra"

	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/agent"
	"github.com/grantproof/grantproof/impl/oauthclient"
	"github.com/grantproof/grantproof/impl/realm"
)

func newDemo() *cobra.Command {
	var authServer, resourceServer string
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "See the documented system work, end to end",
		Long: `Start the reference system on free ports, or use running servers, and show the AI
agent at work: it authenticates, reads the user, lists, creates and updates tasks,
counts them and completes a pending one.`,
		Example: `  grantproof demo
  grantproof demo --authserver http://localhost:4000 --resourceserver http://localhost:4001`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return demo(cmd, authServer, resourceServer) },
	}
	cmd.Flags().StringVar(&authServer, "authserver", "", "`URL` of a running authorization server")
	cmd.Flags().StringVar(&resourceServer, "resourceserver", "", "`URL` of a running resource server")
	cmd.MarkFlagsRequiredTogether("authserver", "resourceserver")
	return cmd
}

func demo(cmd *cobra.Command, authServer, resourceServer string) error {
	config, err := agent.ConfigFromEnv(os.Getenv)
	if err != nil {
		return err
	}
	config.AuthServer, config.ResourceServer = authServer, resourceServer
	if authServer == "" {
		fixture, err := impl.Start(impl.Config{AuthServer: "localhost:0", ResourceServer: "localhost:0", Policy: realm.Policy{Documented: true}})
		if err != nil {
			return err
		}
		defer fixture.Close()
		config.AuthServer, config.ResourceServer = fixture.Issuer, fixture.Resource
	}
	return showDemo(cmd, config)
}

func showDemo(cmd *cobra.Command, config oauthclient.Config) error {
	out := cmd.OutOrStdout()
	made, err := agent.New(config)
	if err != nil {
		return err
	}
	lipgloss.Fprintf(out, "authorization server  %s\nresource server       %s\nclient                %s\n\n", config.AuthServer, config.ResourceServer, config.ClientID)
	err = agent.Demo(cmd.Context(), made, func(step agent.Step) { showStep(out, step) })
	if err != nil {
		tell(cmd.ErrOrStderr(), err)
		return errFailed
	}
	lipgloss.Fprintln(out, "Every step worked.")
	return nil
}

var (
	bold  = lipgloss.NewStyle().Bold(true)
	faint = lipgloss.NewStyle().Faint(true)
	good  = lipgloss.NewStyle().Foreground(lipgloss.Green)
	bad   = lipgloss.NewStyle().Foreground(lipgloss.Red)
)

func showStep(out io.Writer, step agent.Step) {
	mark, text := good.Render("✓"), step.Result.Sentence
	if step.Err != nil {
		mark, text = bad.Render("✗"), step.Err.Error()
	}
	lipgloss.Fprintf(out, "%s %d/%d %s %s\n", mark, step.Number, step.Of, bold.Render(step.Name), faint.Render(step.Took.Round(10*time.Microsecond).String()))
	lipgloss.Fprintf(out, "      %s\n      %s\n\n", faint.Render(step.Summary), text)
}
