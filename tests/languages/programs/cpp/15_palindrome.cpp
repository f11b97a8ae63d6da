#include <iostream>
#include <string>

bool is_palindrome(const std::string &word) {
    return word == std::string(word.rbegin(), word.rend());
}

int main() {
    std::string word;

    std::cout << "Word? ";
    std::cin >> word;
    std::cout << word << (is_palindrome(word) ? " is a palindrome" : " is no palindrome") << "\n";
}
