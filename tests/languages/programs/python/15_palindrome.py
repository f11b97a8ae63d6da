word = input("Word? ")
if all(word[i] == word[-1 - i] for i in range(len(word) // 2)):
    print(word, "is a palindrome")
else:
    print(word, "is no palindrome")
