"""Measurements of the repair stage, and the builder of its lexicon."""
