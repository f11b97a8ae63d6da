"""What is said about a class: by its pages (`messages.py`), between processes (`channel.py`)."""
