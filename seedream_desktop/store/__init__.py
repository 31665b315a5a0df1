"""Everything that lasts: the database, its second copy, picture files, settings. SQLite is used nowhere else."""
