"""The dialog that chooses what part of a picture is meant."""
