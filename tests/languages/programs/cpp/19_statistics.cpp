#include <algorithm>
#include <array>
#include <iostream>
#include <numeric>

int main() {
    std::array<int, 4> numbers;

    for (std::size_t i = 0; i < numbers.size(); i++) {
        std::cout << "Number " << i + 1 << "? ";
        std::cin >> numbers[i];
    }
    const auto [smallest, largest] = std::minmax_element(numbers.begin(), numbers.end());
    const double sum = std::accumulate(numbers.begin(), numbers.end(), 0.0);
    std::cout << "Smallest: " << *smallest << "\nLargest: " << *largest << "\n";
    std::cout.precision(2);
    std::cout << std::fixed << "Average: " << sum / numbers.size() << "\n";
}
