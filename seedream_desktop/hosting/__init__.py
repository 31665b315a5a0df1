"""Makes pictures of this disk reachable by URL, since the service takes references as public links only."""
