"""The one form of a rule file: order of lines, spelling of words, spacing and quotes. ``format.format_text`` is the way in."""
