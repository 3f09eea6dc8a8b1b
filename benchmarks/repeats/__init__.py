"""Repeats planted into real text: what the stage finds, what it costs."""
