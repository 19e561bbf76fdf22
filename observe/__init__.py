"""Will hold supervision: Observe, Viewer Mode, Force Distribution, Wallboard."""
