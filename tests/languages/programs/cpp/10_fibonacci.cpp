#include <iostream>
#include <vector>

int main() {
    std::size_t count;
    std::vector<int> numbers{0, 1};

    std::cout << "How many? ";
    std::cin >> count;
    while (numbers.size() < count) {
        numbers.push_back(numbers.back() + numbers[numbers.size() - 2]);
    }
    for (int number : numbers) std::cout << number << " ";
    std::cout << "\n";
}
