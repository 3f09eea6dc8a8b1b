"""cleaner: turns a heap of scraped documents into a clean, deduplicated corpus."""
