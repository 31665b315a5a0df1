"""The left side of the window, where a request is written; it never speaks to the service."""
