"""Views of a text that leave it as it is: a folded shadow of the same length, and its segments."""
