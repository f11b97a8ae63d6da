#include <iostream>
#include <vector>

using Matrix = std::vector<std::vector<int>>;

Matrix transposed(const Matrix &matrix) {
    Matrix result(matrix[0].size(), std::vector<int>(matrix.size()));
    for (std::size_t row = 0; row < matrix.size(); row++) {
        for (std::size_t column = 0; column < matrix[row].size(); column++) {
            result[column][row] = matrix[row][column];
        }
    }
    return result;
}

int main() {
    for (const auto &row : transposed({{1, 2, 3}, {4, 5, 6}})) {
        std::cout << row[0] << " " << row[1] << "\n";
    }
}
