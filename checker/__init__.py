"""The sanctions checker: articles in, events judged against UN measures as the law stood, findings out."""

__version__ = "0.1.0"
