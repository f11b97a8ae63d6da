#include <cctype>
#include <iostream>
#include <string>

char shifted(char letter, int key) {
    if (!std::isalpha(static_cast<unsigned char>(letter))) return letter;
    const char first = std::isupper(static_cast<unsigned char>(letter)) ? 'A' : 'a';
    return static_cast<char>((letter - first + key) % 26 + first);
}

int main() {
    std::string text;
    int key;

    std::cout << "Text? ";
    std::getline(std::cin, text);
    std::cout << "Key? ";
    std::cin >> key;
    for (char &letter : text) letter = shifted(letter, key);
    std::cout << text << "\n";
}
