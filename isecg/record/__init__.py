"""How the public record is found: what is new and its feed, the calendar, the search, the map of the site.

Part of the roof, as the first page is: it reads from all apps, and nobody imports it but the first page and
the addresses.
"""
