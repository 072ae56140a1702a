"""What the record says of what is to come: learnt rates, forecasts, re-plans and hindcasts."""
