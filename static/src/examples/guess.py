import random

secret = random.randint(1, 100)
tries = 0
print("I am thinking of a number from 1 to 100.")

while True:
    answer = input("Your guess: ")
    if not answer.isdigit():
        print("Please type a number.")
        continue
    tries += 1
    guess = int(answer)
    if guess < secret:
        print("Larger!")
    elif guess > secret:
        print("Smaller!")
    else:
        print(f"Right! You needed {tries} tries.")
        break
