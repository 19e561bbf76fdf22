"""The JSON API of the customers' page and of scripts."""
