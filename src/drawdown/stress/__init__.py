"""The stress test: a plan executed in thousands of futures under chance."""
