"""The types that everybody shares: documents, edits, stages, the ledger, the report."""
