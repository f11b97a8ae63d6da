#include <algorithm>
#include <iostream>
#include <string>

int main() {
    const std::string vowels = "aeiouAEIOU";
    std::string word;

    std::cout << "Word? ";
    std::cin >> word;
    auto count = std::count_if(word.begin(), word.end(), [&](char letter) {
        return vowels.find(letter) != std::string::npos;
    });
    std::cout << count << " vowels\n";
}
