#include <cstdio>
#include <iostream>

double fahrenheit(double celsius) { return celsius * 9 / 5 + 32; }

int main() {
    double celsius;

    std::cout << "Celsius? ";
    std::cin >> celsius;
    std::printf("%.1f C = %.1f F\n", celsius, fahrenheit(celsius));
}
