"""Taking over real orders from files, through the same actions as the screens, in bulk and in time order."""
