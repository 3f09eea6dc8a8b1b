"""What the tables of cleaner/text are built from."""
