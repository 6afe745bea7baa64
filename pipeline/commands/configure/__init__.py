"""The commands about the configuration: write one, list and change its sources, check it.

init      writes a commented configuration, or the contact into one
source    the configured sources: list, enable, disable, remove
check     whether configuration, store and sources are sound; upgrades the store's schema
"""
