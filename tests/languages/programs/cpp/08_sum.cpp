#include <iostream>
#include <numeric>
#include <vector>

int main() {
    int limit;

    std::cout << "Up to? ";
    std::cin >> limit;
    std::vector<int> numbers(limit);
    std::iota(numbers.begin(), numbers.end(), 1);
    std::cout << "Sum: " << std::accumulate(numbers.begin(), numbers.end(), 0) << "\n";
}
