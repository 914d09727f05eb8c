"""Pages of reports, split by who reads them and by noun."""
