"""What Prometheus is told: read from where it happens, when it asks."""
