"""What `hamlet-game doctor` looks at: this machine, and what to do where it falls short."""
