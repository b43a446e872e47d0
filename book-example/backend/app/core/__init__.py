"""What every other package may import: settings, logging, security, middleware."""
