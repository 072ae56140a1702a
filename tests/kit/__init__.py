"""What tests build on: small missions, and helpers to change one thing in them."""
