"""The commands, one module each: `arguments(parser)` declares its words, `run(options)` returns the exit code."""
