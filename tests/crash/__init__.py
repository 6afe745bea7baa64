"""Killing commands of `ingest` at a chosen write or moment, and finding what that did to the store."""
