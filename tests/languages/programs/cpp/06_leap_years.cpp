#include <iostream>

bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int main() {
    for (int i = 0; i < 2; i++) {
        int year;
        std::cout << "Year? ";
        std::cin >> year;
        std::cout << year << ": " << (is_leap(year) ? "yes" : "no") << "\n";
    }
}
