//go:build !race

package agent_test

const seeds = all
