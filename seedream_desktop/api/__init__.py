"""The service as the program speaks to it: httpx and the service's JSON live here and nowhere else."""
