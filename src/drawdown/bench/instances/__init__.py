"""Published instances and how the engines do on them."""
