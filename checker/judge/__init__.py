"""The judge: events against rules, in three-valued truth, as the law stood. One evaluator for verdicts, explanations and proofs."""
