"""Futures played by compiled code: a script as tables of numbers, and a day worked out on them."""
