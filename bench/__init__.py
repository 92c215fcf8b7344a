"""Measurements of the program, run from a checkout."""
