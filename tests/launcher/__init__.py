"""The launcher, tried as its users do: as a real process that is stopped and killed."""
