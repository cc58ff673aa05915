//go:build race

package agent_test

// seeds are fewer where the race detector makes each ten times as long.
const seeds = 100
