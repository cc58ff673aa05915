package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/grantproof/grantproof/impl/fault"
	"github.com/grantproof/grantproof/impl/nearest"
	"github.com/grantproof/grantproof/impl/variant"
)

// suggest has every command under cmd name the nearest commands, arguments and
// flags where one is unknown. A command that only groups others refuses arguments,
// too: else a misspelt one would print the help and end with exit code 0.
func suggest(cmd *cobra.Command) {
	if cmd.Run == nil && cmd.RunE == nil {
		cmd.Args = cobra.NoArgs
		cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	}
	if accepts := cmd.Args; accepts != nil {
		cmd.Args = func(cmd *cobra.Command, args []string) error {
			err := accepts(cmd, args)
			if err == nil || len(args) == 0 {
				return err
			}
			return fmt.Errorf("%w%s", err, nearest.Hint(args[0], wordsOf(cmd)))
		}
	}
	cmd.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		var unknown *pflag.NotExistError
		if !errors.As(err, &unknown) {
			return err
		}
		return fmt.Errorf("%w%s", err, nearest.Hint("--"+unknown.GetSpecifiedName(), flagsOf(cmd)))
	})
	for _, child := range cmd.Commands() {
		suggest(child)
	}
}

// wordsOf are what may stand first after a command.
func wordsOf(cmd *cobra.Command) []string {
	words := append([]string{}, cmd.ValidArgs...)
	for _, child := range cmd.Commands() {
		words = append(words, child.Name())
	}
	return words
}

func flagsOf(cmd *cobra.Command) []string {
	var flags []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { flags = append(flags, "--"+f.Name) })
	return flags
}

// checkFaults refuses names that are no faults.
func checkFaults(names []string) error {
	_, err := fault.NewSet(names)
	return err
}

// checkVariants refuses names that are no variants.
func checkVariants(names []string) error {
	_, err := variant.NewSet(names)
	return err
}
