"""What the user's wishes lead to: each module takes signals of the window and asks the engine, never the other way."""
