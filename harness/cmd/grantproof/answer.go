package main

import (
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/grantproof/grantproof/harness/repro"
)

// newAnswer takes values out of an answer. Names are arguments: no program is made
// of them.
func newAnswer() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "answer",
		Short: "Take a value out of an HTTP response",
		Long: `Read a response from standard input, as "curl -i" writes it, and print one value of it.
The scripts of "grantproof run --repro" use it. Write "--" before a name, which may then
begin with a hyphen. A value with control characters is refused.`,
		Example: `  curl -si https://as.example.com/token -d grant_type=client_credentials > answer
  grantproof answer show < answer
  token=$(grantproof answer member -- access_token 1 < answer)`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	add := func(use, short, example string, args int, value func(answer repro.Answer, args []string) (string, error)) {
		cmd.AddCommand(&cobra.Command{Use: use, Short: short, Example: example, Args: cobra.ExactArgs(args), RunE: func(cmd *cobra.Command, args []string) error {
			answer, err := repro.ReadAnswer(cmd.InOrStdin())
			if err != nil {
				return err
			}
			taken, err := value(answer, args)
			if err == nil {
				_, err = fmt.Fprintln(exactly(cmd), taken)
			}
			return err
		}})
	}
	add("member NAME NTH", "Print the nth text with this name in the JSON of the content, counted from 1", "  grantproof answer member -- access_token 1 < answer", 2, func(answer repro.Answer, args []string) (string, error) {
		nth, err := number(args[1])
		if err != nil {
			return "", err
		}
		return answer.Member(args[0], nth)
	})
	add("parameter NAME", "Print a parameter of the URL to which the answer redirects", "  grantproof answer parameter -- code < answer", 1, func(answer repro.Answer, args []string) (string, error) { return answer.Parameter(args[0]) })
	add("header NAME", "Print the value of a header", "  grantproof answer header -- Location < answer", 1, func(answer repro.Answer, args []string) (string, error) { return answer.HeaderField(args[0]) })
	add("cookie NAME", "Print the value of a cookie that the answer sets", "  grantproof answer cookie -- session < answer", 1, func(answer repro.Answer, args []string) (string, error) { return answer.Cookie(args[0]) })
	add("field NAME NTH", "Print the value of the nth field with this name in the forms of the page, counted from 1", "  grantproof answer field -- csrf_token 1 < answer", 2, func(answer repro.Answer, args []string) (string, error) {
		nth, err := number(args[1])
		if err != nil {
			return "", err
		}
		return answer.Field(args[0], nth)
	})
	add("path NTH", "Print the path to which the answer redirects (0), or to which its nth form is sent", "  grantproof answer path 0 < answer", 1, func(answer repro.Answer, args []string) (string, error) {
		nth, err := number(args[0])
		if err != nil {
			return "", err
		}
		return answer.Path(nth)
	})
	cmd.AddCommand(&cobra.Command{Use: "outcome", Short: "Print the status, with the error if there is one", Example: "  grantproof answer outcome < answer", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		return repro.ShowOutcome(cmd.InOrStdin(), cmd.OutOrStdout())
	}})
	cmd.AddCommand(&cobra.Command{Use: "show", Short: "Print the complete answer, without control characters", Example: "  grantproof answer show < answer", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		answer, err := repro.ReadAnswer(cmd.InOrStdin())
		if err != nil {
			return err
		}
		return answer.Show(cmd.OutOrStdout())
	}})
	return cmd
}

func number(text string) (int, error) {
	nth, err := strconv.Atoi(text)
	if err != nil || nth < 0 {
		return 0, fmt.Errorf("%q is no number; give 1 for the first one", text)
	}
	return nth, nil
}
