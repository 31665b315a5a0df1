"""This machine: its clock, folders, keychain and log. Knows nothing of tasks, the service or the window."""
