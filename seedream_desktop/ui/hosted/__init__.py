"""The list of hosted pictures: its rows, their words, and how they are drawn."""
