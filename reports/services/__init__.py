"""What people do with reports, one function for each thing; split by noun."""
