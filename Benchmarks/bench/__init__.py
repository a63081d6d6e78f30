"""Measures Berth beside its peers: servers, the loader, the goals and the report."""
