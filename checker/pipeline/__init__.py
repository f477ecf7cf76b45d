"""The one chain that command line, tests and reports use: items in, a ``Run`` out."""
