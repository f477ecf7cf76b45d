"""Sanctions lists: reading the Consolidated List of the Council, what a name on it means, and who of an event is on it.

What is known of committees, single names, delistings and waivers is data in ``rules/lists``; the list itself belongs to the user.
"""
