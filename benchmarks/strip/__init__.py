"""How well and how fast chrome is removed."""
