"""CSV, YAML and JSON as text that knows its lines."""
