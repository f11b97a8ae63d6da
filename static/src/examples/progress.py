import time

WIDTH = 40

for done in range(101):
    filled = done * WIDTH // 100
    bar = "█" * filled + "░" * (WIDTH - filled)
    # \r goes back to the beginning of the line.
    print(f"\r{bar} {done:3} %", end="", flush=True)
    time.sleep(0.03)

print("\nReady.")
