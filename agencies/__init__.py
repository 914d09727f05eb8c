"""Agencies: the seats, their names and membership over time, and the chair that alternates among them."""
