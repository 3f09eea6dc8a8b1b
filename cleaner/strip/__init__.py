"""Web and forum chrome: found by rule packs, explained, and taken out."""
