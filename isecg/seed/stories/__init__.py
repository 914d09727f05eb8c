"""Recommendations of the demonstration: each is told as a story, step by step, through the portal's services.

A story is a file in `demonstration/recommendations/`: what a recommendation is, and the steps that people
took, each with its instant. Instants that must lie around today ("day -12, 09:00") count from the day of
loading; the others are fixed days of the past.
"""
