"""The mails, diffs and tests of other projects' own suites, read by kvminbox.

The suites are not part of this project: they are read from a folder that the user
names. What a suite says of its files comes from the suite itself, or else from git.
"""
