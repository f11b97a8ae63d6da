#include <iostream>

constexpr int SECRET = 42;

int main() {
    int guess = 0, guesses = 0;

    while (guess != SECRET) {
        std::cout << "Guess? ";
        if (!(std::cin >> guess)) return 1;
        guesses++;
        if (guess > SECRET) std::cout << "too high\n";
        if (guess < SECRET) std::cout << "too low\n";
    }
    std::cout << "right after " << guesses << " guesses\n";
}
