"""``llm``: events read by a language model behind an OpenAI-compatible endpoint, each verified against the text before it counts."""
