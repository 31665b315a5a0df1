"""Two to four pictures against each other: side by side, under a slider, or in turns."""
