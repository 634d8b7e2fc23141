"""What programs say of patches, commits and trees."""
