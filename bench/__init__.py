"""Benchmarks: the product as `make run` starts it, against floors measured in the same run."""
