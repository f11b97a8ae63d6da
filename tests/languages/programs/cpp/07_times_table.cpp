#include <iostream>

int main() {
    int number;

    std::cout << "Which table? ";
    std::cin >> number;
    for (int factor = 1; factor <= 10; ++factor) {
        std::cout << number << " x " << factor << " = " << number * factor << "\n";
    }
}
