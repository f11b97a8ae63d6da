#include <iostream>

char grade(int points) {
    if (points >= 90) return 'A';
    if (points >= 80) return 'B';
    if (points >= 70) return 'C';
    return 'F';
}

int main() {
    int points;

    std::cout << "Points? ";
    std::cin >> points;
    std::cout << "Grade: " << grade(points) << std::endl;
}
