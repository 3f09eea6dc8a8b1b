"""Measurements of the index of earlier documents."""
