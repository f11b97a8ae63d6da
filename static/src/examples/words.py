from collections import Counter

print("Type some text. An empty line ends it.")
words = []
while line := input("> "):
    words += line.lower().split()

print(f"\n{len(words)} words, {len(set(words))} of them different.\n")
for word, times in Counter(words).most_common(5):
    print(f"{word:>12} {'#' * times}")
