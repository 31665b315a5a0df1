"""The task engine: takes an order from the first click to files on the disk. asyncio only; no Qt, no httpx, no SQL."""
