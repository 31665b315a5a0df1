"""Small controls used all over the window; none of them knows the domain."""
