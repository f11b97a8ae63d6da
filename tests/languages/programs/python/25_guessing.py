SECRET = 42
guesses = 0
while True:
    guess = int(input("Guess? "))
    guesses += 1
    if guess == SECRET:
        break
    print("too high" if guess > SECRET else "too low")
print(f"right after {guesses} guesses")
