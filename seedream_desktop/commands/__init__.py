"""The command line: the same engine and the same store as the window, on a machine that may have no display."""
