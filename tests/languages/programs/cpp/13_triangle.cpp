#include <iostream>
#include <string>

int main() {
    int rows;

    std::cout << "Rows? ";
    std::cin >> rows;
    for (int row = 1; row <= rows; row++) {
        std::cout << std::string(row, '*') << "\n";
    }
}
