"""Measure the library against git on a real archive; see README.md beside this file."""
