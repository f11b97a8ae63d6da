#include <iostream>
#include <stack>

int main() {
    int number;
    std::stack<int> digits;

    std::cout << "Number? ";
    std::cin >> number;
    while (number > 0) {
        digits.push(number % 2);
        number /= 2;
    }
    while (!digits.empty()) {
        std::cout << digits.top();
        digits.pop();
    }
    std::cout << "\n";
}
