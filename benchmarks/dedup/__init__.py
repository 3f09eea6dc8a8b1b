"""Near-duplicates side by side with the peers: quality, speed, memory and scale."""
