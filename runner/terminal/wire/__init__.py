"""What a socket and an executor exchange about one run: offsets, sequence numbers, repetitions.

The channel layer may lose or repeat any message. These classes make that invisible above them.
"""
