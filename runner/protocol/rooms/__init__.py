"""What is said about a room by pages (`messages`, `frames`) and between processes (`channel`)."""
