"""What the product does: each function loads, asks the domain, commits."""
