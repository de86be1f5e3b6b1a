"""Shipped shapes: GeoJSON files, where they come from (SOURCES.md), and the program that rebuilds them."""
