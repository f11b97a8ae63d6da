#include <iostream>
#include <utility>

int divisor(int a, int b) {
    while (b != 0) {
        a %= b;
        std::swap(a, b);
    }
    return a;
}

int main() {
    int first, second;

    std::cout << "First? ";
    std::cin >> first;
    std::cout << "Second? ";
    std::cin >> second;
    std::cout << "Greatest common divisor: " << divisor(first, second) << "\n";
}
