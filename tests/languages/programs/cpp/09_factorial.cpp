#include <iostream>

long long factorial(int n) { return n <= 1 ? 1 : n * factorial(n - 1); }

int main() {
    int n;

    std::cout << "Number? ";
    std::cin >> n;
    std::cout << n << "! = " << factorial(n) << "\n";
}
