#include <iostream>
#include <optional>
#include <vector>

std::optional<int> search(const std::vector<int> &numbers, int wanted) {
    int low = 0, high = static_cast<int>(numbers.size()) - 1;
    while (low <= high) {
        const int middle = (low + high) / 2;
        if (numbers[middle] == wanted) return middle;
        if (numbers[middle] < wanted) low = middle + 1;
        else high = middle - 1;
    }
    return std::nullopt;
}

int main() {
    const std::vector<int> numbers{1, 3, 5, 7, 9, 11};

    for (int i = 0; i < 2; i++) {
        int wanted;
        std::cout << "Wanted? ";
        std::cin >> wanted;
        if (auto place = search(numbers, wanted)) {
            std::cout << wanted << " is at " << *place << "\n";
        } else {
            std::cout << wanted << " is not there\n";
        }
    }
}
