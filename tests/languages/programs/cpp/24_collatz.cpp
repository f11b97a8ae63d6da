#include <iostream>

int main() {
    int number;

    std::cout << "Start? ";
    std::cin >> number;
    std::cout << number;
    while (number != 1) {
        number = number % 2 == 0 ? number / 2 : 3 * number + 1;
        std::cout << ' ' << number;
    }
    std::cout << '\n';
}
