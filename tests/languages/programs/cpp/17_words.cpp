#include <iostream>
#include <map>
#include <sstream>
#include <string>

int main() {
    std::string text, word;
    std::map<std::string, int> counts;

    std::cout << "Text? ";
    std::getline(std::cin, text);
    std::istringstream words(text);
    while (words >> word) counts[word]++;
    for (const auto &[each, count] : counts) {
        std::cout << each << ": " << count << "\n";
    }
}
