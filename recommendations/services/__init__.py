"""What people do with recommendations, one function for each thing; split by noun."""
