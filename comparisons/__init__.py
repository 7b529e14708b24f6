"""The views out: comparators, tables, plots, the brief, the command line."""
