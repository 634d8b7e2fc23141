"""Who was to be asked about a patch, and who would know its files."""
