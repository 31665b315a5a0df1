"""The service on this machine: a second, independent reading of the API pages, for demos and for tests.

It imports nothing of the rest of the program, so that a misreading on one side shows on the other.
"""
