"""Plain data: events, documents, claims, evidence, rules, findings, receipts, runs. No file is read and nothing is judged here."""
