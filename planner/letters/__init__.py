"""Letters to speakers: what a release changed for each of them, and what they answer by mail."""
