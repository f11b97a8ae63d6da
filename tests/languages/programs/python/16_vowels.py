word = input("Word? ")
vowels = 0
for letter in word.lower():
    if letter in "aeiou":
        vowels += 1
print(vowels, "vowels")
