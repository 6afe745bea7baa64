"""Loads, when imported, what reading needs into the fork server of a test process, whose forks its pools are."""

from tests.crash.warm import load_reading

load_reading()
