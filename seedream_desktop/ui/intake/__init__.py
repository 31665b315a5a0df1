"""What comes in by drag, drop and paste, read as offers of pictures; it opens no file and follows no link."""
