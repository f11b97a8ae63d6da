numbers = [int(input(f"Number {i}? ")) for i in range(1, 5)]
print("Smallest:", min(numbers))
print("Largest:", max(numbers))
print("Average: %.2f" % (sum(numbers) / len(numbers)))
