#include <iostream>
#include <stdexcept>

int divide(int a, int b) {
    if (b == 0) throw std::invalid_argument("Cannot divide by zero");
    return a / b;
}

int main() {
    for (int i = 0; i < 2; i++) {
        int a, b;
        std::cout << "Dividend? ";
        std::cin >> a;
        std::cout << "Divisor? ";
        std::cin >> b;
        try {
            std::cout << a << " / " << b << " = " << divide(a, b) << "\n";
        } catch (const std::invalid_argument &problem) {
            std::cerr << problem.what() << "\n";
        }
    }
}
