"""Several pictures side by side, as large as the room allows: one task's, or those that were chosen."""
