"""What the house answers to problems and wishes reaches everyone behind them: each once, in their language."""
