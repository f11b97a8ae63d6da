def shifted(letter, key):
    if not letter.isalpha():
        return letter
    first = ord("A") if letter.isupper() else ord("a")
    return chr((ord(letter) - first + key) % 26 + first)


text = input("Text? ")
key = int(input("Key? "))
print("".join(shifted(letter, key) for letter in text))
