"""The project: settings, doors and the stones that every app stands on."""
