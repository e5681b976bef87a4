"""Which signals look alike: words, weights, neighbours and groups. Pure Python, the same answer every time."""
