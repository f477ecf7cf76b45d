"""The command line ``sanctions``: one thin module per group of verbs, loaded only when the verb is used."""
