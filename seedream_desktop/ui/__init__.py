"""The window: Qt lives here and nowhere else below ``app``; widgets take domain values and emit signals."""
