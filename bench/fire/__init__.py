"""A hunt under fire: what `python -m bench.torture` is made of."""
