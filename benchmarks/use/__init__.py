"""What it costs to use the project: how fast a command starts."""
