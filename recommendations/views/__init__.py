"""Pages of recommendations, split by noun."""
