"""What reviewers gave: tags, replies, and how far a series has come."""
