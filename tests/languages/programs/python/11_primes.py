limit = int(input("Up to? "))
crossed_out = [False] * (limit + 1)
primes = []
for number in range(2, limit + 1):
    if not crossed_out[number]:
        primes.append(number)
        for multiple in range(number * number, limit + 1, number):
            crossed_out[multiple] = True
print(" ".join(map(str, primes)))
