"""Who should have been asked about a patch, and who would know its files."""
