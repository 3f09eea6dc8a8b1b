"""Who runs a plan. An engine brings workers, grouping and texts; what is done to a document it does not know."""
