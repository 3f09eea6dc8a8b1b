"""The line model."""
