"""Feeds mutated input to the readers, seeded, until the time is up."""
