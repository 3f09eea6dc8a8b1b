"""Sources and sinks: files, folders, JSON Lines, the spool, the output folder, atomic replacement."""
