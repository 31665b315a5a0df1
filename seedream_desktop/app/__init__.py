"""The only place that knows every part: it puts the program together, runs it, and takes it down."""
