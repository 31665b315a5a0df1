"""The pages of the settings dialog and their fields."""
