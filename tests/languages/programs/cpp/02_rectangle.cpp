#include <iomanip>
#include <iostream>

int main() {
    double width, height;

    std::cout << "Width? ";
    std::cin >> width;
    std::cout << "Height? ";
    std::cin >> height;
    std::cout << std::fixed << std::setprecision(1);
    std::cout << "Area: " << width * height << "\n";
    std::cout << "Perimeter: " << 2 * (width + height) << "\n";
}
