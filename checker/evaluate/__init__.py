"""Scores of extraction and verdicts on labelled articles, always beside a naive baseline."""
