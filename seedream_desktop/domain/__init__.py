"""Pure values and rules of the program: no I/O, no clock, no libraries beyond the standard one."""
