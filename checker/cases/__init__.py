"""What the nights know: documents, events, cases and their history, decisions. Grouping and differences are plain functions of it."""
