"""Due dates that explain themselves: an anchor, a dated period, a typed calendar and pauses."""
