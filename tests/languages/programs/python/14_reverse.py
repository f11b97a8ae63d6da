word = input("Word? ")
print(word[::-1])
