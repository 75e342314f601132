"""Measures whole processes, in turns, and prints medians and ratios."""
