#include <iostream>
#include <utility>
#include <vector>

template <typename T> void bubble_sort(std::vector<T> &values) {
    for (std::size_t end = values.size(); end > 1; end--) {
        for (std::size_t i = 0; i + 1 < end; i++) {
            if (values[i + 1] < values[i]) std::swap(values[i], values[i + 1]);
        }
    }
}

int main() {
    std::vector<int> numbers(4);

    for (int &number : numbers) {
        std::cout << "Number? ";
        std::cin >> number;
    }
    bubble_sort(numbers);
    for (int number : numbers) std::cout << number << " ";
    std::cout << "\n";
}
