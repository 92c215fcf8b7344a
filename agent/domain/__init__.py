"""The rules of following up: pure values and functions; no clock, no I/O."""
