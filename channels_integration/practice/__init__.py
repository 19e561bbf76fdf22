"""Practice: test customers of our own, who need no provider."""
