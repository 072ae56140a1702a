"""Why, and why not: what must give, what more would buy, what forced a loss, and what else could be done."""
